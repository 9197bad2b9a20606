// What the actions may ask about the triggers of a pipeline: EventBridge rules and EventBridge Scheduler schedules.

export type RuleTarget = {readonly id: string; readonly arn: string; readonly roleArn?: string}

/** A rule of the default bus, or of `bus`, with a target that is the pipeline. */
export type TriggerRule = {
  readonly kind: 'rule'
  readonly name: string
  readonly arn: string
  readonly bus: string
  readonly isEnabled: boolean
  readonly pattern?: string
  readonly schedule?: string
  /** All of its targets, also those that are not the pipeline. */
  readonly targets: readonly RuleTarget[]
}

export type TriggerSchedule = {
  readonly kind: 'schedule'
  readonly name: string
  readonly group: string
  readonly arn: string
  readonly isEnabled: boolean
  readonly expression?: string
}

export type TriggersPort = {
  /** The rules that start the pipeline, whoever made them. */
  rules(pipelineArn: string): Promise<TriggerRule[]>
  /** The schedules that start the pipeline, in every group. */
  schedules(pipelineArn: string): Promise<TriggerSchedule[]>
  /** Takes the targets off the rule, and the rule away when none is left. */
  removeTargets(rule: TriggerRule, targetIds: readonly string[]): Promise<void>
  removeSchedule(schedule: TriggerSchedule): Promise<void>
}
