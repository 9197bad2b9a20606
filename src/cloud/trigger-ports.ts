// What the actions may ask about the triggers of a pipeline: EventBridge rules, EventBridge Scheduler schedules, CloudWatch
// alarms and Model Monitor's schedules.

import type {AlarmDocument, RuleDocument, ScheduleDocument, TargetDocument} from '../trigger/documents.ts'

/**
 * A target as it stands on a rule or a schedule; parameters are those for a pipeline. What a service fills in where nothing was
 * said (185 attempts, 24 hours, the zone UTC) is absent, as a start that is past may be.
 */
export type StandingTarget = Omit<TargetDocument, 'roleArn'> & {readonly roleArn?: string}

/** A rule of the default bus, or of `bus`. */
export type TriggerRule = Omit<RuleDocument, 'description' | 'target'> & {
  readonly arn: string
  readonly bus: string
  readonly description?: string
  /** All of its targets, also those that are not the pipeline. */
  readonly targets: readonly StandingTarget[]
}

export type TriggerSchedule = Omit<ScheduleDocument, 'description' | 'target' | 'tags'> & {
  readonly arn: string
  /** A rate without a start counts from then. */
  readonly madeAtMs?: number
  readonly description?: string
  readonly target: StandingTarget
}

export type StandingTrigger = TriggerRule | TriggerSchedule

export type TriggersPort = {
  /** The rules that start the pipeline, whoever made them. */
  rules(pipelineArn: string): Promise<TriggerRule[]>
  /** The rules of the default bus whose names begin so, whatever their targets are. */
  rulesNamed(prefix: string): Promise<TriggerRule[]>
  /** The schedules that start the pipeline, in every group. */
  schedules(pipelineArn: string): Promise<TriggerSchedule[]>
  /** A rule of the default bus; undefined when there is none. */
  rule(name: string): Promise<TriggerRule | undefined>
  schedule(group: string, name: string): Promise<TriggerSchedule | undefined>
  /**
   * Makes the rule, or replaces all of it, then its tags, then the target. Targets that failed are an error, though the
   * service answers 200; other targets of the rule stay.
   */
  putRule(document: RuleDocument): Promise<{arn: string}>
  /** Makes the schedule, with its group when that is missing, or replaces all of it. */
  putSchedule(document: ScheduleDocument): Promise<{arn: string}>
  setEnabled(trigger: StandingTrigger, isEnabled: boolean): Promise<void>
  /** Takes the targets off the rule, and the rule away when none is left. */
  removeTargets(rule: TriggerRule, targetIds: readonly string[]): Promise<void>
  removeSchedule(schedule: Pick<TriggerSchedule, 'name' | 'group'>): Promise<void>
  /** A schedule group whose tags say that it is this pipeline's, with the names of the schedules in it. */
  ownGroup(group: string, pipelineName: string): Promise<{readonly schedules: readonly string[]} | undefined>
  /** Removes the group where it is empty and its tags say that it is this pipeline's. */
  removeGroup(group: string, pipelineName: string): Promise<void>
}

export type Alarm = Omit<AlarmDocument, 'description' | 'tags'> & {
  readonly arn: string
  readonly description?: string
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  readonly state: string
}

/** CloudWatch's metric alarms. */
export type AlarmsPort = {
  find(name: string): Promise<Alarm | undefined>
  /** Makes the alarm or replaces it; it goes off when the metric is above its threshold in one period. */
  put(document: AlarmDocument): Promise<void>
  remove(name: string): Promise<void>
}

export type Monitor = {
  readonly arn: string
  /** The endpoint that is watched; absent for a batch monitor. */
  readonly endpoint?: string
  /** Whether its jobs send metrics to CloudWatch, as far as that can be told (publish_cloudwatch_metrics). */
  readonly publishesMetrics?: boolean
}

/** SageMaker Model Monitor. */
export type MonitorsPort = {
  /** A monitoring schedule; undefined when there is none of that name. */
  find(name: string): Promise<Monitor | undefined>
}
