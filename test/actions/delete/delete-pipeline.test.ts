// Deleting a pipeline: what goes, what stays, and in which order.

import {PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand} from '@aws-sdk/client-eventbridge'
import {CreatePipelineCommand, StartPipelineExecutionCommand} from '@aws-sdk/client-sagemaker'
import {CreateScheduleCommand} from '@aws-sdk/client-scheduler'
import {describe, expect, it} from 'vitest'
import {type DeleteInput, deletePipeline} from '../../../src/actions/delete/delete-pipeline.ts'
import {deploy} from '../../../src/actions/deploy/deploy.ts'
import type {Cloud} from '../../../src/cloud/ports.ts'
import {documentsOf} from '../../../src/trigger/documents.ts'
import type {Trigger} from '../../../src/trigger/trigger.ts'
import {eventClients} from '../../engine/support/event-clients.ts'
import {type Account, awsAccount, prodTarget, refusal} from '../../support/aws-account.ts'

const spec = `\
name: churn
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large}
steps:
  train: {type: training, code: {dir: src, entry: train.py}}
  register: {type: register, group: churners, model: "\${steps.train.model}"}
${prodTarget}`

const pipelineArn = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn'
const triggerRole = 'arn:aws:iam::000000000000:role/churn-trigger'

const trigger = (name: string, source: Trigger['source']): Trigger => ({
  ...{name, source, origin: 'spec', isEnabled: true, parameters: []},
})
const nightly = trigger('nightly', {kind: 'schedule', expression: 'rate(1 day)', via: 'rule'})
const weekly = trigger('weekly', {kind: 'schedule', expression: 'rate(7 days)', via: 'scheduler'})

const cloudOf = async ({world}: Account): Promise<Cloud> => (await world.connect({} as never)).cloud

async function put(account: Account, ...triggers: readonly Trigger[]): Promise<void> {
  const cloud = await cloudOf(account)
  const place = {pipelineName: 'churn', pipelineArn, roleArn: triggerRole, version: '1'}
  for (const one of triggers) {
    const {starter, alarm} = documentsOf(one, place)
    if (alarm) await cloud.alarms.put(alarm)
    await (starter.kind === 'rule' ? cloud.triggers.putRule(starter) : cloud.triggers.putSchedule(starter))
  }
}

async function putRole(account: Account, pipelineName: string): Promise<void> {
  const {access} = await cloudOf(account)
  const Service = ['events.amazonaws.com', 'scheduler.amazonaws.com']
  const statement = {Effect: 'Allow', Principal: {Service}, Action: 'sts:AssumeRole'}
  const grant = {Effect: 'Allow', Action: ['sagemaker:StartPipelineExecution'], Resource: [pipelineArn]}
  await access.putRole({
    ...{name: 'churn-trigger', description: '', policyName: 'start'},
    trust: {Version: '2012-10-17', Statement: [statement]},
    policy: {Version: '2012-10-17', Statement: [grant]},
    tags: {'mlpipe:pipeline': pipelineName},
  })
}

/** A rule of somebody else's that starts the pipeline and something more. */
async function putShared({local}: Account): Promise<void> {
  const {events} = eventClients(local.engine)
  const Targets = [
    {Id: 'start', Arn: pipelineArn, RoleArn: triggerRole},
    {Id: 'mail', Arn: 'arn:aws:sns:us-east-1:000000000000:mail'},
  ]
  await events.send(new PutRuleCommand({Name: 'shared', EventPattern: '{"source": ["my.app"]}'}))
  await events.send(new PutTargetsCommand({Rule: 'shared', Targets}))
}

async function deployed(): Promise<Account> {
  const account = awsAccount({'mlpipe.yaml': spec, 'src/train.py': ''})
  await deploy({target: 'prod', dryRun: false, yes: true, adopt: false, version: '1'}, account.world)
  await putRole(account, 'churn')
  await put(account, nightly, weekly)
  await putShared(account)
  account.calls = []
  return account
}

const iamRefusal = {
  statusCode: 403,
  headers: {'content-type': 'text/xml', 'x-amzn-requestid': 'r'},
  body: Buffer.from('<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'),
}

const starting = async (account: Account) => {
  const {triggers} = await cloudOf(account)
  const [rules, schedules] = [await triggers.rules(pipelineArn), await triggers.schedules(pipelineArn)]
  return [...rules, ...schedules].map(({name}) => name)
}

const remove = ({world}: Account, more: Partial<DeleteInput> = {}) =>
  deletePipeline({target: 'prod', yes: true, withData: false, dryRun: false, ...more}, world)

const objectsOf = async ({local}: Account) => {
  const cloud = await local.engine.handle({
    method: 'GET',
    hostname: 's3.us-east-1.amazonaws.com',
    path: '/mlpipe-prod',
    query: {'list-type': '2', prefix: 'churn/'},
    headers: {},
  })
  return String(cloud.body).split('<Key>').length - 1
}

describe('the pipeline and its triggers', () => {
  it('go in an order in which nothing starts what is going; data, models and groups stay', async () => {
    const account = await deployed()
    expect(await remove(account)).toMatchObject({
      outcome: 'deleted',
      arn: pipelineArn,
      executions: 0,
      triggers: [
        {kind: 'rule', name: 'churn-nightly', within: 'default'},
        {kind: 'rule', name: 'shared', keptForOthers: true},
        {kind: 'schedule', name: 'churn-weekly', within: 'churn'},
      ],
      scheduleGroup: 'churn',
      role: 'churn-trigger',
      stays: {data: 's3://mlpipe-prod/churn/', groups: ['churners'], endpoints: []},
    })
    expect(account.calls.filter((call) => /^(Delete|Remove)|^DELETE/.test(call))).toEqual([
      ...['RemoveTargets', 'DeleteRule', 'RemoveTargets'],
      ...['DELETE /schedules/churn-weekly', 'DELETE /schedule-groups/churn'],
      ...['DeletePipeline', 'DeleteRolePolicy', 'DeleteRole'],
    ])
    // Its code or data, and the note of what it was deployed from.
    expect(await objectsOf(account)).toBe(2)
    const {triggers, access} = await cloudOf(account)
    expect((await triggers.rule('shared'))?.targets.map(({id}) => id)).toEqual(['mail'])
    expect(await access.role('churn-trigger')).toBeUndefined()

    expect(await remove(account)).toMatchObject({outcome: 'nothing-there', triggers: []})
  })

  it('with --data its objects go too, also when the pipeline is gone already', async () => {
    const account = await deployed()
    await remove(account)
    expect(await remove(account, {withData: true})).toMatchObject({
      outcome: 'deleted',
      data: {uri: 's3://mlpipe-prod/churn/', objects: 2},
    })
    expect(await objectsOf(account)).toBe(0)
    expect(await remove(account, {withData: true})).toMatchObject({outcome: 'nothing-there'})
  })

  it('an alarm that mlpipe made goes before the rule that waits for it; one that was there stays', async () => {
    const account = await deployed()
    const {alarms} = await cloudOf(account)
    const made = {namespace: 'n', metric: 'm', dimensions: [], threshold: 0.2, periodSeconds: 3600}
    const drift = (alarmName: string, more: object = {}): Trigger['source'] => ({
      ...{kind: 'drift', monitor: 'm', by: {kind: 'alarm', alarmName, ...more}},
    })
    await alarms.put({...made, name: 'churn-theirs', description: 'of somebody else', tags: []})
    await put(account, trigger('drift', drift('churn-drift', {made})), trigger('theirs', drift('churn-theirs')))
    account.calls = []
    expect(await remove(account)).toMatchObject({outcome: 'deleted', alarms: ['churn-drift']})
    const removals = account.calls.filter((call) => ['DeleteAlarms', 'RemoveTargets'].includes(call))
    expect(removals[0]).toBe('DeleteAlarms')
    expect(await alarms.find('churn-drift')).toBeUndefined()
    expect(await alarms.find('churn-theirs')).toBeDefined()
  })

  it.each<[string, Partial<DeleteInput>, string]>([
    ['a dry run', {dryRun: true, yes: false}, 'dry-run'],
    ['no', {yes: false}, 'kept'],
  ])('stay after %s', async (_name, input, outcome) => {
    const account = await deployed()
    account.reply = false
    expect(await remove(account, input)).toMatchObject({outcome, triggers: [{}, {}, {}]})
    expect(await starting(account)).toEqual(['churn-nightly', 'shared', 'churn-weekly'])
    expect(account.calls).not.toContain('DeletePipeline')
    const asked = {question: 'delete pipeline churn on prod?', yesCommand: 'mlpipe delete --yes -t prod'}
    expect(account.questions).toEqual(outcome === 'kept' ? [asked] : [])
  })

  it('what breaks off says what is gone', async () => {
    const account = await deployed()
    account.answer = (call) => (call === 'DeletePipeline' ? refusal('ThrottlingException', 'Rate exceeded') : undefined)
    await expect(remove(account)).rejects.toMatchObject({
      code: 'throttled',
      message: expect.stringMatching(
        /^the rest stays \(rule churn-nightly, rule shared, schedule churn-weekly, schedule group churn are deleted\): /,
      ),
      nextSteps: expect.arrayContaining(['mlpipe delete --yes -t prod  (goes on from there)']),
    })
  })
})

describe('what is left over', () => {
  it('of a pipeline that is gone goes too: rules without a target, schedules, the group, the role', async () => {
    const account = await deployed()
    await put(account, trigger('data', {kind: 'event', pattern: '{"source": ["my.app"]}'}))
    const {triggers, pipelines} = await cloudOf(account)
    const {events} = eventClients(account.local.engine)
    await events.send(new RemoveTargetsCommand({Rule: 'churn-data', Ids: ['pipeline']}))
    await events.send(new PutRuleCommand({Name: 'churn-mail', EventPattern: '{"source": ["my.app"]}'}))
    await pipelines.delete('churn')

    account.reply = false
    expect(await remove(account, {yes: false})).toMatchObject({outcome: 'kept'})
    expect(account.questions).toMatchObject([{question: 'delete what is left of churn on prod?'}])
    expect(await remove(account)).toMatchObject({
      outcome: 'deleted',
      triggers: [{name: 'churn-nightly'}, {name: 'shared'}, {name: 'churn-data'}, {name: 'churn-weekly'}],
      scheduleGroup: 'churn',
      role: 'churn-trigger',
    })
    expect(await starting(account)).toEqual([])
    // Not ours, though its name begins as ours do.
    expect((await triggers.rulesNamed('churn-')).map(({name}) => name)).toEqual(['churn-mail'])
    expect(await remove(account)).toMatchObject({outcome: 'nothing-there'})
  })

  it("a group with somebody else's schedule in it stays, as does a role of another pipeline", async () => {
    const account = await deployed()
    await putRole(account, 'fraud')
    const {scheduler} = eventClients(account.local.engine)
    const Target = {Arn: 'arn:aws:sqs:us-east-1:000000000000:q', RoleArn: triggerRole}
    const timing = {ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: {Mode: 'OFF'}} as const
    await scheduler.send(new CreateScheduleCommand({Name: 'theirs', GroupName: 'churn', Target, ...timing}))
    const result = await remove(account)
    expect(result).toMatchObject({outcome: 'deleted'})
    expect(result).not.toHaveProperty('scheduleGroup')
    expect(result).not.toHaveProperty('role')
    const {triggers, access} = await cloudOf(account)
    expect(await triggers.ownGroup('churn', 'churn')).toEqual({schedules: ['theirs']})
    expect(await access.role('churn-trigger')).toMatchObject({tags: {'mlpipe:pipeline': 'fraud'}})
  })

  it.each(['ListRules', 'GET /schedule-groups/churn', 'GetRole'])('stays where %s is not allowed', async (denied) => {
    const account = await deployed()
    const answer = denied === 'GetRole' ? iamRefusal : refusal('AccessDeniedException', 'no', 403)
    account.answer = (call) => (call === denied ? answer : undefined)
    expect(await remove(account)).toMatchObject({outcome: 'deleted'})
  })
})

it('a pipeline that runs is refused, with the command that stops it', async () => {
  const account = awsAccount({'mlpipe.yaml': spec, 'src/train.py': ''})
  const definition = JSON.stringify({
    ...{Version: '2020-12-01', Metadata: {}, Parameters: []},
    Steps: [
      {
        Name: 'wait',
        Type: 'Callback',
        SqsQueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/q',
        Arguments: {},
        OutputParameters: [],
      },
    ],
  })
  const RoleArn = 'arn:aws:iam::000000000000:role/r'
  const {sageMaker} = account.local
  await sageMaker.send(new CreatePipelineCommand({PipelineName: 'churn', PipelineDefinition: definition, RoleArn}))
  const {PipelineExecutionArn = ''} = await sageMaker.send(new StartPipelineExecutionCommand({PipelineName: 'churn'}))
  const id = PipelineExecutionArn.split('/').at(-1)
  await expect(remove(account)).rejects.toMatchObject({
    code: 'execution-running',
    nextSteps: [`mlpipe executions stop ${id} -t prod`],
  })
  expect(account.calls).not.toContain('DeletePipeline')
})
