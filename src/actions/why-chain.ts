// From a step to the root cause, each because of the next; and the smallest change that would make the step a hit.

import {type Reason, reasonsOf, type StepPrediction} from '../cache/verdict.ts'
import type {WhyResult} from './forecast.ts'

export function whyChain(step: StepPrediction, steps: readonly StepPrediction[]): Pick<WhyResult, 'chain' | 'toHit'> {
  const byName = new Map(steps.map((one) => [one.name, one]))
  const chain: WhyResult['chain'][number][] = []
  const seen = new Set<string>()
  let last: StepPrediction = step
  for (let at: StepPrediction | undefined = step; at && !seen.has(at.name); ) {
    seen.add(at.name)
    last = at
    const [reason] = reasonsOf(at)
    chain.push({step: at.name, verdict: at.verdict.kind, because: because(at, reason)})
    at = reason && 'step' in reason && reason.step !== undefined ? byName.get(reason.step) : undefined
  }
  const advice = toHit(step, last)
  return {chain, ...(advice === undefined ? {} : {toHit: advice})}
}

function because({verdict}: StepPrediction, reason: Reason | undefined): string {
  if (verdict.kind === 'hit') return 'an earlier run had the same key'
  if (verdict.kind === 'skipped') return `"${verdict.condition}" does not take its branch`
  switch (reason?.code) {
    case 'cache-off':
      return 'its cache is off'
    case 'no-expiry':
      return 'its cache has no expiry, and SageMaker uses none without'
    case 'type-never-cached':
      return `SageMaker never reuses ${reason.type} steps`
    case 'no-earlier-success':
      return 'it has not succeeded before'
    case 'key-differs':
      return `${reason.path} differs from the last run`
    case 'expired':
      return 'the result with this key is too old'
    case 'fresh-value':
      return `${reason.path} holds ${reason.value}, which is new in every execution`
    case 'decided-by-run':
      return `${reason.path} holds ${reason.value}, which only the run can tell`
    case 'history-incomplete':
      return reason.detail
    default:
      return ''
  }
}

/** What would make `step` a hit, given where its chain of causes ends. */
function toHit(step: StepPrediction, root: StepPrediction): string | undefined {
  if (step.verdict.kind === 'hit' || step.verdict.kind === 'skipped') return undefined
  const reasons = reasonsOf(root)
  const [reason] = reasons
  const who = root.name === step.name ? 'it' : `"${root.name}"`
  switch (reason?.code) {
    case 'cache-off':
    case 'no-expiry':
      return `give ${who} a cache, such as cache: 30d`
    case 'key-differs':
      return `put ${reasons.length === 1 ? reason.path : `${reasons.length} values`} of ${who === 'it' ? 'this step' : who} back to what it was`
    case 'fresh-value':
      return reason.step === undefined
        ? `take ${reason.value} out of the key of ${who === 'it' ? 'this step' : who}`
        : undefined
    case 'expired':
      return `a longer cache: of ${who === 'it' ? 'this step' : who}`
    case 'no-earlier-success':
      return 'one successful run'
    default:
      return undefined
  }
}
