// Making triggers on an AWS target: what is made, in which order, what is asked, and that a second time nothing is.

import {GetBucketNotificationConfigurationCommand, PutBucketNotificationConfigurationCommand} from '@aws-sdk/client-s3'
import {describe, expect, it} from 'vitest'
import {refusal} from '../../support/aws-account.ts'
import {writeFiles} from '../../support/temp-dir.ts'
import {
  changesIn,
  create,
  deployedAccount,
  madeRoleArn,
  newData,
  nightly,
  pipelineArn,
  putForeignRule,
  refused,
  roleOf,
  ruleOf,
  scheduleOf,
  specWith,
} from '../../support/trigger-account.ts'

const both = `${nightly}${newData.replace('triggers:\n', '')}`

describe('create, then nothing, then update', () => {
  it('makes role, bucket events, and each trigger with the pipeline as its target', async () => {
    const account = await deployedAccount(specWith(both))
    const result = await create(account)
    expect(result).toMatchObject({
      outcome: 'created',
      role: {arn: madeRoleArn, action: 'create'},
      buckets: ['lake'],
      triggers: [
        {
          name: 'nightly',
          action: 'create',
          starter: {kind: 'schedule', name: 'churn-nightly', within: 'churn'},
          timeZone: 'Europe/Berlin',
        },
        {name: 'new-data', action: 'create', starter: {kind: 'rule', name: 'churn-new-data', within: 'default'}},
      ],
    })
    const order = changesIn(account)
    const at = (call: string) => order.findIndex((one) => one.startsWith(call))
    expect(order.slice(0, 3)).toEqual(['CreateRole', 'PutRolePolicy', 'PUT /lake/'])
    expect(at('POST /schedules/churn-nightly')).toBeGreaterThan(2)
    expect(at('PutTargets')).toBeGreaterThan(at('PutRule'))

    const target = {Arn: pipelineArn, RoleArn: madeRoleArn}
    expect(await scheduleOf(account, 'churn-nightly')).toMatchObject({
      ScheduleExpression: 'cron(0 3 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      Target: {...target, SageMakerPipelineParameters: {PipelineParameterList: [{Name: 'epochs', Value: '50'}]}},
    })
    const rule = await ruleOf(account, 'churn-new-data')
    expect(JSON.parse(rule.EventPattern ?? '')).toMatchObject({detail: {bucket: {name: ['lake']}}})
    const list = [{Name: 'rawKey', Value: '$.detail.object.key'}]
    expect(rule.targets).toMatchObject([
      {Id: 'pipeline', ...target, SageMakerPipelineParameters: {PipelineParameterList: list}},
    ])
  })

  it('the role may start this one pipeline, trusts both services, and tells whose it is', async () => {
    const account = await deployedAccount(specWith(both))
    await create(account)
    const {policy = '', trust = '', tags} = (await roleOf(account, 'churn-trigger')) ?? {}
    expect(JSON.parse(policy).Statement).toMatchObject([
      {Action: ['sagemaker:StartPipelineExecution'], Resource: [pipelineArn]},
    ])
    expect(trust).toMatch(/events\.amazonaws\.com.*scheduler\.amazonaws\.com/)
    expect(tags).toEqual({'mlpipe:pipeline': 'churn', 'mlpipe:version': '1.2.3'})
  })

  it('a second time nothing is changed, and nothing asked', async () => {
    const account = await deployedAccount(specWith(both))
    await create(account)
    account.calls = []
    const again = await create(account, {yes: false})
    expect(again).toMatchObject({outcome: 'unchanged', triggers: [{action: 'none'}, {action: 'none'}], buckets: []})
    expect(again.triggers.map(({starter}) => starter.arn)).toEqual([
      expect.stringContaining('schedule/churn/churn-nightly'),
      expect.stringContaining('rule/churn-new-data'),
    ])
    expect(changesIn(account)).toEqual([])
    expect(account.questions).toEqual([])
  })

  it('only what the spec has changed is updated, and shown by its fields', async () => {
    const account = await deployedAccount(specWith(both))
    await create(account)
    account.calls = []
    writeFiles(account.directory, {
      'mlpipe.yaml': specWith(both.replace('0 3', '30 4').replace('epochs: 50', 'epochs: 9')),
    })
    expect(await create(account)).toMatchObject({
      outcome: 'updated',
      triggers: [
        {
          action: 'update',
          changes: [
            {field: 'schedule', before: 'cron(0 3 * * ? *)', after: 'cron(30 4 * * ? *)'},
            {field: 'parameter epochs', before: '50', after: '9'},
          ],
        },
        {action: 'none', changes: []},
      ],
    })
    expect(changesIn(account)).toEqual(['PutRolePolicy', 'PUT /schedules/churn-nightly'])
    expect(await scheduleOf(account, 'churn-nightly')).toMatchObject({ScheduleExpression: 'cron(30 4 * * ? *)'})
  })

  it('a schedule that becomes a rule: the rule is made first, then the schedule goes', async () => {
    const account = await deployedAccount(specWith(nightly))
    await create(account)
    account.calls = []
    const viaRule = nightly.replace('timezone: Europe/Berlin', 'via: rule')
    writeFiles(account.directory, {'mlpipe.yaml': specWith(viaRule)})
    expect(await create(account)).toMatchObject({triggers: [{replaces: ['schedule churn-nightly (churn)']}]})
    const order = changesIn(account)
    expect(order.indexOf('PutTargets')).toBeLessThan(order.indexOf('DELETE /schedules/churn-nightly'))
    await expect(scheduleOf(account, 'churn-nightly')).rejects.toThrow()
    expect(await ruleOf(account, 'churn-nightly')).toMatchObject({ScheduleExpression: 'cron(0 3 * * ? *)'})
  })

  it('a name makes that one only', async () => {
    const account = await deployedAccount(specWith(both))
    expect(await create(account, {name: 'nightly'})).toMatchObject({triggers: [{name: 'nightly'}], buckets: []})
    await expect(ruleOf(account, 'churn-new-data')).rejects.toThrow()
  })

  it('a start that is past is not a difference for ever', async () => {
    const account = await deployedAccount(
      specWith(nightly.replace('    parameters', '    start: 2026-01-01\n    parameters')),
    )
    await create(account)
    expect(await create(account)).toMatchObject({outcome: 'unchanged'})
  })
})

describe('what is asked', () => {
  it('shows what would be made and asks; no means that nothing is made', async () => {
    const account = await deployedAccount(specWith(both))
    account.reply = false
    expect(await create(account, {yes: false})).toMatchObject({outcome: 'kept', next: []})
    expect(account.questions).toEqual([
      {
        question: 'create the triggers of churn on prod (AWS us-east-1)?',
        yesCommand: 'mlpipe trigger create -t prod --yes',
      },
    ])
    expect(account.events).toContainEqual({
      kind: 'proposal',
      proposal: expect.objectContaining({outcome: 'dry-run', buckets: ['lake']}),
    })
    expect(changesIn(account)).toEqual([])
  })

  it('a dry run shows the same, asks nothing and makes nothing', async () => {
    const account = await deployedAccount(specWith(both))
    const result = await create(account, {yes: false, dryRun: true})
    expect(result).toMatchObject({outcome: 'dry-run', next: ['mlpipe trigger create -t prod']})
    expect(account.questions).toEqual([])
    expect(changesIn(account)).toEqual([])
  })
})

describe('notifications that somebody else has set', () => {
  it('stay as they are', async () => {
    const account = await deployedAccount(specWith(newData))
    const queues = [
      {Id: 'theirs', QueueArn: 'arn:aws:sqs:us-east-1:000000000000:theirs', Events: ['s3:ObjectCreated:*' as const]},
    ]
    const {s3} = account.local
    const theirs = {Bucket: 'lake', NotificationConfiguration: {QueueConfigurations: queues}}
    await s3.send(new PutBucketNotificationConfigurationCommand(theirs))
    expect(await create(account)).toMatchObject({buckets: ['lake']})
    const now = await s3.send(new GetBucketNotificationConfigurationCommand({Bucket: 'lake'}))
    expect(now).toMatchObject({QueueConfigurations: queues, EventBridgeConfiguration: {}})
  })
})

describe('what breaks off', () => {
  it('says what is done, and goes on from there', async () => {
    const account = await deployedAccount(specWith(both))
    account.answer = (call) => (call === 'PutTargets' ? refusal('InternalException', 'try later', 500) : undefined)
    const error = await refused(create(account))
    expect(error).toMatchObject({
      code: 'service-fault',
      message: expect.stringContaining(
        'not all of it is done (done so far: the role churn-trigger, the events of bucket lake, schedule churn-nightly)',
      ),
    })
    expect(error.nextSteps.at(-1)).toBe('mlpipe trigger create -t prod  (goes on from there)')

    account.answer = () => undefined
    account.calls = []
    expect(await create(account)).toMatchObject({triggers: [{action: 'none'}, {action: 'update'}], buckets: []})
    expect((await ruleOf(account, 'churn-new-data')).targets).toHaveLength(1)
    expect(await create(account)).toMatchObject({outcome: 'unchanged'})
  })

  it('a target that failed in an answer of 200 is an error', async () => {
    const account = await deployedAccount(specWith(newData))
    const failed = {FailedEntryCount: 1, FailedEntries: [{TargetId: 'pipeline', ErrorCode: 'X', ErrorMessage: 'no'}]}
    account.answer = (call) =>
      call === 'PutTargets'
        ? {
            statusCode: 200,
            headers: {'content-type': 'application/x-amz-json-1.1'},
            body: Buffer.from(JSON.stringify(failed)),
          }
        : undefined
    expect(await refused(create(account))).toMatchObject({
      code: 'targets-not-put',
      message: expect.stringContaining('pipeline: X, no'),
    })
  })
})

describe('what was there under the name', () => {
  it('is taken over with --adopt, without starting the pipeline twice, and keeps its other targets', async () => {
    const account = await deployedAccount(specWith(newData))
    const other = 'arn:aws:sqs:us-east-1:000000000000:mail'
    await putForeignRule(account, 'churn-new-data', [pipelineArn, other])
    const result = await create(account, {adopt: true})
    expect(result).toMatchObject({outcome: 'updated', triggers: [{action: 'update', isForeign: true}]})
    const {targets} = await ruleOf(account, 'churn-new-data')
    expect(targets.map(({Id, Arn}) => [Id, Arn]).sort()).toEqual([
      ['pipeline', pipelineArn],
      ['t1', other],
    ])
  })
})

describe('what has to be known', () => {
  it('the policy of a dead-letter queue is told, once for all rules that send there', async () => {
    const queue = 'arn:aws:sqs:us-east-1:000000000000:late'
    const account = await deployedAccount(specWith(`${newData}    deadLetter: ${queue}\n`))
    const [found] = (await create(account)).queues
    expect(found).toMatchObject({
      queue,
      policy: {
        Statement: [
          {
            Principal: {Service: 'events.amazonaws.com'},
            Action: 'sqs:SendMessage',
            Resource: queue,
            Condition: {ArnEquals: {'aws:SourceArn': ['arn:aws:events:us-east-1:000000000000:rule/churn-new-data']}},
          },
        ],
      },
    })
  })

  it('a schedule sends to its queue with its role, which may', async () => {
    const queue = 'arn:aws:sqs:us-east-1:000000000000:late'
    const account = await deployedAccount(specWith(`${nightly}    deadLetter: ${queue}\n`))
    expect((await create(account)).queues).toEqual([])
    expect((await roleOf(account, 'churn-trigger'))?.policy).toContain(
      `"Action":["sqs:SendMessage"],"Resource":["${queue}"]`,
    )

    // Another trigger that is made by itself does not take that away.
    await create(account, {name: 'weekly', options: {schedule: 'rate(7 days)'}})
    expect((await roleOf(account, 'churn-trigger'))?.policy).toContain(queue)
  })

  it.each([
    ['a bucket takes some minutes', newData, 'it takes a few minutes until S3 sends the events of a bucket'],
    ['one object is one event', newData, 'every object that is put is one event'],
  ])('%s', async (_what, triggers, expected) => {
    const account = await deployedAccount(specWith(triggers))
    expect((await create(account)).notes.join('\n')).toContain(expected)
  })
})
