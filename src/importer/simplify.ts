// Makes a spec that is right shorter: what is laid over anyway need not be said in short keys, and what steps share is said
// once, under `defaults:`. Every change is kept only if the spec stays right.

import {composeStep, type Draft, namesIn, type Settled, type StepDraft} from './draft.ts'
import type {SpecMap, SpecValue} from './lift.ts'

type Settle = (draft: Draft) => Settled

export function simplify(draft: Draft, settle: Settle): Draft {
  return shareDefaults(dropOverlaid(draft, settle), settle)
}

/** Short keys of which nothing is left once the overlay is laid over them. */
function dropOverlaid(draft: Draft, settle: Settle): Draft {
  let best = draft
  for (const key of collectionKeys(draft)) {
    const steps = best.steps.map((step) => (isOverlaid(step) ? retried(step, key) : step))
    const settled = settle({...best, steps})
    if (!settled.ok) continue
    const candidate = {...best, steps: best.steps.map((step, at) => shorter(step, settled.draft.steps[at]))}
    const checked = settle(candidate)
    if (checked.ok && isUnchanged(checked.draft, candidate)) best = candidate
  }
  return best
}

function isOverlaid({form, overlay}: StepDraft): boolean {
  return form === 'lifted' && overlay !== undefined && Object.keys(overlay.api).length > 0
}

function retried(step: StepDraft, key: string): StepDraft {
  const {overlay: _, ...plain} = step
  return {...plain, dropped: new Set([...step.dropped, key])}
}

function shorter(before: StepDraft, after: StepDraft | undefined): StepDraft {
  if (!after || after.form !== before.form || after.style !== before.style) return before
  return lengthOf(after.overlay) <= lengthOf(before.overlay) ? after : before
}

/** Keys with lists and mappings in them, of the steps that have something laid over. */
function collectionKeys(draft: Draft): string[] {
  const names = namesIn(draft)
  const keys = draft.steps
    .filter(isOverlaid)
    .flatMap((step) =>
      Object.entries(composeStep(step, names, draft.keys)).flatMap(([key, value]) =>
        typeof value === 'object' && value !== null && key !== 'api' && key !== 'definition' ? [key] : [],
      ),
    )
  return [...new Set(keys)]
}

/** Keys of `defaults:`. */
const sharedKeys = ['image', 'instance', 'role', 'env', 'timeout', 'cache', 'retry']

function shareDefaults(draft: Draft, settle: Settle): Draft {
  let best = draft
  const names = namesIn(draft)
  const steps = draft.steps.map((step) => composeStep(step, names, draft.keys))
  for (const key of sharedKeys) {
    const value = mostCommon(steps.map((step) => step[key]))
    if (value === undefined) continue
    const candidate: Draft = {...best, defaults: {...best.defaults, [key]: value} satisfies SpecMap}
    const settled = settle(candidate)
    if (settled.ok && isUnchanged(settled.draft, candidate)) best = candidate
  }
  return best
}

/** Whether nothing had to be said otherwise. */
function isUnchanged(settled: Draft, candidate: Draft): boolean {
  return settled.steps.every((step, at) => step === candidate.steps[at])
}

/** What more than half of those that have a value share, and two at least. */
function mostCommon(values: readonly (SpecValue | undefined)[]): SpecValue | undefined {
  const given = values.filter((value) => value !== undefined)
  const counts = new Map<string, {readonly value: SpecValue; readonly count: number}>()
  for (const value of given) {
    const key = JSON.stringify(value)
    counts.set(key, {value, count: (counts.get(key)?.count ?? 0) + 1})
  }
  const [best] = [...counts.values()].sort((a, b) => b.count - a.count)
  return best && best.count >= 2 && best.count * 2 > given.length ? best.value : undefined
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0
}
