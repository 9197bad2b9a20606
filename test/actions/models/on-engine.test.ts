// The whole life of an endpoint on the embedded engine, seen as an AWS target and through the SDK: it answers with the model that is
// said, also after an update that failed, after a rollback, and from another machine.

import {setTimeout as delay} from 'node:timers/promises'
import {CreateModelPackageCommand, CreateModelPackageGroupCommand} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {listModels} from '../../../src/actions/models/list-models.ts'
import {deployModel} from '../../../src/actions/models/serving/deploy-model.ts'
import {rollbackModel} from '../../../src/actions/models/serving/rollback-model.ts'
import {undeployModel} from '../../../src/actions/models/serving/undeploy-model.ts'
import {setApproval} from '../../../src/actions/models/set-approval.ts'
import {showModel} from '../../../src/actions/models/show-model.ts'
import {ask, runtimeOf} from '../../engine/support/endpoints.ts'
import {putArchive} from '../../engine/support/job-definitions.ts'
import type {LocalCloud} from '../../engine/support/local-cloud.ts'
import {type Account, awsAccount, prodTarget} from '../../support/aws-account.ts'
import {deployInput} from './registry-world.ts'

const spec = `\
name: churn
steps:
  stop: {type: fail, message: no}
${prodTarget}`

const adding = (weight: number) => `
def model_fn(model_dir):
    return ${weight}
def predict_fn(data, model):
    return [row + model for row in data]
`
const broken = `
def model_fn(model_dir):
    raise ValueError("the weights are of another version")
`

async function register({sageMaker, ...cloud}: LocalCloud, version: number, script: string | undefined): Promise<void> {
  const ModelDataUrl = `s3://mlpipe-prod/models/${version}/model.tar.gz`
  await putArchive(
    {sageMaker, ...cloud},
    ModelDataUrl,
    script === undefined ? {weights: '1'} : {'code/inference.py': script},
  )
  await sageMaker.send(
    new CreateModelPackageCommand({
      ModelPackageGroupName: 'churn',
      ModelApprovalStatus: 'Approved',
      InferenceSpecification: {
        Containers: [
          {Image: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3', ModelDataUrl},
        ],
        SupportedContentTypes: ['application/json'],
        SupportedResponseMIMETypes: ['application/json'],
      },
    }),
  )
}

async function registry(...scripts: readonly string[]): Promise<Account> {
  const bare = awsAccount({'mlpipe.yaml': spec})
  // The engine loads a model meanwhile: it has to have its turn.
  const account = Object.assign(bare, {world: {...bare.world, sleep: () => delay(20)}})
  const {local} = account
  local.engine.serveEndpoints()
  await local.sageMaker.send(new CreateModelPackageGroupCommand({ModelPackageGroupName: 'churn'}))
  for (const [index, script] of scripts.entries()) await register(local, index + 1, script)
  return account
}

const answerOf = ({local}: Account, endpoint = 'churn') => ask(runtimeOf(local), endpoint, {body: '[1]'})
const rollbackInput = {wait: true, dryRun: false, yes: true, target: 'prod'}
const version = (number: number) => deployInput({model: `churn/${number}`})

it('answers with the model that was deployed, keeps it when the next does not come up, goes back, and goes', async () => {
  const account = await registry(adding(1), adding(2), broken)
  const {world} = account
  expect(await deployModel(version(1), world)).toMatchObject({outcome: 'created', status: 'InService'})
  expect(await answerOf(account)).toBe('[2]')

  expect(await deployModel(version(2), world)).toMatchObject({outcome: 'updated', before: {model: 'churn/1'}})
  expect(await answerOf(account)).toBe('[3]')
  account.calls.length = 0
  expect(await deployModel(version(2), world)).toMatchObject({outcome: 'unchanged'})
  expect(account.calls.filter((call) => !/^(Describe|List)/.test(call))).toEqual([])

  const failed = await deployModel(version(3), world)
  expect(failed).toMatchObject({outcome: 'failed', status: 'InService', before: {model: 'churn/2'}})
  expect(failed.failure?.log.join('\n')).toContain('the weights are of another version')
  expect(failed.removed).toEqual([`endpoint configuration ${failed.config}`, `model ${failed.config}`])
  expect(await answerOf(account)).toBe('[3]')

  expect(await rollbackModel({...rollbackInput, endpoint: 'churn'}, world)).toMatchObject({
    outcome: 'rolled-back',
    from: {model: 'churn/2'},
    to: {model: 'churn/1'},
  })
  expect(await answerOf(account)).toBe('[2]')

  const undeploy = {endpoint: 'churn', dryRun: false, yes: true, target: 'prod'}
  expect(await undeployModel(undeploy, world)).toMatchObject({
    outcome: 'undeployed',
    configs: [expect.any(String), expect.any(String)],
    models: [expect.any(String), expect.any(String)],
  })
  await expect(answerOf(account)).rejects.toThrow(/could not be found|not found/i)
})

it('of an endpoint that cannot be created nothing stays', async () => {
  const account = await registry(broken)
  const result = await deployModel(version(1), account.world)
  expect(result).toMatchObject({outcome: 'failed', removed: expect.arrayContaining(['endpoint churn'])})
  await expect(
    undeployModel({endpoint: 'churn', dryRun: false, yes: true, target: 'prod'}, account.world),
  ).rejects.toMatchObject({code: 'unknown-endpoint'})
})

it('an endpoint whose model cannot run here says so, and one that can does not', async () => {
  const {local, world} = await registry(adding(1))
  await register(local, 2, undefined)
  expect((await deployModel(version(1), world)).simulated).toBeUndefined()
  const result = await deployModel(version(2), world)
  expect(result).toMatchObject({outcome: 'updated', simulated: expect.stringContaining('inference')})
  expect(await deployModel(version(2), world)).toMatchObject({outcome: 'unchanged', simulated: result.simulated})
  expect((await rollbackModel({...rollbackInput, endpoint: 'churn'}, world)).simulated).toBeUndefined()
})

it('what serves a model is told where models are looked at, and where one is rejected', async () => {
  const account = await registry(adding(1), adding(2))
  const {world} = account
  await deployModel(version(1), world)
  await deployModel(deployInput({model: 'churn/1', endpoint: 'elsewhere'}), world)
  const listed = await listModels({group: 'churn', all: false, limit: 20, target: 'prod'}, world)
  expect(listed.models.map(({model, endpoints}) => [model, endpoints])).toEqual([
    ['churn/2', []],
    ['churn/1', ['churn', 'elsewhere']],
  ])
  expect(await showModel({model: 'churn/1', target: 'prod'}, world)).toMatchObject({endpoints: ['churn', 'elsewhere']})
  const {next, endpoints} = await setApproval({model: 'churn/1', approval: 'Rejected', target: 'prod'}, world)
  expect(endpoints).toEqual(['churn', 'elsewhere'])
  const deploy = (endpoint: string) => `mlpipe models deploy churn/2 --endpoint ${endpoint} -t prod`
  expect(next).toEqual([deploy('churn'), deploy('elsewhere')])
  expect(await showModel({model: 'churn/1', target: 'prod'}, world)).toMatchObject({
    next: [deploy('churn'), deploy('elsewhere'), 'mlpipe lineage churn/1 -t prod'],
  })
})

it('rejecting a model proposes to go back only where that works, and else to take the endpoint away', async () => {
  const {world} = await registry(adding(1), adding(2))
  const reject = (model: string) => setApproval({model, approval: 'Rejected', target: 'prod'}, world)
  await deployModel(version(1), world)
  await deployModel(version(2), world)
  expect((await reject('churn/2')).next).toEqual(['mlpipe models rollback churn -t prod'])
  const last = await reject('churn/1')
  expect(last.endpoints).toBeUndefined()
  expect((await reject('churn/2')).next).toEqual(['mlpipe models undeploy churn -t prod'])
})

it('a reason is of one approval: an empty one is none, and that of the approval before goes', async () => {
  const {world} = await registry(adding(1))
  const judge = (approval: 'Approved' | 'Rejected', reason?: string) =>
    setApproval({model: 'churn/1', approval, reason, target: 'prod'}, world)
  const shown = async () => (await showModel({model: 'churn/1', target: 'prod'}, world)).approvalDescription
  expect(await judge('Rejected', ' too few patients ')).toMatchObject({reason: 'too few patients'})
  expect(await shown()).toBe('too few patients')
  expect(await judge('Rejected')).not.toHaveProperty('reason')
  expect(await shown()).toBe('too few patients')
  expect(await judge('Approved', '')).not.toHaveProperty('reason')
  expect(await shown()).toBeUndefined()
  await expect(judge('Rejected', 'x'.repeat(1025))).rejects.toMatchObject({
    exit: 64,
    message: '--reason has 1025 characters; SageMaker takes at most 1024',
  })
})

it('without a version, the latest that is approved is taken, and the newer one told', async () => {
  const account = await registry(adding(1), adding(2))
  await setApproval({model: 'churn/2', approval: 'Rejected', target: 'prod'}, account.world)
  expect(await deployModel(deployInput({model: 'churn'}), account.world)).toMatchObject({model: 'churn/1'})
  expect(account.events).toContainEqual({
    kind: 'note',
    message: 'churn/2 is newer, and is not approved: churn/1 is taken',
  })
})
