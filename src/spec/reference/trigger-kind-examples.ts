// One example of every kind of trigger, as it stands below `triggers:`. A test compiles each.

import type {TriggerKindName} from '../triggers/trigger-kinds.ts'

export const triggerKindExamples: Readonly<Record<TriggerKindName, string>> = {
  schedule: `\
nightly:
  schedule: cron(0 3 * * ? *)          # minutes hours day-of-month month day-of-week year
  timezone: Europe/Berlin
  window: 15m                          # between 3:00 and 3:15
  start: 2027-01-01
  parameters: {epochs: 50}
`,
  s3: `\
new-data:
  s3: s3://lake/incoming/
  suffix: .csv                         # or marker: _SUCCESS, for folders of many files
  parameters:
    rawKey: $.detail.object.key        # a path into the event, as a whole
`,
  drift: `\
drifted:
  drift: churn-monitor                 # a monitoring schedule of Model Monitor
  endpoint: churn
  feature: age                         # an alarm is made: feature_baseline_drift_age above 0.2
  threshold: 0.2
`,
  model: `\
approved:
  model: churn-models                  # a model package group
  on: approved
  parameters: {modelPackage: $.detail.ModelPackageArn}
`,
  pipeline: `\
after-features:
  pipeline: features
  on: succeeded
  retry: {attempts: 3, age: 1h}
  deadLetter: arn:aws:sqs:us-east-1:111122223333:not-started
`,
  event: `\
labelled:
  event:
    source: [my.labelling]
    detail: {project: [churn], remaining: [{numeric: ["<", 10]}]}
`,
}
