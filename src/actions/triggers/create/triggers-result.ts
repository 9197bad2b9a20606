// What creating triggers gives back, and what is shown of it before it is done.

import type {JsonObject} from '../../../definition/json.ts'
import type {Difference} from '../../../trigger/compare.ts'
import type {TriggerKind, TriggerOrigin, TriggerParameter} from '../../../trigger/trigger.ts'

/** What is done about a thing, or would be. */
export type Action = 'create' | 'update' | 'none'

export type TriggerReport = {
  readonly name: string
  readonly kind: TriggerKind
  readonly origin: TriggerOrigin
  readonly action: Action
  /** What makes it fire, in one phrase. */
  readonly waitsFor: string
  readonly isEnabled: boolean
  /** What it is in EventBridge. `within`: the bus of a rule, the group of a schedule. */
  readonly starter: {
    readonly kind: 'rule' | 'schedule'
    readonly name: string
    readonly within: string
    readonly arn?: string
  }
  readonly parameters: readonly TriggerParameter[]
  /** Of one that stood before. */
  readonly changes: readonly Difference[]
  /** The alarm that a drift trigger makes. */
  readonly alarm?: {readonly name: string; readonly action: Action; readonly changes: readonly Difference[]}
  /** What an earlier form of the trigger had made, and goes. */
  readonly replaces: readonly string[]
  /** What stood under its name was made by something else than mlpipe. */
  readonly isForeign?: true
  /** Of a schedule: the next times in UTC, and the zone that it counts in. */
  readonly nextTimes?: readonly string[]
  readonly timeZone?: string
}

/** What a queue's policy has to allow, so that events that could not start the pipeline arrive there. */
export type QueuePolicy = {readonly queue: string; readonly policy: JsonObject}

export type CreateTriggersResult = {
  readonly formatVersion: 1
  /** The spec. */
  readonly file: string
  readonly pipeline: string
  readonly target: string
  /** `kept`: the question was answered with no. */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'kept' | 'dry-run'
  readonly triggers: readonly TriggerReport[]
  /** The role that EventBridge starts the pipeline with, where mlpipe looks after it. */
  readonly role?: {readonly arn: string; readonly action: Action}
  /** Buckets whose events are sent to EventBridge from now on. */
  readonly buckets: readonly string[]
  readonly queues: readonly QueuePolicy[]
  /** A trigger of the command line as it would stand in the spec. */
  readonly yaml?: string
  readonly warnings: readonly string[]
  readonly notes: readonly string[]
  readonly next: readonly string[]
}
