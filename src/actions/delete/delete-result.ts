// What deleting a pipeline gives back, and what is shown of it before it is done.

export type TriggerReport = {
  readonly kind: 'rule' | 'schedule'
  readonly name: string
  /** The bus of a rule, the group of a schedule. */
  readonly within: string
  /** The rule stays: it starts other things too. */
  readonly keptForOthers?: true
}

export type DeleteResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly arn?: string
  readonly outcome: 'deleted' | 'kept' | 'nothing-there' | 'dry-run'
  /** That go with the pipeline; the newest thousand are counted. */
  readonly executions: number
  readonly triggers: readonly TriggerReport[]
  /** That mlpipe made for triggers on drift. */
  readonly alarms: readonly string[]
  /** Its own, which is empty then. */
  readonly scheduleGroup?: string
  /** The role of its triggers, when mlpipe made it. */
  readonly role?: string
  /** The objects that go; absent when they stay. */
  readonly data?: {readonly uri: string; readonly objects: number; readonly bytes: number}
  /** The pipeline was made by something else than mlpipe. */
  readonly isForeign?: true
  /** What stays, where it can be told. */
  readonly stays: {
    readonly data?: string
    readonly groups: readonly string[]
    readonly endpoints: readonly string[]
  }
}
