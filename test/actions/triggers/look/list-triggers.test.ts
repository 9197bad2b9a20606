// All that starts a pipeline, found on both services, whoever made it, and put beside the spec.
import {PutRuleCommand, RemoveTargetsCommand} from '@aws-sdk/client-eventbridge'
import {DeletePipelineCommand, StartPipelineExecutionCommand} from '@aws-sdk/client-sagemaker'
import {GetScheduleCommand, UpdateScheduleCommand} from '@aws-sdk/client-scheduler'
import {describe, expect, it} from 'vitest'
import {listTriggers} from '../../../../src/actions/triggers/look/list-triggers.ts'
import {type Account, awsAccount} from '../../../support/aws-account.ts'
import {writeFiles} from '../../../support/temp-dir.ts'
import {accountWith, clientsOf, foreignRule, makeTriggers, pipelineArn, sdkSchedule, spec} from '../account.ts'

const nightly = `  nightly: {schedule: "cron(0 3 * * ? *)", timezone: Europe/Berlin}\n`
const upstream = '  after-features: {pipeline: features, parameters: {key: $.detail.pipelineArn}}\n'
const both = `triggers:\n${nightly}${upstream}`

const list = ({world}: Account, nowMs?: number, zone = 'UTC') =>
  listTriggers({target: 'prod', count: 3}, {...world, zone, ...(nowMs === undefined ? {} : {now: () => nowMs})})

it('triggers of the spec, the command line and others, in that order', async () => {
  const account = await accountWith(both)
  const clients = clientsOf(account)
  await foreignRule(clients, 'tf-upload', {
    pattern: {source: ['aws.s3'], 'detail-type': ['Object Created'], detail: {bucket: {name: ['lake']}}},
  })
  await foreignRule(clients, 'a-console-rule', {schedule: 'rate(1 day)'})
  await sdkSchedule(clients, 'cron(0 6 * * ? *)')
  const result = await list(account)
  expect(result).toMatchObject({
    pipeline: 'churn',
    target: 'prod',
    arn: pipelineArn,
    isDeployed: true,
    notes: [],
    next: [],
  })
  expect(
    result.triggers.map(({name, kind, waitsFor, madeBy, state, spec: beside, problems}) => [
      name,
      kind,
      waitsFor,
      madeBy,
      state,
      beside,
      problems,
    ]),
  ).toEqual([
    ['nightly', 'schedule', 'every day at 03:00 Europe/Berlin', 'spec', 'enabled', 'same', []],
    ['after-features', 'pipeline', 'pipeline features succeeds', 'spec', 'enabled', 'same', []],
    ['a-console-rule', 'schedule', 'every 24 hours', 'something-else', 'enabled', undefined, []],
    ['churn', 'schedule', 'every day at 06:00 UTC', 'something-else', 'enabled', undefined, []],
    ['tf-upload', 's3', 'an object is put into s3://lake', 'something-else', 'enabled', undefined, []],
  ])
  expect(
    result.triggers.map(({standing}) => standing && `${standing.kind} ${standing.within}/${standing.name}`),
  ).toEqual([
    'schedule churn/churn-nightly',
    'rule default/churn-after-features',
    'rule default/a-console-rule',
    'schedule default/churn',
    'rule default/tf-upload',
  ])
})

describe('the next times', () => {
  const at = (text: string) => Date.parse(text)
  it.each<[string, string, string, string[]]>([
    [
      'an hour that the clocks skip is left out',
      'cron(30 2 * * ? *)',
      '2026-03-27T12:00:00Z',
      ['2026-03-28T02:30:00+01:00', '2026-03-30T02:30:00+02:00', '2026-03-31T02:30:00+02:00'],
    ],
    [
      'an hour that they repeat fires once, the first time',
      'cron(30 2 * * ? *)',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T02:30:00+02:00', '2026-10-26T02:30:00+01:00', '2026-10-27T02:30:00+01:00'],
    ],
    ['a time that is past is none', 'at(2099-03-01T00:00:00)', '2099-03-27T12:00:00Z', []],
  ])('in a zone with summer time: %s', async (_name, expression, now, there) => {
    const account = await accountWith(`triggers:\n  t: {schedule: "${expression}", timezone: Europe/Berlin}\n`)
    const [trigger] = (await list(account, at(now))).triggers
    expect(trigger?.next).toMatchObject({kind: 'times', zone: 'Europe/Berlin'})
    expect(trigger?.next?.kind === 'times' && trigger.next.times.map((time) => time.there)).toEqual(there)
  })

  it('are told in the zone of whoever looks too', async () => {
    const account = await accountWith(`triggers:\n${nightly}`)
    const [trigger] = (await list(account, at('2026-07-01T12:00:00Z'), 'America/New_York')).triggers
    const first = {
      at: '2026-07-02T01:00:00.000Z',
      there: '2026-07-02T03:00:00+02:00',
      here: '2026-07-01T21:00:00-04:00',
    }
    expect(trigger?.next).toMatchObject({times: [first, {}, {}]})
  })

  it('of a rate count from its start, else from when the schedule was made; when a rule was made is not told', async () => {
    const account = await accountWith('')
    const clients = clientsOf(account)
    const start = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000)
    await sdkSchedule(clients, 'rate(2 hours)', {StartDate: start})
    await foreignRule(clients, 'often', {schedule: 'rate(5 minutes)'})
    const [byStart, rule] = (await list(account)).triggers
    const times = [0, 2, 4].map((hours) => ({at: new Date(start.getTime() + hours * 3_600_000).toISOString()}))
    expect(byStart?.next).toMatchObject({kind: 'times', times})
    expect(rule?.next).toMatchObject({kind: 'unknown', why: expect.stringContaining('counts from when')})

    const other = await accountWith('')
    const madeMs = Date.now()
    await sdkSchedule(clientsOf(other), 'rate(2 hours)')
    const [byMaking] = (await list(other)).triggers
    const first = byMaking?.next?.kind === 'times' ? Date.parse(byMaking.next.times[0]?.at ?? '') : 0
    expect(first).toBeGreaterThanOrEqual(madeMs + 7_200_000)
    expect(first).toBeLessThanOrEqual(Date.now() + 7_200_000)
  })

  it('are not told of what is disabled, and end with the schedule', async () => {
    const off = '  off: {schedule: rate(1 day), enabled: false}\n'
    const ending = '  ending: {schedule: "cron(0 3 * * ? *)", end: 2099-01-02T12:00:00Z}\n'
    const account = await accountWith(`triggers:\n${off}${ending}`)
    const [disabled, ends] = (await list(account, at('2098-12-31T12:00:00Z'))).triggers
    expect(disabled).toMatchObject({state: 'disabled'})
    expect(disabled).not.toHaveProperty('next')
    expect(ends?.next).toMatchObject({times: [{at: '2099-01-01T03:00:00.000Z'}, {at: '2099-01-02T03:00:00.000Z'}]})
    const [, ended] = (await list(account, at('2099-01-03T00:00:00Z'))).triggers
    expect(ended?.next).toMatchObject({kind: 'times', times: []})
  })
})

describe('beside the spec', () => {
  const respecify = ({directory}: Account, triggers: string) => writeFiles(directory, {'mlpipe.yaml': spec(triggers)})

  it('what is not made, what is another than declared, and what is no longer declared', async () => {
    const account = await accountWith(both)
    const later = nightly.replace('0 3', '0 4')
    respecify(account, `triggers:\n  new-data: {s3: s3://lake/in/}\n${later}`)
    const result = await list(account)
    expect(result.triggers.map(({name, state, spec: beside}) => [name, state, beside])).toEqual([
      ['new-data', 'not-made', 'not-made'],
      ['nightly', 'enabled', 'differs'],
      ['after-features', 'enabled', 'not-declared'],
    ])
    expect(result.triggers[0]).toMatchObject({
      kind: 's3',
      waitsFor: 'an object is put at s3://lake/in/*',
      madeBy: 'spec',
    })
    expect(result.triggers[1]?.differences).toEqual([
      {field: 'schedule', before: 'cron(0 3 * * ? *)', after: 'cron(0 4 * * ? *)'},
    ])
    expect(result.next).toEqual(['mlpipe deploy --triggers -t prod'])
  })

  it('an alarm that was made otherwise', async () => {
    const drift = (threshold: number) =>
      `triggers:\n  drift: {drift: quality, by: alarm, endpoint: live, feature: age, threshold: ${threshold}}\n`
    const account = await accountWith('')
    respecify(account, drift(0.2))
    await makeTriggers(account)
    respecify(account, drift(0.3))
    const [trigger] = (await list(account)).triggers
    expect(trigger).toMatchObject({
      kind: 'drift',
      spec: 'differs',
      differences: [{field: 'alarm threshold', before: '0.2', after: '0.3'}],
      problems: [],
    })
  })

  it('a spec with errors is not compared with, and that is said', async () => {
    const account = await accountWith(both)
    respecify(account, 'triggers: 3\n')
    const result = await list(account)
    expect(result.notes).toEqual([expect.stringMatching(/^mlpipe\.yaml has 1 error .*not compared/)])
    expect(result.triggers.map(({name, madeBy}) => [name, madeBy])).toEqual([
      ['after-features', 'spec'],
      ['nightly', 'spec'],
    ])
    for (const trigger of result.triggers) expect(trigger).not.toHaveProperty('spec')
  })
})

describe('what starts nothing', () => {
  it('a rule that lost its target is found by its mark', async () => {
    const account = await accountWith(both)
    const {events} = clientsOf(account)
    await events.send(new RemoveTargetsCommand({Rule: 'churn-after-features', Ids: ['pipeline']}))
    // Another pipeline's, whose name begins alike.
    await events.send(
      new PutRuleCommand({
        Name: 'churn-eu-nightly',
        ScheduleExpression: 'rate(1 day)',
        Description: '[mlpipe: trigger nightly of churn-eu, from the spec]',
      }),
    )
    const result = await list(account)
    expect(result.triggers.map(({name, problems}) => [name, problems])).toEqual([
      ['nightly', []],
      ['after-features', ['it has no target']],
    ])
    expect(result.triggers[1]).toMatchObject({spec: 'differs', differences: [{field: 'target', after: pipelineArn}]})
  })

  it('a schedule that was turned to another pipeline', async () => {
    const account = await accountWith(`triggers:\n${nightly}`)
    const {scheduler} = clientsOf(account)
    const {
      Arn: _,
      CreationDate: _c,
      LastModificationDate: _m,
      $metadata: _o,
      ...schedule
    } = await scheduler.send(new GetScheduleCommand({Name: 'churn-nightly', GroupName: 'churn'}))
    const other = pipelineArn.replace('churn', 'other')
    const {Name, ScheduleExpression, FlexibleTimeWindow, Target} = schedule
    const put = {...schedule, Name, ScheduleExpression, FlexibleTimeWindow}
    await scheduler.send(new UpdateScheduleCommand({...put, Target: {...Target, Arn: other, RoleArn: Target?.RoleArn}}))
    const {triggers} = await list(account)
    expect(triggers).toMatchObject([
      {name: 'nightly', problems: [`it starts something else: ${other}`], spec: 'differs'},
    ])
  })

  it('a role that is not there', async () => {
    const account = await accountWith('')
    const role = 'arn:aws:iam::000000000000:role/gone'
    await foreignRule(clientsOf(account), 'tf', {schedule: 'rate(1 day)'}, {role})
    expect((await list(account)).triggers).toMatchObject([{name: 'tf', problems: [`there is no role ${role}`]}])
  })

  it('a trigger that is made twice', async () => {
    const account = await accountWith(`triggers:\n${nightly}`)
    const {events} = clientsOf(account)
    const Description = '[mlpipe: trigger nightly of churn, from the spec]'
    await foreignRule({...clientsOf(account)}, 'churn-nightly', {schedule: 'cron(0 3 * * ? *)'})
    await events.send(new PutRuleCommand({Name: 'churn-nightly', ScheduleExpression: 'cron(0 3 * * ? *)', Description}))
    expect((await list(account)).triggers).toMatchObject([
      {standing: {kind: 'rule'}, problems: ['it stands as schedule churn-nightly (churn) too']},
      {standing: {kind: 'schedule'}, problems: ['it stands as rule churn-nightly too']},
    ])
  })

  it('a pipeline that is gone, or was never there', async () => {
    const account = awsAccount({'mlpipe.yaml': spec(both)})
    expect(await list(account)).toMatchObject({
      isDeployed: false,
      arn: pipelineArn,
      triggers: [{state: 'not-made'}, {}],
    })

    const deployed = await accountWith(both)
    await foreignRule(clientsOf(deployed), 'tf', {schedule: 'rate(1 day)'})
    await deployed.local.sageMaker.send(
      new DeletePipelineCommand({PipelineName: 'churn', ClientRequestToken: 'x'.repeat(32)}),
    )
    const result = await list(deployed)
    const problems = ['the pipeline is not deployed: there is nothing to start']
    expect(result).toMatchObject({isDeployed: false, triggers: [{problems}, {problems}, {problems}]})
    expect(result.next).toEqual([
      'mlpipe deploy -t prod',
      'mlpipe trigger delete nightly -t prod',
      'mlpipe trigger delete after-features -t prod',
    ])
  })
})

it('what AWS says of who started an execution tells the trigger, by its role', async () => {
  const account = await accountWith(both)
  const {PipelineExecutionArn = ''} = await account.local.sageMaker.send(
    new StartPipelineExecutionCommand({PipelineName: 'churn'}),
  )
  const Arn = 'arn:aws:sts::000000000000:assumed-role/churn-trigger/5a1f'
  // As DescribePipelineExecution has it (API reference, UserContext and IamIdentity); the embedded engine names nobody.
  const described = {PipelineExecutionArn, PipelineExecutionStatus: 'Executing', CreatedBy: {IamIdentity: {Arn}}}
  account.answer = (call) =>
    call === 'DescribePipelineExecution'
      ? {
          statusCode: 200,
          headers: {'content-type': 'application/x-amz-json-1.1'},
          body: Buffer.from(JSON.stringify(described)),
        }
      : undefined
  const {triggers} = await list(account)
  expect(triggers).toMatchObject([
    {name: 'nightly', lastStart: {arn: PipelineExecutionArn, foundBy: 'role', orBy: ['after-features']}},
    {name: 'after-features', lastStart: {foundBy: 'role', orBy: ['nightly']}},
  ])
})
