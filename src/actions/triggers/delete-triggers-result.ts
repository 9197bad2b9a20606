// What deleting triggers gives back, and what is shown of it before it is done.

export type RemovedTrigger = {
  /** Absent for what something else than mlpipe made. */
  readonly name?: string
  readonly kind: 'rule' | 'schedule'
  /** The name of the rule or the schedule. */
  readonly starter: string
  /** The bus of a rule, the group of a schedule. */
  readonly within: string
  /** The alarm that was made for it goes too. */
  readonly alarm?: string
  /** The rule stays: it starts other things too. */
  readonly keptForOthers?: true
  readonly isForeign?: true
}

export type DeleteTriggersResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly outcome: 'deleted' | 'kept' | 'nothing-there' | 'dry-run'
  readonly triggers: readonly RemovedTrigger[]
  /** The role that mlpipe had made for them, when nothing needs it any more. */
  readonly role?: string
  /** The schedule group of the pipeline, when it is empty then. */
  readonly group?: string
  /** What starts the pipeline all the same. */
  readonly leaves: readonly RemovedTrigger[]
  readonly next: readonly string[]
}
