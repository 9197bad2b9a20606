// From a step to the root cause, each because of the next; and the smallest change that would make the step a hit.

import {isCacheable} from '../../cache/key-attributes.ts'
import {type Reason, reasonsOf, type StepPrediction} from '../../cache/verdict.ts'
import {executionId} from '../executions/execution-arn.ts'
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
    case 'only-simulated':
      return 'it has only been simulated so far'
    case 'key-differs':
      return `${reason.path} differs from ${executionId(reason.from.executionArn)}`
    case 'expired':
      return 'the result with this key is too old'
    case 'fresh-value':
      return `${reason.path} holds ${reason.value}, which is new ${whenNew(reason.step)}`
    case 'decided-by-run':
      return `${reason.path === 'Conditions' ? 'it compares' : `${reason.path} holds`} ${reason.value}, which only the run can tell`
    case 'history-incomplete':
      return reason.detail
    default:
      return ''
  }
}

function whenNew(step: string | undefined): string {
  return step === undefined ? 'in every execution' : `whenever "${step}" runs`
}

/** What would make `step` a hit, given where its chain of causes ends. */
function toHit(step: StepPrediction, root: StepPrediction): string | undefined {
  if (!isCacheable(step.type) || step.verdict.kind === 'hit' || step.verdict.kind === 'skipped') return undefined
  const reasons = reasonsOf(root)
  const [reason] = reasons
  const which = root.name === step.name ? 'this step' : `"${root.name}"`
  switch (reason?.code) {
    case 'cache-off':
    case 'no-expiry':
      return `give ${which} a cache, such as cache: 30d`
    case 'key-differs': {
      const [what, was] = reasons.length === 1 ? [reason.path, 'it was'] : [`the ${reasons.length} values`, 'they were']
      return `put ${what} of ${which} back to what ${was} in ${executionId(reason.from.executionArn)}`
    }
    case 'fresh-value':
      return reason.step === undefined ? `take ${reason.value} out of the key of ${which}` : undefined
    case 'expired':
      return `give ${which} a longer cache`
    case 'no-earlier-success':
      return `one success of ${which}`
    default:
      return undefined
  }
}
