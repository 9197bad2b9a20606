// What a run would do with each step, and why. Data for views and scripts; codes are stable, nothing may branch on texts.

import type {Json} from '../definition/json.ts'
import type {PastRun} from './past-execution.ts'

/** Why a verdict was reached. Paths lead into the step's Arguments: `ProcessingInputs['raw'].S3Input.S3Uri`. */
export type Reason =
  /** CacheConfig is absent or not enabled. */
  | {readonly code: 'cache-off'}
  /** CacheConfig has no (readable) ExpireAfter, without which SageMaker does not use its cache. */
  | {readonly code: 'no-expiry'}
  /** SageMaker never reuses steps of this type. */
  | {readonly code: 'type-never-cached'; readonly type: string}
  /** No success of the step in the history. */
  | {readonly code: 'no-earlier-success'}
  /** The embedded engine has only simulated the step so far, and not the way it would run now. */
  | {readonly code: 'only-simulated'}
  /** A part of the key differs from that of the nearest earlier success; absent `before` or `after`: not there. */
  | {
      readonly code: 'key-differs'
      readonly path: string
      readonly before?: Json
      readonly after?: Json
      readonly from: PastRun
    }
  /** The latest success with this key is too old. */
  | {readonly code: 'expired'; readonly from: PastRun; readonly expiredAtMs: number}
  /** A part of the key is new in every execution: an execution id or time, or what a step that reruns makes anew. */
  | {readonly code: 'fresh-value'; readonly path: string; readonly value: string; readonly step?: string}
  /** A part of the key is known only once another step has run. */
  | {readonly code: 'decided-by-run'; readonly path: string; readonly value: string; readonly step?: string}
  /** The history could not be read far enough to tell. */
  | {readonly code: 'history-incomplete'; readonly detail: string}

export type Verdict =
  | {readonly kind: 'hit'; readonly from: PastRun; readonly expiresAtMs: number}
  | {readonly kind: 'rerun'; readonly reasons: readonly Reason[]}
  | {readonly kind: 'unknown'; readonly reasons: readonly Reason[]}
  /** Runs in every execution that reaches it. */
  | {readonly kind: 'always'; readonly reason: Reason}
  /** In a branch that is not taken, or behind a step that is. */
  | {readonly kind: 'skipped'; readonly condition: string; readonly branch: 'If' | 'Else'}

/** A condition whose outcome only the run can tell: the step runs if it takes this branch. */
export type OpenBranch = {readonly condition: string; readonly branch: 'If' | 'Else'; readonly on: readonly string[]}

export type StepPrediction = {
  readonly name: string
  readonly type: string
  /** What happens if the step is reached. */
  readonly verdict: Verdict
  /** Not empty: whether it is reached depends on these. */
  readonly when: readonly OpenBranch[]
  /** Of a condition whose outcome is known. */
  readonly outcome?: boolean
  /** How long the step took when it last really ran, in seconds. */
  readonly lastSeconds?: number
  /** A hit although a step it reads from reruns: that one writes to a place that never changes. */
  readonly staleFrom?: readonly string[]
}

/** Why a step does not simply reuse an earlier result. */
export function reasonsOf({verdict}: StepPrediction): readonly Reason[] {
  switch (verdict.kind) {
    case 'rerun':
    case 'unknown':
      return verdict.reasons
    case 'always':
      return [verdict.reason]
    default:
      return []
  }
}
