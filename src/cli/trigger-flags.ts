// Flags that declare a trigger: the keys that a trigger of the spec has.

import * as Flags from '@oclif/core/flags'

const kinds = ['schedule', 's3', 'drift', 'model', 'pipeline', 'event'] as const

/** One of them says what is waited for. */
function kindFlag(kind: (typeof kinds)[number], summary: string, helpValue: string) {
  return Flags.string({
    summary,
    helpValue,
    env: `MLPIPE_${kind.toUpperCase()}`,
    exclusive: kinds.filter((other) => other !== kind),
    helpGroup: 'KIND',
  })
}

export const triggerKindFlags = {
  schedule: kindFlag('schedule', 'cron(…), rate(…) or at(…)', 'EXPRESSION'),
  s3: kindFlag('s3', 'An object is put there', 's3://BUCKET/PREFIX'),
  drift: kindFlag('drift', 'The monitoring schedule of Model Monitor finds drift', 'MONITOR'),
  model: kindFlag('model', 'A version of the model package group is approved, rejected or registered', 'GROUP'),
  pipeline: kindFlag('pipeline', 'An execution of the other pipeline ends', 'NAME|ARN'),
  event: kindFlag('event', 'Any event that matches: an event pattern as JSON, or @FILE', 'PATTERN'),
}

/** A key of some kinds. */
function keyFlag(name: string, summary: string, helpValue: string, helpGroup: string) {
  return Flags.string({summary, helpValue, env: `MLPIPE_${name.toUpperCase()}`, helpGroup})
}

export const triggerOptionFlags = {
  timezone: keyFlag('timezone', 'Time zone of the expression (default: UTC)', 'ZONE', 'SCHEDULE'),
  window: keyFlag('window', 'How much later it may start, such as 15m', 'TIME', 'SCHEDULE'),
  start: keyFlag('start', 'Not before', 'TIME', 'SCHEDULE'),
  end: keyFlag('end', 'Not after', 'TIME', 'SCHEDULE'),
  via: Flags.option({
    summary: 'EventBridge Scheduler, or a rule (default: scheduler)',
    options: ['scheduler', 'rule'] as const,
    env: 'MLPIPE_VIA',
    helpGroup: 'SCHEDULE',
  })(),
  suffix: keyFlag('suffix', 'How the key of the object ends', 'TEXT', 'S3'),
  marker: keyFlag('marker', 'Only the object of this name counts, such as _SUCCESS', 'NAME', 'S3'),
  by: Flags.option({
    summary: 'A CloudWatch alarm, or the violation of a monitoring job (default: alarm)',
    options: ['alarm', 'violation'] as const,
    env: 'MLPIPE_BY',
    helpGroup: 'DRIFT',
  })(),
  alarm: keyFlag('alarm', 'The name of an alarm that is there; else one is made', 'NAME', 'DRIFT'),
  endpoint: keyFlag('endpoint', 'The endpoint that is monitored', 'NAME', 'DRIFT'),
  feature: keyFlag('feature', 'The feature whose distance from the baseline counts', 'NAME', 'DRIFT'),
  metric: keyFlag('metric', 'Another metric of the monitor', 'NAME', 'DRIFT'),
  threshold: keyFlag('threshold', 'The alarm goes off above it', 'NUMBER', 'DRIFT'),
  namespace: keyFlag('namespace', 'The namespace of the metric', 'NAME', 'DRIFT'),
  period: keyFlag('period', 'Over how long the metric is looked at', 'TIME', 'DRIFT'),
  on: keyFlag(
    'on',
    'What happens: approved, rejected or registered to a model; succeeded, failed or stopped to a pipeline',
    'WORD',
    'MODEL AND PIPELINE',
  ),
  param: Flags.string({
    char: 'p',
    summary: 'A parameter of the executions: a constant, or a path into the event such as $.detail.object.key',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'NAME=VALUE',
  }),
  description: Flags.string({summary: 'What the trigger is for', env: 'MLPIPE_DESCRIPTION', helpValue: 'TEXT'}),
  role: Flags.string({
    summary: 'The role that EventBridge starts the pipeline with (default: one is made for the pipeline)',
    env: 'MLPIPE_ROLE',
    helpValue: 'ARN',
    helpGroup: 'AWS',
  }),
  'retry-attempts': Flags.string({
    summary: 'How often a start that failed is tried again (default: 185)',
    env: 'MLPIPE_RETRY_ATTEMPTS',
    helpValue: 'NUMBER',
  }),
  'max-age': Flags.string({
    summary: 'How old an event may be to be tried again (default: 24h)',
    env: 'MLPIPE_MAX_AGE',
    helpValue: 'TIME',
  }),
  'dead-letter': Flags.string({
    summary: 'The SQS queue for events that could not start the pipeline',
    env: 'MLPIPE_DEAD_LETTER',
    helpValue: 'ARN',
  }),
  disabled: Flags.boolean({summary: 'Make it, but let it not fire yet', env: 'MLPIPE_DISABLED'}),
}
