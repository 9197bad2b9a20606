// Kind and phrase of what stands on AWS, and expressions in words.
import {describe, expect, it} from 'vitest'
import {describeStarter} from '../../src/trigger/describe.ts'
import {eventPattern} from '../../src/trigger/event-pattern.ts'
import {scheduleWords} from '../../src/trigger/schedule-words.ts'
import type {ScheduleSource, TriggerSource} from '../../src/trigger/trigger.ts'

const pipelineArn = 'arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn'

describe('the patterns that mlpipe makes', () => {
  const alarm = {kind: 'alarm', alarmName: 'churn-drift'} as const
  it.each<[string, string, Exclude<TriggerSource, ScheduleSource>]>([
    ['s3', 'an object is put into s3://lake', {kind: 's3', bucket: 'lake', prefix: ''}],
    ['s3', 'an object is put at s3://lake/in/*', {kind: 's3', bucket: 'lake', prefix: 'in/'}],
    ['s3', 'an object is put at s3://lake/*.csv', {kind: 's3', bucket: 'lake', prefix: '', suffix: '.csv'}],
    ['s3', 'an object is put at s3://lake/in/*.csv', {kind: 's3', bucket: 'lake', prefix: 'in/', suffix: '.csv'}],
    [
      's3',
      'an object is put at s3://lake/in/_SUCCESS or s3://lake/in/*/_SUCCESS',
      {kind: 's3', bucket: 'lake', prefix: 'in/', marker: '_SUCCESS'},
    ],
    ['alarm', 'alarm churn-drift goes to ALARM', {kind: 'drift', monitor: 'quality', by: alarm}],
    ['drift', 'monitor quality finds violations', {kind: 'drift', monitor: 'Quality', by: {kind: 'violation'}}],
    ['model', 'a model of churners is approved', {kind: 'model', group: 'churners', on: 'approved'}],
    ['model', 'a model of churners is rejected', {kind: 'model', group: 'churners', on: 'rejected'}],
    ['model', 'a model of churners is registered', {kind: 'model', group: 'churners', on: 'registered'}],
    ['pipeline', 'pipeline features succeeds', {kind: 'pipeline', pipeline: 'Features', on: 'succeeded'}],
    ['pipeline', 'pipeline features fails', {kind: 'pipeline', pipeline: 'features', on: 'failed'}],
  ])('%s: %s', (kind, waitsFor, source) => {
    expect(describeStarter({kind: 'rule', pattern: eventPattern(source, pipelineArn)})).toEqual({kind, waitsFor})
  })
})

describe('patterns of others', () => {
  const sageMaker = {source: ['aws.sagemaker']}
  const s3 = {source: ['aws.s3'], 'detail-type': ['Object Created']}
  const model = {...sageMaker, 'detail-type': ['SageMaker Model Package State Change']}
  const run = {...sageMaker, 'detail-type': ['SageMaker Model Building Pipeline Execution Status Change']}
  it.each<[string, string, object]>([
    ['s3', 'an object is put into any bucket', s3],
    ['s3', 'an object is put at *.csv of any bucket', {...s3, detail: {object: {key: [{suffix: '.csv'}]}}}],
    [
      's3',
      'an object is put into s3://a or s3://b, with further conditions',
      {...s3, detail: {bucket: {name: ['a', 'b']}, object: {size: [{numeric: ['>', 0]}]}}},
    ],
    [
      's3',
      'an object is put into s3://a, with further conditions',
      {...s3, detail: {bucket: {name: ['a']}, object: {key: [{'anything-but': 'x'}, 'y']}}},
    ],
    [
      'event',
      'an event "Object Created" or "Object Deleted" of aws.s3',
      {source: ['aws.s3'], 'detail-type': ['Object Created', 'Object Deleted']},
    ],
    [
      'model',
      'a model of any group is approved or rejected',
      {...model, detail: {ModelApprovalStatus: ['Approved', 'Rejected']}},
    ],
    ['model', 'a model of g changes', {...model, detail: {ModelPackageGroupName: ['g']}}],
    [
      'model',
      'a model of g changes, with further conditions',
      {...model, detail: {ModelPackageGroupName: ['g'], UpdatedModelPackageFields: ['sourceUri']}},
    ],
    ['pipeline', 'any pipeline changes its status', run],
    [
      'pipeline',
      'any pipeline succeeds or fails, with further conditions',
      {
        ...run,
        detail: {
          currentPipelineExecutionStatus: ['Succeeded', 'Failed'],
          previousPipelineExecutionStatus: ['Executing'],
        },
      },
    ],
    [
      'alarm',
      'any alarm changes its state',
      {source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change']},
    ],
    [
      'event',
      'an event "SageMaker Processing Job State Change" of aws.sagemaker, with further conditions',
      {
        ...sageMaker,
        'detail-type': ['SageMaker Processing Job State Change'],
        detail: {ProcessingJobStatus: ['Failed']},
      },
    ],
    ['event', 'an event of a, b, c or 2 more', {source: ['a', 'b', 'c', 'd', 'e']}],
    ['event', 'an event, with further conditions', {detail: {a: [1]}}],
    [
      's3',
      'an object is put into any bucket, with further conditions',
      {...s3, $or: [{detail: {bucket: {name: ['a']}}}, {detail: {bucket: {name: ['b']}}}]},
    ],
  ])('%s: %s', (kind, waitsFor, pattern) => {
    expect(describeStarter({kind: 'rule', pattern: JSON.stringify(pattern)})).toEqual({kind, waitsFor})
  })

  it('that cannot be read are said to be so', () => {
    const waitsFor = 'events of a pattern that cannot be read'
    expect(describeStarter({kind: 'rule', pattern: '{'})).toEqual({kind: 'event', waitsFor})
  })
})

it.each<[string, 'rule' | 'scheduler', string | undefined]>([
  ['rate(1 minute)', 'rule', 'every minute'],
  ['rate(5 minutes)', 'rule', 'every 5 minutes'],
  ['rate(1 hour)', 'scheduler', 'every hour'],
  ['rate(1 day)', 'rule', 'every 24 hours'],
  ['rate(7 days)', 'rule', 'every 7 days of 24 hours'],
  ['at(2026-11-28T03:00:00)', 'scheduler', 'once, at 2026-11-28 03:00:00'],
  ['at(2026-11-28T03:00:00)', 'rule', undefined],
  ['cron(0 3 * * ? *)', 'rule', 'every day at 03:00'],
  ['cron(0 3 ? * * *)', 'rule', 'every day at 03:00'],
  ['cron(0 3 * * ?)', 'scheduler', 'every day at 03:00'],
  ['cron(30 6,18 * * ? *)', 'rule', 'every day at 06:30 and 18:30'],
  ['cron(0 0/6 * * ? *)', 'rule', 'every day at 00:00, 06:00, 12:00 and 18:00'],
  ['cron(0 0/4 * * ? *)', 'rule', undefined],
  ['cron(15 * * * ? *)', 'rule', 'every hour at minute 15'],
  ['cron(0/15 * * * ? *)', 'rule', 'every 15 minutes'],
  ['cron(5/15 * * * ? *)', 'rule', undefined],
  ['cron(0/25 * * * ? *)', 'rule', undefined],
  ['cron(* * * * ? *)', 'rule', 'every minute'],
  ['cron(0 8 ? * MON-FRI *)', 'rule', 'Monday to Friday at 08:00'],
  ['cron(0 8 ? * 1 *)', 'rule', 'every Sunday at 08:00'],
  ['cron(0 8 ? * MON,THU *)', 'rule', 'every Monday and Thursday at 08:00'],
  ['cron(0 8 1 * ? *)', 'rule', 'on day 1 of every month at 08:00'],
  ['cron(0 8 31 * ? *)', 'rule', undefined],
  ['cron(0 8 1,15 * ? *)', 'rule', undefined],
  ['cron(0 8 L * ? *)', 'rule', 'on the last day of every month at 08:00'],
  ['cron(0 8 LW * ? *)', 'rule', undefined],
  ['cron(0 8 ? * 6L *)', 'rule', 'on the last Friday of every month at 08:00'],
  ['cron(0 8 ? * 2#1 *)', 'rule', 'on the first Monday of every month at 08:00'],
  ['cron(0 8 ? * 2#5 *)', 'rule', undefined],
  ['cron(0 3 * JAN ? *)', 'rule', undefined],
  ['cron(0 3 * * ? 2027)', 'rule', undefined],
  ['cron(* * ? * MON *)', 'rule', undefined],
  ['every day', 'rule', undefined],
])('%s on a %s: %s', (expression, service, words) => {
  expect(scheduleWords(expression, service)).toBe(words)
})

it.each<[string, Parameters<typeof describeStarter>[0]]>([
  ['every day at 03:00 Europe/Berlin', {kind: 'schedule', expression: 'cron(0 3 * * ? *)', zone: 'Europe/Berlin'}],
  ['every day at 03:00 UTC', {kind: 'schedule', expression: 'cron(0 3 * * ? *)'}],
  ['every day at 03:00 UTC, within 15 min', {kind: 'schedule', expression: 'cron(0 3 * * ? *)', windowMinutes: 15}],
  ['every 5 minutes', {kind: 'schedule', expression: 'rate(5 minutes)', zone: 'Europe/Berlin'}],
  ['cron(0 3 LW * ? *) UTC', {kind: 'rule', schedule: 'cron(0 3 LW * ? *)'}],
  ['an event of a, or every hour', {kind: 'rule', schedule: 'rate(1 hour)', pattern: '{"source":["a"]}'}],
  ['nothing', {kind: 'rule'}],
])('waits for: %s', (waitsFor, starter) => {
  expect(describeStarter(starter).waitsFor).toBe(waitsFor)
})
