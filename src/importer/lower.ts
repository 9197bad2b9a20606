// What to write otherwise where a draft does not compile: less of the spec's own words, and more of SageMaker's.

import type {DiagnosticCode} from '../diagnostics/diagnostic.ts'
import type {Draft, StepDraft, StepForm} from './draft.ts'
import type {Fault} from './evaluate.ts'
import type {ReferenceStyle} from './references.ts'

/** Codes of references that a spec does not know. */
const referenceCodes: ReadonlySet<DiagnosticCode> = new Set([
  'invalid-reference',
  'unknown-parameter-reference',
  'unknown-step-reference',
  'unknown-output-reference',
  'unknown-report-reference',
  'unsupported-reference',
  'unknown-property',
])

/** The next draft to try, or undefined when there is none. */
export function lowerDraft(draft: Draft, faults: readonly Fault[]): Draft | undefined {
  const byStep = new Map<string | undefined, Fault[]>()
  for (const fault of faults) byStep.set(fault.step, [...(byStep.get(fault.step) ?? []), fault])
  const atTop = byStep.get(undefined)
  const lowered = atTop ? lowerTop(draft, atTop) : draft
  if (!lowered) return undefined

  const steps = lowered.steps.map((step) => {
    const own = byStep.get(step.key)
    return own ? lowerStep(step, own) : step
  })
  if (steps.every((step) => step !== undefined)) return {...lowered, steps}
  return faults.some(isCycle) ? withoutDependencies(lowered) : undefined
}

function isCycle({diagnostic}: Fault): boolean {
  return diagnostic.code === 'dependency-cycle'
}

/** A circle is told at one of its steps only, which may be in it by a branch: the others give up what they say of it. */
function withoutDependencies(draft: Draft): Draft | undefined {
  if (draft.steps.every(isWithoutDependencies)) return undefined
  return {...draft, steps: draft.steps.map((step) => (isWithoutDependencies(step) ? step : dropDependencies(step)))}
}

function isWithoutDependencies({style, dropped}: StepDraft): boolean {
  return style === 'none' && dropped.has('dependsOn')
}

function dropDependencies({overlay: _, ...step}: StepDraft): StepDraft {
  return {...step, style: 'none', dropped: new Set([...step.dropped, 'dependsOn'])}
}

/** Keys at the top that a spec can do without. */
const droppable: ReadonlySet<string> = new Set(['description', 'parallelism', 'experiment', 'mlflow'])

function lowerTop(draft: Draft, faults: readonly Fault[]): Draft | undefined {
  const keys = faults.flatMap(({key}) => (key !== undefined && droppable.has(key) ? [key] : []))
  if (keys.length > 0) {
    const {definition: _, ...rest} = draft
    return {...rest, dropped: new Set([...draft.dropped, ...keys])}
  }
  const isOverlay = faults.some(({key}) => key === 'definition')
  if (!isOverlay || draft.style === 'none') return undefined
  const {definition: _, ...rest} = draft
  return {...rest, style: 'none'}
}

/** Undefined when nothing is left to try. */
export function lowerStep(step: StepDraft, faults: readonly Fault[]): StepDraft | undefined {
  const {overlay: _, ...plain} = step
  if (faults.some(isCycle)) return isWithoutDependencies(step) ? lowerForm(plain) : dropDependencies(step)
  const isReference = faults.some(({key, diagnostic}) => isOverlayKey(key) || referenceCodes.has(diagnostic.code))
  const style = isReference ? plainerStyle(step.style) : undefined
  if (style) return {...plain, style}

  const keys = faults.flatMap(({key}) => (key === undefined || key === 'type' || isOverlayKey(key) ? [] : [key]))
  const fresh = keys.filter((key) => !step.dropped.has(key))
  if (fresh.length > 0) return {...plain, dropped: new Set([...step.dropped, ...fresh])}
  return lowerForm(plain)
}

/** For a step that compiles, but otherwise even with its overlay: a reference may have been cast on its way. */
export function lowerOtherwise(step: StepDraft): StepDraft | undefined {
  const {overlay: _, ...plain} = step
  const style = plainerStyle(step.style)
  return style ? {...plain, style} : lowerForm(plain)
}

function isOverlayKey(key: string | undefined): boolean {
  return key === 'api' || key === 'definition'
}

function plainerStyle(style: ReferenceStyle): ReferenceStyle | undefined {
  if (style === 'none') return undefined
  return style === 'short' ? 'own' : 'none'
}

export function lowerForm(step: StepDraft): StepDraft | undefined {
  // The steps of its branches stand beside a condition, so that it cannot be raw.
  const last: StepForm = step.node.branches ? 'essential' : 'raw'
  if (step.form === last) return undefined
  const {overlay: _, ...plain} = step
  const form: StepForm = step.form === 'lifted' ? 'essential' : 'raw'
  return {...plain, form}
}
