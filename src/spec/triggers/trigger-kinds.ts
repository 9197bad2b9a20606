// The kinds of triggers a spec can declare, each with its table of keys. The key that a kind is named after says which it is.

import {
  duration,
  entriesOf,
  flag,
  integer,
  number,
  oneOf,
  optional,
  type Reader,
  reader,
  record,
  required,
  scalar,
  value,
} from '../fields.ts'
import {describeNode} from '../node.ts'
import {parseValue} from '../parse-reference.ts'
import type {Value} from '../value.ts'

/** PutTargets and CreateSchedule, RetryPolicy, MaximumRetryAttempts (EventBridge and EventBridge Scheduler API references). */
const mostAttempts = 185

const retryFields = {
  attempts: optional(
    integer(0, mostAttempts),
    `how often EventBridge tries again to start the pipeline; ${mostAttempts}`,
  ),
  age: optional(duration, 'how old an event may be to be tried again, 60s to 24h; 24h'),
}

/** What every trigger can have. */
const commonTriggerFields = {
  parameters: optional(
    entriesOf(scalar),
    'parameters of the executions: constants, or paths into the event such as $.detail.object.key',
  ),
  description: optional(scalar, 'what it is for'),
  enabled: optional(flag, 'false: it is made, but does not fire; true by default'),
  role: optional(scalar, 'ARN of the role that EventBridge starts the pipeline with; mlpipe makes one by default'),
  retry: optional(record(retryFields, 'retry'), 'how a start that failed is repeated: {attempts, age}'),
  deadLetter: optional(scalar, 'ARN of a standard SQS queue for events that could not start the pipeline'),
}

/** A pattern is a mapping, or its JSON text. */
const pattern: Reader<Value> = reader({anyOf: [{type: 'object'}, {type: 'string'}]}, (node, findings) => {
  if (node.kind === 'map') return parseValue(node, findings)
  if (node.kind === 'scalar' && typeof node.value === 'string') return value(node, findings)
  findings.error('wrong-type', node.range, `expected an event pattern, found ${describeNode(node)}`, {
    help: 'such as {source: [aws.s3], detail-type: [Object Created]}',
  })
  return undefined
})

const anyNumber = number(-Number.MAX_VALUE, Number.MAX_VALUE)

export const triggerKinds = {
  schedule: {
    schedule: required(scalar, 'cron(minutes hours day-of-month month day-of-week year), rate(5 minutes) or at(time)'),
    timezone: optional(scalar, 'IANA time zone of the expression, such as Europe/Berlin; UTC by default'),
    window: optional(duration, 'how much later it may start the pipeline, 1m to 24h'),
    start: optional(scalar, 'not before this date or time, in UTC unless it says otherwise'),
    end: optional(scalar, 'not after this date or time, in UTC unless it says otherwise'),
    via: optional(
      oneOf(['scheduler', 'rule']),
      'scheduler: EventBridge Scheduler, the default; rule: a rule of the event bus, in UTC, without window, start and end',
    ),
    ...commonTriggerFields,
  },
  s3: {
    s3: required(scalar, 's3://bucket/prefix: an object whose key begins so is put'),
    suffix: optional(scalar, 'how the key must end, such as .csv'),
    marker: optional(
      scalar,
      'the name of the one object that counts, such as _SUCCESS: what lies beside it is complete',
    ),
    ...commonTriggerFields,
  },
  drift: {
    drift: required(scalar, 'the name of a Model Monitor schedule'),
    by: optional(
      oneOf(['alarm', 'violation']),
      'alarm: a CloudWatch alarm goes off, the default; violation: a monitoring job ends with violations',
    ),
    alarm: optional(scalar, 'the name of an alarm that is there; else one is made of the keys below'),
    endpoint: optional(scalar, 'the endpoint that is monitored; left out for a monitor of batch transforms'),
    feature: optional(
      scalar,
      'the feature whose distance from the baseline counts: metric feature_baseline_drift_NAME',
    ),
    metric: optional(scalar, 'another metric of the monitor, such as feature_non_null_NAME'),
    threshold: optional(anyNumber, 'the alarm goes off above it'),
    namespace: optional(scalar, 'namespace of the metric; that of data metrics of endpoints, or of batch, by default'),
    period: optional(duration, 'over how long the metric is looked at, in whole minutes up to 24h; 1h by default'),
    ...commonTriggerFields,
  },
  model: {
    model: required(scalar, 'a model package group'),
    on: optional(oneOf(['approved', 'rejected', 'registered']), 'what happens to a version of it; approved by default'),
    ...commonTriggerFields,
  },
  pipeline: {
    pipeline: required(scalar, 'name or ARN of another pipeline'),
    on: optional(oneOf(['succeeded', 'failed', 'stopped']), 'how an execution of it ended; succeeded by default'),
    ...commonTriggerFields,
  },
  event: {
    event: required(pattern, 'an event pattern of EventBridge, as a mapping or as JSON text'),
    ...commonTriggerFields,
  },
} as const

export type TriggerKindName = keyof typeof triggerKinds

export const triggerKindNames = Object.keys(triggerKinds) as TriggerKindName[]

/** What each kind waits for, in one sentence: shown by `explain`, in editors and in the reference. */
export const triggerKindDescriptions: Readonly<Record<TriggerKindName, string>> = {
  schedule: 'starts the pipeline at the times of a cron, rate or at expression',
  s3: 'starts the pipeline when an object is put into a bucket',
  drift: 'starts the pipeline when Model Monitor finds that data has moved away from its baseline',
  model: 'starts the pipeline when a model package is approved, rejected or registered',
  pipeline: 'starts the pipeline when an execution of another one succeeded, failed or was stopped',
  event: 'starts the pipeline for every event of the account that matches a pattern',
}
