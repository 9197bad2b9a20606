// Deleting a pipeline: what goes, what stays, and in which order.

import {CreatePipelineCommand, StartPipelineExecutionCommand} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import {type DeleteInput, deletePipeline} from '../../../src/actions/delete/delete-pipeline.ts'
import {deploy} from '../../../src/actions/deploy/deploy.ts'
import type {TriggerRule} from '../../../src/cloud/trigger-ports.ts'
import {type Account, awsAccount, prodTarget, refusal} from '../../support/aws-account.ts'

const spec = `\
name: churn
defaults: {image: "sklearn:1.2-1", instance: ml.m5.large}
steps:
  train: {type: training, code: {dir: src, entry: train.py}}
  register: {type: register, group: churners, model: "\${steps.train.model}"}
${prodTarget}`

const pipelineArn = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn'
const start = {id: 'start', arn: pipelineArn}

const rule = (name: string, targets: TriggerRule['targets']): TriggerRule => ({
  ...{kind: 'rule', name, bus: 'default', isEnabled: true, targets},
  arn: `arn:aws:events:us-east-1:000000000000:rule/${name}`,
})

async function deployed(): Promise<Account> {
  const account = awsAccount({'mlpipe.yaml': spec, 'src/train.py': ''})
  await deploy({target: 'prod', dryRun: false, yes: true, adopt: false, version: '1'}, account.world)
  account.rules = [rule('nightly', [start]), rule('shared', [start, {id: 'mail', arn: 'arn:aws:sns:us-east-1:0:mail'}])]
  account.schedules = [
    {
      kind: 'schedule',
      name: 'weekly',
      group: 'default',
      isEnabled: true,
      arn: 'arn:aws:scheduler:us-east-1:0:schedule/x',
    },
  ]
  account.calls = []
  return account
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
        {kind: 'rule', name: 'nightly', within: 'default'},
        {kind: 'rule', name: 'shared', keptForOthers: true},
        {kind: 'schedule', name: 'weekly'},
      ],
      stays: {data: 's3://mlpipe-prod/churn/', groups: ['churners'], endpoints: []},
    })
    expect(account.removed).toEqual(['nightly: start', 'shared: start', 'weekly'])
    expect(account.calls).toContain('DeletePipeline')
    expect(await objectsOf(account)).toBe(1)

    expect(await remove(account)).toMatchObject({outcome: 'nothing-there', triggers: []})
  })

  it('with --data its objects go too, also when the pipeline is gone already', async () => {
    const account = await deployed()
    await remove(account)
    expect(await remove(account, {withData: true})).toMatchObject({
      outcome: 'deleted',
      data: {uri: 's3://mlpipe-prod/churn/', objects: 1},
    })
    expect(await objectsOf(account)).toBe(0)
    expect(await remove(account, {withData: true})).toMatchObject({outcome: 'nothing-there'})
  })

  it.each<[string, Partial<DeleteInput>, string]>([
    ['a dry run', {dryRun: true, yes: false}, 'dry-run'],
    ['no', {yes: false}, 'kept'],
  ])('stay after %s', async (_name, input, outcome) => {
    const account = await deployed()
    account.reply = false
    expect(await remove(account, input)).toMatchObject({outcome, triggers: [{}, {}, {}]})
    expect(account.removed).toEqual([])
    expect(account.calls).not.toContain('DeletePipeline')
    const asked = {question: 'delete pipeline churn on prod?', yesCommand: 'mlpipe delete --yes -t prod'}
    expect(account.questions).toEqual(outcome === 'kept' ? [asked] : [])
  })

  it('what breaks off says what is gone', async () => {
    const account = await deployed()
    account.answer = (call) => (call === 'DeletePipeline' ? refusal('ThrottlingException', 'Rate exceeded') : undefined)
    await expect(remove(account)).rejects.toMatchObject({
      code: 'throttled',
      message: expect.stringMatching(/^the rest stays \(rule nightly, rule shared, schedule weekly are deleted\): /),
      nextSteps: expect.arrayContaining(['mlpipe delete --yes -t prod  (goes on from there)']),
    })
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
