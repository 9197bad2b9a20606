// A trigger as it stands and as the spec declares it, as plain data: an entry of `trigger list`, and the head of `trigger show`.

import type {ExecutionStatus} from '../../../cloud/ports.ts'
import type {Difference} from '../../../trigger/compare.ts'
import type {StandingKind} from '../../../trigger/describe.ts'

/** A time to fire: the instant, and what clocks show then, each in ISO 8601. */
export type Firing = {
  readonly at: string
  /** In the trigger's zone. */
  readonly there: string
  /** In the zone of whoever looks. */
  readonly here: string
}

export type NextFirings =
  /** No times: it does not fire any more. */
  | {readonly kind: 'times'; readonly zone: string; readonly times: readonly Firing[]}
  | {readonly kind: 'unknown'; readonly why: string}

export type StartReport = {
  readonly execution: string
  readonly arn: string
  readonly status: ExecutionStatus
  readonly startedAt: string
  readonly agoSeconds: number
  /** `description`: it says so. `role`: it was started with the role of the trigger's target, which is all that AWS tells. */
  readonly foundBy: 'description' | 'role'
  /** By `trigger fire`. */
  readonly byHand?: true
  /** Triggers with the same role: it may have been one of these. */
  readonly orBy?: readonly string[]
}

export type StandingReport = {
  readonly kind: 'rule' | 'schedule'
  readonly name: string
  /** The bus of the rule, the group of the schedule. */
  readonly within: string
  readonly arn: string
}

export type TriggerReport = {
  /** Of the trigger; of the rule or schedule where something else made it. */
  readonly name: string
  readonly kind: StandingKind
  readonly waitsFor: string
  readonly state: 'enabled' | 'disabled' | 'not-made'
  readonly madeBy: 'spec' | 'command-line' | 'something-else'
  /** Absent while it is not made. */
  readonly standing?: StandingReport
  /** Of a schedule that is enabled. */
  readonly next?: NextFirings
  /** Beside the spec; absent where the spec has no say, or could not be compiled. */
  readonly spec?: 'same' | 'differs' | 'not-declared' | 'not-made'
  /** From what stands to what the spec declares. */
  readonly differences: readonly Difference[]
  /** Why it will not start the pipeline. */
  readonly problems: readonly string[]
  readonly lastStart?: StartReport
}
