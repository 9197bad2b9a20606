// What a trigger becomes on AWS (API references: PutRule, PutTargets, CreateSchedule, PutMetricAlarm).
import {expect, it} from 'vitest'
import {documentsOf} from '../../src/trigger/documents.ts'
import {documentPlace, trigger} from './triggers.ts'

it('a trigger that waits for an event is a rule with one target', () => {
  const {starter, alarm} = documentsOf(
    trigger({parameters: [{name: 'key', value: '$.detail.object.key'}], retry: {attempts: 3}}),
    documentPlace,
  )
  expect(alarm).toBeUndefined()
  expect(starter).toEqual({
    kind: 'rule',
    name: 'churn-t',
    description: '[mlpipe: trigger t of churn, from the spec]',
    isEnabled: true,
    pattern: expect.stringContaining('Object Created'),
    target: {
      id: 'pipeline',
      arn: documentPlace.pipelineArn,
      roleArn: documentPlace.roleArn,
      parameters: [{name: 'key', value: '$.detail.object.key'}],
      retry: {attempts: 3},
    },
    tags: [
      {key: 'mlpipe:version', value: '1.2.3'},
      {key: 'mlpipe:pipeline', value: 'churn'},
      {key: 'mlpipe:trigger', value: 't'},
      {key: 'mlpipe:origin', value: 'spec'},
    ],
  })
})

const schedule = {
  kind: 'schedule',
  expression: 'cron(0 3 * * ? *)',
  zone: 'Europe/Berlin',
  windowMinutes: 15,
  startMs: 1,
  endMs: 2,
} as const

it('a schedule is one of EventBridge Scheduler, in a group of the pipeline that carries the tags', () => {
  const {starter} = documentsOf(trigger({source: {...schedule, via: 'scheduler'}, isEnabled: false}), documentPlace)
  expect(starter).toMatchObject({
    kind: 'schedule',
    name: 'churn-t',
    group: 'churn',
    isEnabled: false,
    expression: 'cron(0 3 * * ? *)',
    zone: 'Europe/Berlin',
    windowMinutes: 15,
    startMs: 1,
    endMs: 2,
    // The group is that of all triggers of the pipeline.
    tags: [
      {key: 'mlpipe:version', value: '1.2.3'},
      {key: 'mlpipe:pipeline', value: 'churn'},
    ],
  })
})

it('a schedule by a rule has neither zone nor window nor bounds, which rules do not know', () => {
  const {starter} = documentsOf(trigger({source: {...schedule, via: 'rule'}}), documentPlace)
  expect(starter).toMatchObject({kind: 'rule', schedule: 'cron(0 3 * * ? *)'})
  for (const field of ['pattern', 'zone', 'windowMinutes', 'startMs', 'endMs'])
    expect(starter).not.toHaveProperty(field)
})

const metric = {namespace: 'n', metric: 'm', dimensions: [], threshold: 0.2, periodSeconds: 60}

it('an alarm is made where the trigger makes one, and belongs to it', () => {
  const by = {kind: 'alarm', alarmName: 'churn-t', made: metric} as const
  const {alarm} = documentsOf(trigger({source: {kind: 'drift', monitor: 'daily', by}}), documentPlace)
  expect(alarm).toMatchObject({
    ...metric,
    name: 'churn-t',
    description: '[mlpipe: trigger t of churn, from the spec]',
    tags: expect.arrayContaining([{key: 'mlpipe:trigger', value: 't'}]),
  })
})

it('an alarm that is there is left alone', () => {
  const by = {kind: 'alarm', alarmName: 'theirs'} as const
  expect(documentsOf(trigger({source: {kind: 'drift', monitor: 'daily', by}}), documentPlace).alarm).toBeUndefined()
})

it('a role that the trigger names goes over the one that is made', () => {
  const roleArn = 'arn:aws:iam::111122223333:role/own'
  expect(documentsOf(trigger({roleArn}), documentPlace).starter.target.roleArn).toBe(roleArn)
})
