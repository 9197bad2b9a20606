// Everything of one trigger.

import {join} from 'node:path'
import {DisableRuleCommand, PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {CreateBucketCommand, PutBucketNotificationConfigurationCommand} from '@aws-sdk/client-s3'
import {expect, it} from 'vitest'
import {readDeadLetters} from '../../../../src/actions/triggers/look/dead-letters.ts'
import {showTrigger} from '../../../../src/actions/triggers/look/show-trigger.ts'
import type {Account} from '../../../support/aws-account.ts'
import {tempDir, writeFiles} from '../../../support/temp-dir.ts'
import {accountWith, clientsOf, foreignRule, localRole, makeTriggers, pipelineArn, spec} from '../account.ts'

const show = ({world}: Account, name: string, nowMs?: number) =>
  showTrigger({target: 'prod', name}, nowMs === undefined ? world : {...world, now: () => nowMs})

it('a schedule: when, with what, and the next five times', async () => {
  const account = await accountWith(`triggers:
  nightly:
    schedule: cron(0 3 ? * MON-FRI *)
    timezone: Europe/Berlin
    window: 15m
    end: 2099-01-01
    description: before anybody is up
    parameters: {key: all, epochs: 9}
    retry: {attempts: 3, age: 1h}
`)
  const result = await show(account, 'nightly', Date.parse('2026-10-23T12:00:00Z'))
  expect(result).toMatchObject({
    trigger: {name: 'nightly', state: 'enabled', madeBy: 'spec', spec: 'same', problems: []},
    description: 'before anybody is up',
    schedule: {
      expression: 'cron(0 3 ? * MON-FRI *)',
      words: 'Monday to Friday at 03:00',
      windowMinutes: 15,
      endsAt: '2099-01-01T00:00:00.000Z',
    },
    targets: [{retry: {attempts: 3, maximumAgeSeconds: 3600}, roleArn: expect.stringContaining('role/churn-trigger')}],
    alsoStarts: [],
    executions: [],
    next: ['mlpipe trigger fire nightly --dry-run -t prod'],
  })
  const {next} = result.trigger
  expect(next?.kind === 'times' && next.times.map(({at}) => at)).toEqual([
    '2026-10-26T02:00:00.000Z',
    '2026-10-27T02:00:00.000Z',
    '2026-10-28T02:00:00.000Z',
    '2026-10-29T02:00:00.000Z',
    '2026-10-30T02:00:00.000Z',
  ])
  expect(result).not.toHaveProperty('pattern')
})

it('a rule on objects: its pattern, which values are of the event, and whether the bucket tells of them', async () => {
  const account = await accountWith('')
  const {s3} = account.local
  await s3.send(new CreateBucketCommand({Bucket: 'lake'}))
  account.buckets = {...account.buckets, lake: {region: 'us-east-1'}}
  const newData = 'triggers:\n  new-data: {s3: s3://lake/in/, parameters: {key: $.detail.object.key, epochs: 7}}\n'
  writeFiles(account.directory, {'mlpipe.yaml': spec(newData)})
  await makeTriggers(account)
  const result = await show(account, 'churn-new-data')
  expect(result).toMatchObject({
    trigger: {name: 'new-data', kind: 's3', problems: []},
    pattern: {source: ['aws.s3'], detail: {bucket: {name: ['lake']}, object: {key: [{prefix: 'in/'}]}}},
    targets: [
      {
        parameters: [
          {name: 'key', value: '$.detail.object.key', from: 'path'},
          {name: 'epochs', value: '7', from: 'constant'},
        ],
        retry: {attempts: 185, maximumAgeSeconds: 86_400},
      },
    ],
    buckets: [{bucket: 'lake', events: 'on'}],
  })
  expect(result.tags).toContainEqual({key: 'mlpipe:trigger', value: 'new-data'})

  await s3.send(new PutBucketNotificationConfigurationCommand({Bucket: 'lake', NotificationConfiguration: {}}))
  expect(await show(account, 'new-data')).toMatchObject({
    trigger: {problems: ['the bucket lake does not send its events to EventBridge']},
    buckets: [{bucket: 'lake', events: 'off'}],
    next: ['mlpipe trigger create new-data -t prod'],
  })
})

it('a drift trigger: its alarm and the state of it', async () => {
  const account = await accountWith('')
  const drift = 'triggers:\n  drift: {drift: quality, by: alarm, endpoint: live, feature: age, threshold: 0.2}\n'
  writeFiles(account.directory, {'mlpipe.yaml': spec(drift)})
  await makeTriggers(account)
  expect(await show(account, 'drift')).toMatchObject({
    trigger: {kind: 'drift', waitsFor: 'alarm churn-drift goes to ALARM'},
    alarms: [
      {
        name: 'churn-drift',
        standing: {state: 'INSUFFICIENT_DATA', metric: 'feature_baseline_drift_age', threshold: 0.2},
      },
    ],
  })
})

it('a rule that starts other things too, by its ARN', async () => {
  const account = await accountWith('')
  const clients = clientsOf(account)
  await foreignRule(clients, 'tf', {pattern: {source: ['shop']}})
  const mail = 'arn:aws:sns:us-east-1:000000000000:mail'
  await clients.events.send(new PutTargetsCommand({Rule: 'tf', Targets: [{Id: 'mail', Arn: mail}]}))
  await clients.events.send(new DisableRuleCommand({Name: 'tf'}))
  const result = await show(account, 'arn:aws:events:us-east-1:000000000000:rule/tf')
  expect(result).toMatchObject({
    trigger: {name: 'tf', state: 'disabled', madeBy: 'something-else'},
    targets: [{roleArn: localRole, parameters: []}],
    alsoStarts: [mail],
  })
})

it('one that is not made yet is shown as the spec declares it', async () => {
  const account = await accountWith('')
  writeFiles(account.directory, {'mlpipe.yaml': spec('triggers:\n  t: {pipeline: features}\n')})
  const result = await show(account, 't')
  expect(result).toMatchObject({
    trigger: {state: 'not-made', waitsFor: 'pipeline features succeeds'},
    pattern: {detail: {currentPipelineExecutionStatus: ['Succeeded']}},
    targets: [{roleArn: expect.stringContaining(':role/churn-trigger')}],
    next: ['mlpipe deploy --triggers -t prod'],
  })
})

it('a name that two rules have is asked about', async () => {
  const account = await accountWith('triggers:\n  t: {pipeline: features}\n')
  const clients = clientsOf(account)
  await foreignRule(clients, 'copy', {schedule: 'rate(1 day)'})
  const Description = '[mlpipe: trigger t of churn, from the command line]'
  await clients.events.send(new PutRuleCommand({Name: 'copy', ScheduleExpression: 'rate(1 day)', Description}))
  await expect(show(account, 't')).rejects.toMatchObject({
    code: 'ambiguous-trigger',
    message: expect.stringContaining('rule/copy'),
  })
  expect(await show(account, 'copy')).toMatchObject({trigger: {madeBy: 'command-line'}})
})

it('dead letters of the embedded engine are counted by the rule that they come from', async () => {
  const rule = 'arn:aws:events:us-east-1:000000000000:rule/churn-t'
  const letter = (arn: string, message: string) =>
    JSON.stringify({
      MessageId: '1',
      MessageAttributes: {
        RULE_ARN: {DataType: 'String', StringValue: arn},
        ERROR_CODE: {DataType: 'String', StringValue: 'NO_PERMISSIONS'},
        ERROR_MESSAGE: {DataType: 'String', StringValue: message},
      },
    })
  const lines = [
    letter(rule, 'first'),
    letter(`${rule}2`, 'other'),
    '{"a callback": 1}',
    letter(rule, 'last'),
    '{"half',
  ]
  const directory = tempDir({'.mlpipe/queues/dead.ndjson': lines.join('\n')})
  const queue = 'arn:aws:sqs:us-east-1:000000000000:dead'
  const read = (arn: string, source: string) => readDeadLetters(join(directory, '.mlpipe'), arn, source, directory)
  expect(await read(queue, rule)).toEqual({
    file: '.mlpipe/queues/dead.ndjson',
    count: 2,
    errorCode: 'NO_PERMISSIONS',
    message: 'last',
  })
  expect(await read(queue, pipelineArn)).toBeUndefined()
  expect(await read(`${queue}-2`, rule)).toBeUndefined()
})
