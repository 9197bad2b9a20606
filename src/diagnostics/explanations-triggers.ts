// Explanations of what is wrong with triggers: what they wait for, what they give, and what comes of it.

import type {Explanation} from './explanation.ts'

const step = 'steps:\n  prepare: {type: processing, code: src/prepare.py}\n'
const key = 'parameters: {key: none, epochs: 3}\n'

export const triggerExplanations = {
  'invalid-schedule': {
    text: 'EventBridge cannot read the expression, the time zone, or the bounds. A cron expression has six fields there, minutes hours day-of-month month day-of-week year, of which one of the two day fields is "?", and Sunday is 1. Times are in the "timezone:" of the trigger, "start:" and "end:" in UTC unless they say otherwise.',
    wrong: `${step}triggers:\n  nightly: {schedule: cron(0 3 * * *)}\n`,
    right: `${step}triggers:\n  nightly: {schedule: cron(0 3 * * ? *)}\n`,
  },
  'invalid-event-pattern': {
    text: 'EventBridge refuses the pattern when the rule is made, or it is too long: 2,048 characters as JSON, 4,096 where the quota has been raised. A pattern names fields of the event; each has a list of what may match: values, or matchers such as {prefix: incoming/}. "mlpipe trigger test" tells which events a pattern matches.',
    wrong: `${step}triggers:\n  labelled: {event: {source: my.labelling}}\n`,
    right: `${step}triggers:\n  labelled: {event: {source: [my.labelling]}}\n`,
  },
  'invalid-resource': {
    text: 'The text does not have the form of what is wanted there: s3://bucket/prefix, where a prefix is just how keys begin and has no wildcards; the ARN of a standard SQS queue in the region of the target, not its URL.',
    wrong: `${step}triggers:\n  new-data: {s3: "s3://lake/incoming/*.csv"}\n`,
    right: `${step}triggers:\n  new-data: {s3: s3://lake/incoming/, suffix: .csv}\n`,
  },
  'trigger-parameter': {
    text: 'What the trigger gives is not what the pipeline takes. Names are those under "parameters:"; a rule takes no "_" in them. A value is a constant of the type of the parameter, or one path into the event, such as $.detail.object.key, and nothing joined with it: give bucket and key as two parameters, and join them in a step. A schedule of EventBridge Scheduler has no event, so all of its values are constants. What has no default must be given.',
    wrong: `${key}${step}triggers:\n  new-data: {s3: s3://lake/incoming/, parameters: {key: "s3://lake/$.detail.object.key"}}\n`,
    right: `${key}${step}triggers:\n  new-data: {s3: s3://lake/incoming/, parameters: {key: $.detail.object.key}}\n`,
  },
  'trigger-loop': {
    text: 'The trigger fires for what the pipeline itself does: its own end, the objects that it writes, the model that it registers. Each execution would start the next one, for ever, at your cost. It is a warning where only the run can tell whether the two meet.',
    wrong: `name: churn\n${step}triggers:\n  again: {pipeline: churn, on: failed}\n`,
    right: `name: churn\n${step}triggers:\n  features: {pipeline: features}\n`,
  },
  'cache-expires-first': {
    text: 'SageMaker reuses what a step made for as long as "cache:" says. A schedule that fires less often finds nothing left each time, so that the steps always run, and the cache only looks as if it saved something.',
    wrong: `defaults: {image: "sklearn:1.2-1", cache: 12h}\n${step}triggers:\n  nightly: {schedule: cron(0 3 * * ? *)}\n`,
    right: `defaults: {image: "sklearn:1.2-1", cache: 7d}\n${step}triggers:\n  nightly: {schedule: cron(0 3 * * ? *)}\n`,
  },
  'unseen-data': {
    text: 'The step has an input whose data counts by a fingerprint, and only "mlpipe run" looks at the data. An execution that a trigger starts has the fingerprint "unseen", or what the trigger gives for it, so that the step is reused though the data has changed, until its cache expires. An s3 trigger gives the ETag of the object by itself; others may give $.id, the id of the event, and the step runs for every event.',
    wrong:
      'defaults: {image: "sklearn:1.2-1", cache: 30d}\nsteps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n    inputs: {raw: {from: s3://lake/raw/, fingerprint: true}}\ntriggers:\n  features: {pipeline: features}\n',
    right:
      'defaults: {image: "sklearn:1.2-1", cache: 30d}\nsteps:\n  prepare:\n    type: processing\n    code: src/prepare.py\n    inputs: {raw: {from: s3://lake/raw/, fingerprint: true}}\ntriggers:\n  features: {pipeline: features, parameters: {fingerprint-prepare-raw: $.id}}\n',
  },
} as const satisfies Readonly<Record<string, Explanation>>
