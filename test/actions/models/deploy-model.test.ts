// Models behind endpoints: what is called and in which order, what stays when it fails, and how it goes on when it broke off.

import {expect, it} from 'vitest'
import {deployModel} from '../../../src/actions/models/serving/deploy-model.ts'
import type {DeployModelResult} from '../../../src/actions/models/serving/serving-results.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {packageArn} from '../../support/fake-cloud.ts'
import {arnOf} from '../../support/fake-endpoints.ts'
import {deployInput, endpointStep, modelPackage, registryWorld, role} from './registry-world.ts'

const nameOf = (result: DeployModelResult) => result.config

it('a first deploy makes model, configuration and endpoint, waits minutes, and says how it is asked', async () => {
  const {world, endpoints} = registryWorld([modelPackage(1), modelPackage(2)])
  const result = await deployModel(deployInput(), world)
  expect(result).toMatchObject({
    outcome: 'created',
    model: 'churn/2',
    endpoint: 'churn',
    status: 'InService',
    role,
    capacity: {kind: 'instance', type: 'ml.m5.large', count: 1},
  })
  const name = nameOf(result)
  expect(name).toMatch(/^churn-v2-[0-9a-f]{8}$/)
  expect(endpoints.calls).toEqual([`createModel ${name}`, `createConfig ${name}`, `create churn ${name}`])
  expect(endpoints.models.get(name)?.containers).toEqual([{modelPackageName: packageArn(2)}])
  expect(result.waitedSeconds).toBeGreaterThanOrEqual(180)
  expect(result.waitedSeconds).toBeLessThan(220)
  expect(world.events.filter(({kind}) => kind.startsWith('endpoint'))).toEqual([
    {kind: 'endpoint-waiting', endpoint: 'churn', status: 'Creating', atMs: expect.any(Number)},
    {kind: 'endpoint-settled', endpoint: 'churn'},
  ])
  expect(result.next).toEqual([expect.stringContaining('aws sagemaker-runtime invoke-endpoint --endpoint-name churn')])
})

it('the tags say whose it is, and what it has had', async () => {
  const {world, endpoints} = registryWorld([modelPackage(1), modelPackage(2)])
  const first = nameOf(await deployModel(deployInput({model: 'churn/1'}), world))
  const second = nameOf(await deployModel(deployInput({model: 'churn/2'}), world))
  const tags = Object.fromEntries(
    (await endpoints.tags(arnOf('endpoint', 'churn'))).map(({key, value}) => [key, value]),
  )
  expect(tags).toEqual({
    'mlpipe:version': '1.2.3',
    'mlpipe:pipeline': 'churn',
    'mlpipe:endpoint': 'churn',
    'mlpipe:model': 'churn/2',
    'mlpipe:configs': `${second} ${first}`,
  })
})

it('the same again calls nothing', async () => {
  const {world, endpoints} = registryWorld([modelPackage(1)])
  await deployModel(deployInput(), world)
  endpoints.calls.length = 0
  expect(await deployModel(deployInput(), world)).toMatchObject({outcome: 'unchanged', would: 'change-nothing'})
  expect(endpoints.calls).toEqual([])
})

it('what no flag says stays as the endpoint has it', async () => {
  const {world} = registryWorld([modelPackage(1), modelPackage(2)])
  const big = {instance: 'ml.c5.xlarge', count: 3, environment: ['LEVEL=debug', 'A=1']}
  await deployModel(deployInput({model: 'churn/1', ...big}), world)
  const second = await deployModel(deployInput({model: 'churn/2'}), world)
  expect(second).toMatchObject({
    outcome: 'updated',
    before: {model: 'churn/1'},
    capacity: {type: 'ml.c5.xlarge', count: 3},
    environment: ['A', 'LEVEL'],
  })
  const fewer = await deployModel(deployInput({model: 'churn/2', count: 1}), world)
  expect(fewer).toMatchObject({outcome: 'updated', capacity: {type: 'ml.c5.xlarge', count: 1}})
  const serverless = await deployModel(
    deployInput({model: 'churn/2', serverless: '2048:5', environment: ['A=2']}),
    world,
  )
  expect(serverless).toMatchObject({
    capacity: {kind: 'serverless', memoryMb: 2048, maxConcurrency: 5},
    environment: ['A'],
  })
  expect(await deployModel(deployInput({model: 'churn/2'}), world)).toMatchObject({outcome: 'unchanged'})
})

it('an update that fails keeps what the endpoint had, says why, and takes away what it made', async () => {
  const {world, endpoints, state} = registryWorld([modelPackage(1), modelPackage(2)])
  const first = nameOf(await deployModel(deployInput({model: 'churn/1'}), world))
  const {config} = await deployModel(deployInput({model: 'churn/2', dryRun: true}), world)
  endpoints.broken.set(config, 'The primary container did not pass the ping health check.')
  state.logs = {churn: ['Traceback', 'no model.joblib']}
  endpoints.calls.length = 0
  const result = await deployModel(deployInput({model: 'churn/2'}), world)
  expect(result).toMatchObject({
    outcome: 'failed',
    status: 'InService',
    before: {model: 'churn/1', config: first},
    failure: {reason: expect.stringContaining('ping health check'), log: ['Traceback', 'no model.joblib']},
    removed: [`endpoint configuration ${config}`, `model ${config}`],
  })
  expect(endpoints.calls.slice(-2)).toEqual([`removeConfig ${config}`, `removeModel ${config}`])
  expect(await endpoints.endpoint('churn')).toMatchObject({status: 'InService', configName: first})
  expect(await endpoints.tags(arnOf('endpoint', 'churn'))).toContainEqual({key: 'mlpipe:configs', value: first})
})

it('of an endpoint that cannot be created nothing stays', async () => {
  const {world, endpoints} = registryWorld([modelPackage(1)])
  const {config} = await deployModel(deployInput({dryRun: true}), world)
  endpoints.broken.set(config, 'no')
  const result = await deployModel(deployInput(), world)
  expect(result).toMatchObject({outcome: 'failed', failure: {reason: 'no', log: []}})
  expect(result.removed).toEqual(['endpoint churn', `endpoint configuration ${config}`, `model ${config}`])
  expect([endpoints.configs.size, endpoints.models.size]).toEqual([0, 0])
  expect(result.next).toEqual([
    'aws logs tail /aws/sagemaker/Endpoints/churn --since 1h --region us-east-1',
    'mlpipe models deploy churn/1 -t prod  (once more)',
  ])
})

it('on local the same would fail again: the script is to be mended', async () => {
  const {world, endpoints} = registryWorld([modelPackage(1)])
  const {config} = await deployModel(deployInput({dryRun: true, target: 'local'}), world)
  endpoints.broken.set(config, 'no')
  expect((await deployModel(deployInput({target: 'local'}), world)).next).toEqual([
    "mlpipe deploy -t local  (once the model's script is mended)",
    'mlpipe run -t local  (registers a version with it)',
  ])
})

it('what could not be taken away again is told, and does not hide the failure', async () => {
  const {world, endpoints} = registryWorld([modelPackage(1)])
  const {config} = await deployModel(deployInput({dryRun: true}), world)
  endpoints.broken.set(config, 'no')
  endpoints.refused.set('removeConfig', new MlpipeError({code: 'access-denied', who: 'service', message: 'may not'}))
  expect(await deployModel(deployInput(), world)).toMatchObject({outcome: 'failed', removed: ['endpoint churn']})
  expect(world.events).toContainEqual({
    kind: 'warning',
    message: 'not all that was made could be deleted again: may not',
    nextSteps: ['mlpipe models undeploy churn -t prod'],
  })
})

it('an endpoint that has failed is deleted and made anew', async () => {
  const {world, endpoints} = registryWorld([modelPackage(1), modelPackage(2)])
  const {config} = await deployModel(deployInput({model: 'churn/1', dryRun: true}), world)
  endpoints.broken.set(config, 'no')
  // As somebody leaves it who does not wait for the failure.
  await deployModel(deployInput({model: 'churn/1', wait: false}), world)
  await world.sleep(600_000)
  expect(await endpoints.endpoint('churn')).toMatchObject({status: 'Failed'})
  const result = await deployModel(deployInput({model: 'churn/2'}), world)
  expect(result).toMatchObject({outcome: 'created', would: 'replace', status: 'InService'})
  expect(endpoints.calls.slice(-2)).toEqual(['removeEndpoint churn', `create churn ${result.config}`])
})

it('goes on from where it broke off', async () => {
  const {world, endpoints} = registryWorld([modelPackage(1)])
  endpoints.refused.set('create', new MlpipeError({code: 'quota', who: 'service', message: 'too many'}))
  const broken = deployModel(deployInput(), world)
  await expect(broken).rejects.toThrow(
    /^the model is not deployed \(model churn-v1-\w+ is made, endpoint configuration churn-v1-\w+ is made, there is no endpoint churn\): too many$/,
  )
  await expect(broken).rejects.toMatchObject({
    nextSteps: ['mlpipe models deploy churn/1 -t prod  (goes on from there)'],
  })
  const again = await deployModel(deployInput(), world)
  expect(again).toMatchObject({outcome: 'created'})
  expect([...endpoints.models.keys()]).toEqual([again.config])
})

it('a timeout leaves it under way, and the same command waits on', async () => {
  const {world, endpoints} = registryWorld([modelPackage(1)])
  const result = await deployModel(deployInput({timeout: '60s'}), world)
  expect(result).toMatchObject({outcome: 'timed-out', status: 'Creating', waitedSeconds: 60})
  expect(result.next).toEqual([
    'mlpipe models deploy churn/1 -t prod  (waits on)',
    'mlpipe models undeploy churn -t prod',
  ])
  const calls = endpoints.calls.length
  expect(await deployModel(deployInput(), world)).toMatchObject({outcome: 'created', would: 'wait'})
  expect(endpoints.calls).toHaveLength(calls)
})

it('Ctrl-C ends the waiting and says how to go on', async () => {
  let sleeps = 0
  const {world} = registryWorld([modelPackage(1), modelPackage(2)], undefined, () => {
    sleeps += 1
    if (sleeps === 3) world.abort()
  })
  const result = await deployModel(deployInput(), world)
  expect(result).toMatchObject({outcome: 'left-running', status: 'Creating'})
  expect(result.next[0]).toBe('mlpipe models deploy churn/2 -t prod  (waits on)')
  const other = deployModel(deployInput({model: 'churn/1'}), world)
  await expect(other).rejects.toMatchObject({code: 'endpoint-busy', message: expect.stringContaining('is Creating')})
})

it('without waiting it is begun', async () => {
  const {world} = registryWorld([modelPackage(1)])
  const result = await deployModel(deployInput({wait: false}), world)
  expect(result).toMatchObject({outcome: 'started', endpointArn: arnOf('endpoint', 'churn')})
  expect(world.sleeps).toEqual([])
})

it.each([
  ['PendingManualApproval', undefined, 'churn/1 is not approved yet, and so is not deployed'],
  ['Rejected', 'too few patients', 'churn/1 is Rejected (too few patients), and so is not deployed'],
] as const)('a model that is %s is refused with the command that approves it', async (approval, why, message) => {
  const reason = why === undefined ? {} : {approvalDescription: why}
  const {world, endpoints} = registryWorld([modelPackage(1, {approval, ...reason})])
  await expect(deployModel(deployInput(), world)).rejects.toMatchObject({
    code: 'model-not-approved',
    message,
    nextSteps: ['mlpipe models approve churn/1 -t prod'],
  })
  expect(endpoints.calls).toEqual([])
})

it.each([
  [{target: 'bare'}, 'no-role', /needs a role/],
  [{model: 'churn/7'}, 'unknown-model', /has no version 7/],
  [{model: 'chrun/1'}, 'unknown-model-group', /did you mean "churn"/],
  [{instance: 'm5.large'}, 'usage', /instance type such as ml.m5.large, not "m5.large"/],
  [{count: 0}, 'usage', /1 or more instances, not 0/],
  [{serverless: '2000:5'}, 'usage', /1024, 2048, 3072, 4096, 5120 or 6144 MB of memory, not 2000/],
  [{serverless: '1024:0'}, 'usage', /1 to 200 requests/],
  [{serverless: 'small'}, 'usage', /MEMORY:CONCURRENCY/],
  [{environment: ['LEVEL']}, 'usage', /NAME=VALUE/],
  [{environment: ['A=1', 'B=1', 'A=2']}, 'usage', /--env gives A twice/],
  [{role: 'serving'}, 'usage', /ARN of a role, not "serving"/],
  [{endpoint: 'churn_live'}, 'usage', /cannot name an endpoint/],
  [{endpoint: 'churn-live-'.repeat(8).slice(0, 87)}, 'usage', /63 characters at most/],
  [{timeout: 'soon'}, 'usage', /--timeout takes a time/],
])('%j is refused before anything is done', async (more, code, message) => {
  const {world, endpoints} = registryWorld([modelPackage(1)])
  const refused = deployModel(deployInput(more), world)
  await expect(refused).rejects.toMatchObject({code, message: expect.stringMatching(message)})
  expect(endpoints.calls).toEqual([])
})

it.each([
  ['ml.m5.lage', '"ml.m5.lage" is no instance type of endpoints that is known: did you mean "ml.m5.large"?'],
  ['ml.quantum9.metal', '"ml.quantum9.metal" is no instance type of endpoints that is known'],
  ['ml.c5.large', undefined],
])('an instance type that is not known is told: %s', async (instance, message) => {
  const {world} = registryWorld([modelPackage(1)])
  expect(await deployModel(deployInput({instance}), world)).toMatchObject({outcome: 'created'})
  const warnings = world.events.filter(({kind}) => kind === 'warning')
  expect(warnings).toEqual(message === undefined ? [] : [{kind: 'warning', message}])
})

it('a role that the target lacks may be given', async () => {
  const {world} = registryWorld([modelPackage(1)])
  expect(await deployModel(deployInput({target: 'bare', role}), world)).toMatchObject({outcome: 'created', role})
})

it('a package that is not complete is refused', async () => {
  const {world} = registryWorld([modelPackage(1, {status: 'Failed'})])
  await expect(deployModel(deployInput(), world)).rejects.toMatchObject({code: 'model-not-complete'})
})

it('an endpoint that something else made is taken over only when that is said', async () => {
  const {world, endpoints} = registryWorld([modelPackage(1)])
  endpoints.foreign('churn', 'theirs')
  const asked = {...world, confirm: async (question: string) => !question.includes('was not made by mlpipe')}
  expect(await deployModel(deployInput(), asked)).toMatchObject({outcome: 'kept', owner: 'other'})
  expect(endpoints.calls).toEqual([])
  expect(await deployModel(deployInput({adopt: true}), world)).toMatchObject({
    outcome: 'updated',
    before: {config: 'theirs'},
  })
})

it('the endpoint that a step of the pipeline names is the default, and its own', async () => {
  const register = {Name: 'register', Type: 'RegisterModel', Arguments: {ModelPackageGroupName: 'churn'}}
  const {world, endpoints} = registryWorld([modelPackage(1)], [register, endpointStep])
  endpoints.foreign('churn-live', 'made-by-a-step')
  const execution = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn/execution/abc'
  endpoints.tagsOf.set(arnOf('endpoint', 'churn-live'), [{key: 'sagemaker:pipeline-execution-arn', value: execution}])
  expect(await deployModel(deployInput(), world)).toMatchObject({
    endpoint: 'churn-live',
    owner: 'pipeline',
    outcome: 'updated',
  })
})

it('on AWS it is asked for, on local it is not', async () => {
  const {world} = registryWorld([modelPackage(1), modelPackage(2)])
  await deployModel(deployInput({model: 'churn/1', yes: false}), world)
  expect(world.asked).toEqual(['deploy churn/1 to endpoint churn on prod (AWS us-east-1)?'])
  expect(world.events.some(({kind}) => kind === 'proposal')).toBe(true)
  const result = await deployModel(deployInput({model: 'churn/2', yes: false, target: 'local'}), world)
  expect(world.asked).toHaveLength(1)
  expect(result.next).toEqual([
    'mlpipe local serve --port 4566  (answers in another terminal:)',
    expect.stringContaining('--endpoint-url http://127.0.0.1:4566'),
    'mlpipe models rollback churn -t local  (back to churn/1)',
  ])
})

it('names fit into 63 characters, however long the endpoint is called', async () => {
  const endpoint = 'e'.repeat(63)
  const {world} = registryWorld([modelPackage(123_456)])
  const {config} = await deployModel(deployInput({endpoint}), world)
  expect(config).toHaveLength(63)
  expect(config).toMatch(/^e+-v123456-[0-9a-f]{8}$/)
})
