// What starts executions without a person, as a spec or a command line declares it, with every name known. Documents are made of it.

/** Where a trigger is declared: `deploy --triggers` looks after those of the spec only. */
export type TriggerOrigin = 'spec' | 'command-line'

/** A constant, or a path into the event: `$.detail.object.key`. */
export type TriggerParameter = {readonly name: string; readonly value: string}

export type Trigger = {
  readonly name: string
  readonly origin: TriggerOrigin
  readonly description?: string
  readonly isEnabled: boolean
  readonly source: TriggerSource
  readonly parameters: readonly TriggerParameter[]
  /** The role that EventBridge starts the pipeline with; absent where mlpipe makes one. */
  readonly roleArn?: string
  readonly retry?: TargetRetry
  /** ARN of an SQS queue. */
  readonly deadLetterArn?: string
}

/** How often, and for how long, EventBridge tries to start the pipeline. Absent members: its own 185 times, 24 hours. */
export type TargetRetry = {readonly attempts?: number; readonly maximumAgeSeconds?: number}

export type TriggerSource = ScheduleSource | S3Source | DriftSource | ModelSource | PipelineSource | EventSource

export type TriggerKind = TriggerSource['kind']

export type ScheduleSource = {
  readonly kind: 'schedule'
  /** `cron(…)`, `rate(…)` or `at(…)`. */
  readonly expression: string
  /** EventBridge Scheduler, or a rule of the default bus, which knows UTC only and neither window nor bounds. */
  readonly via: 'scheduler' | 'rule'
  /** An IANA name. */
  readonly zone?: string
  readonly windowMinutes?: number
  readonly startMs?: number
  readonly endMs?: number
}

/** An object is put into a bucket. */
export type S3Source = {
  readonly kind: 's3'
  readonly bucket: string
  /** Empty for the whole bucket. */
  readonly prefix: string
  readonly suffix?: string
  /** The name of an object that says that what lies beside it is complete; every other object is passed over. */
  readonly marker?: string
}

/** A Model Monitor schedule finds that the data is no longer what the model was trained on. */
export type DriftSource = {
  readonly kind: 'drift'
  /** The name of the monitoring schedule. */
  readonly monitor: string
  readonly by:
    | {readonly kind: 'violation'}
    /** An alarm goes off: one that is there, or `made`, which the trigger makes and takes away. */
    | {readonly kind: 'alarm'; readonly alarmName: string; readonly made?: DriftMetric}
}

/** The metric of a monitoring schedule that an alarm is made on. */
export type DriftMetric = {
  readonly namespace: string
  readonly metric: string
  readonly dimensions: readonly {readonly name: string; readonly value: string}[]
  readonly threshold: number
  readonly periodSeconds: number
}

export type ModelSource = {
  readonly kind: 'model'
  /** A model package group. */
  readonly group: string
  readonly on: 'approved' | 'rejected' | 'registered'
}

export type PipelineSource = {
  readonly kind: 'pipeline'
  /** A name in the same account and region, or an ARN. */
  readonly pipeline: string
  readonly on: 'succeeded' | 'failed' | 'stopped'
}

export type EventSource = {
  readonly kind: 'event'
  /** JSON text of an event pattern. */
  readonly pattern: string
}
