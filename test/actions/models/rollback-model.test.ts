// Going back: to what the endpoint had before, step by step, from any machine, also after deploys that failed or broke off.

import {expect, it} from 'vitest'
import {deployModel} from '../../../src/actions/models/serving/deploy-model.ts'
import {rollbackModel} from '../../../src/actions/models/serving/rollback-model.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {arnOf} from '../../support/fake-endpoints.ts'
import {deployInput, modelPackage, type RegistryWorld, registryWorld} from './registry-world.ts'

const rollbackInput = (more: object = {}) => ({wait: true, dryRun: false, yes: true, target: 'prod', ...more})

async function deployed(...versions: readonly number[]): Promise<RegistryWorld & {readonly names: string[]}> {
  const made = registryWorld([1, 2, 3, 4].map((version) => modelPackage(version)))
  const names: string[] = []
  for (const version of versions) {
    names.push((await deployModel(deployInput({model: `churn/${version}`}), made.world)).config)
  }
  made.endpoints.calls.length = 0
  return {...made, names}
}

it('goes back to what was there before, and once more to what was before that', async () => {
  const {world, endpoints, names} = await deployed(1, 2, 3)
  const once = await rollbackModel(rollbackInput(), world)
  expect(once).toMatchObject({
    outcome: 'rolled-back',
    status: 'InService',
    from: {model: 'churn/3', config: names[2]},
    to: {model: 'churn/2', config: names[1]},
    next: ['mlpipe models reject churn/3 -t prod'],
  })
  expect(endpoints.calls).toEqual(['tag churn', `update churn ${names[1]}`])
  expect(await rollbackModel(rollbackInput(), world)).toMatchObject({to: {model: 'churn/1'}})
  await expect(rollbackModel(rollbackInput(), world)).rejects.toMatchObject({
    code: 'nothing-to-roll-back-to',
    message: expect.stringContaining('there is nothing to go back to'),
  })
})

it('what was gone back from is no place to go back to from the next deploy', async () => {
  const {world} = await deployed(1, 2)
  await rollbackModel(rollbackInput(), world)
  await deployModel(deployInput({model: 'churn/3'}), world)
  expect(await rollbackModel(rollbackInput(), world)).toMatchObject({to: {model: 'churn/1'}})
})

it('a model that is deployed a second time goes back to the one between', async () => {
  const {world} = await deployed(1, 2, 1)
  expect(await rollbackModel(rollbackInput(), world)).toMatchObject({from: {model: 'churn/1'}, to: {model: 'churn/2'}})
})

it('a deploy that failed is passed over', async () => {
  const {world, endpoints} = await deployed(1, 2)
  const {config} = await deployModel(deployInput({model: 'churn/3', dryRun: true}), world)
  endpoints.broken.set(config, 'no')
  expect(await deployModel(deployInput({model: 'churn/3'}), world)).toMatchObject({outcome: 'failed'})
  expect(await rollbackModel(rollbackInput(), world)).toMatchObject({from: {model: 'churn/2'}, to: {model: 'churn/1'}})
})

it('a deploy that nobody waited for, and that failed, is passed over too', async () => {
  const {world, endpoints} = await deployed(1, 2)
  const {config} = await deployModel(deployInput({model: 'churn/3', dryRun: true}), world)
  endpoints.broken.set(config, 'no')
  await deployModel(deployInput({model: 'churn/3', wait: false}), world)
  await world.sleep(600_000)
  expect(await rollbackModel(rollbackInput(), world)).toMatchObject({from: {model: 'churn/2'}, to: {model: 'churn/1'}})
})

it('one that broke off between tag and update goes back where it was to go', async () => {
  const {world, endpoints} = await deployed(1, 2, 3)
  endpoints.refused.set('update', new MlpipeError({code: 'throttled', who: 'service', message: 'slow down'}))
  await expect(rollbackModel(rollbackInput(), world)).rejects.toThrow('endpoint churn is as it was: slow down')
  expect(await rollbackModel(rollbackInput(), world)).toMatchObject({from: {model: 'churn/3'}, to: {model: 'churn/2'}})
})

it('to a version: one that was there before, also one that was gone back from', async () => {
  const {world} = await deployed(1, 2, 3)
  expect(await rollbackModel(rollbackInput({to: 1}), world)).toMatchObject({to: {model: 'churn/1'}})
  expect(await rollbackModel(rollbackInput({to: 3}), world)).toMatchObject({
    from: {model: 'churn/1'},
    to: {model: 'churn/3'},
  })
  await expect(rollbackModel(rollbackInput({to: 4}), world)).rejects.toMatchObject({
    code: 'nothing-to-roll-back-to',
    message: 'endpoint "churn" has not served version 4 before, or its configuration is gone: it had churn/1, churn/2',
    nextSteps: ['mlpipe models deploy churn/4 --endpoint churn -t prod'],
  })
})

it('a configuration that was deleted meanwhile is passed over', async () => {
  const {world, endpoints, names} = await deployed(1, 2, 3)
  endpoints.configs.delete(names[1] ?? '')
  expect(await rollbackModel(rollbackInput(), world)).toMatchObject({to: {model: 'churn/1'}})
})

it('one that does not come up leaves what is there, and says why', async () => {
  const {world, endpoints, names} = await deployed(1, 2)
  endpoints.broken.set(names[0] ?? '', 'the artifact is gone')
  const result = await rollbackModel(rollbackInput(), world)
  expect(result).toMatchObject({outcome: 'failed', status: 'InService', failure: {reason: 'the artifact is gone'}})
  expect(result.next).toEqual([
    'aws logs tail /aws/sagemaker/Endpoints/churn --since 1h --region us-east-1',
    'mlpipe models list churn -t prod',
  ])
  expect(await endpoints.endpoint('churn')).toMatchObject({configName: names[1]})
})

it('settings go back with the model', async () => {
  const {world, endpoints} = await deployed(1)
  await deployModel(deployInput({model: 'churn/1', count: 4}), world)
  await deployModel(deployInput({model: 'churn/2', count: 4}), world)
  const {to} = await rollbackModel(rollbackInput({to: 1}), world)
  expect(endpoints.configs.get(to.config)?.variants[0]).toMatchObject({instanceCount: 4})
})

it('other settings of the same version are no earlier version, and are gone back to by its number', async () => {
  const {world, endpoints, names} = await deployed(1)
  const deploy = await deployModel(deployInput({model: 'churn/1', count: 4}), world)
  expect(deploy.next.at(-1)).toBe('mlpipe models rollback churn --to 1 -t prod  (back to the settings that it had)')
  await expect(rollbackModel(rollbackInput(), world)).rejects.toMatchObject({
    code: 'nothing-to-roll-back-to',
    message: `endpoint "churn" has no earlier version that may be deployed: ${names[0]} has the same version`,
    nextSteps: [
      'mlpipe models list churn -t prod',
      'mlpipe models rollback churn --to 1 -t prod  (back to the settings that it had)',
      'mlpipe models deploy churn/4 --endpoint churn -t prod',
    ],
  })
  const {to} = await rollbackModel(rollbackInput({to: 1}), world)
  expect(endpoints.configs.get(to.config)?.variants[0]).toMatchObject({instanceCount: 1})
})

const rejected = (version: number) =>
  modelPackage(version, {approval: 'Rejected', approvalDescription: 'it leaks patients'})

function judge(state: RegistryWorld['state'], ...packages: readonly ReturnType<typeof modelPackage>[]): void {
  const others = state.packages.filter(({version}) => !packages.some((one) => one.version === version))
  state.packages = [...others, ...packages]
}

it('a version that is not approved is passed over, and told', async () => {
  const {world, state} = await deployed(1, 2, 3, 4)
  judge(state, rejected(3), modelPackage(2, {approval: 'PendingManualApproval'}))
  expect(await rollbackModel(rollbackInput(), world)).toMatchObject({from: {model: 'churn/4'}, to: {model: 'churn/1'}})
  expect(world.events.filter(({kind}) => kind === 'note')).toEqual([
    {kind: 'note', message: 'passed over: churn/3 is Rejected (it leaks patients)'},
    {kind: 'note', message: 'passed over: churn/2 is not approved yet'},
  ])
})

it('where nothing earlier may be deployed, nothing is', async () => {
  const {world, endpoints, state} = await deployed(1, 2, 3)
  judge(state, rejected(1), rejected(2))
  state.packages = state.packages.filter(({version}) => version !== 2)
  await expect(rollbackModel(rollbackInput(), world)).rejects.toMatchObject({
    code: 'nothing-to-roll-back-to',
    message:
      'endpoint "churn" has no earlier version that may be deployed: churn/2 is no longer registered; ' +
      'churn/1 is Rejected (it leaks patients)',
    nextSteps: ['mlpipe models list churn -t prod', 'mlpipe models deploy churn/4 --endpoint churn -t prod'],
  })
  expect(endpoints.calls).toEqual([])
})

it('a version that is not approved is not gone back to by its number either', async () => {
  const {world, endpoints, state} = await deployed(1, 2)
  judge(state, rejected(1))
  await expect(rollbackModel(rollbackInput({to: 1}), world)).rejects.toMatchObject({
    code: 'model-not-approved',
    message: 'churn/1 is Rejected (it leaks patients), and so is not deployed',
    nextSteps: ['mlpipe models approve churn/1 -t prod'],
  })
  expect(endpoints.calls).toEqual([])
})

it('what was gone back from is proposed to be rejected, unless it is older, or still served', async () => {
  const {world} = await deployed(1, 2)
  await deployModel(deployInput({model: 'churn/2', count: 4}), world)
  expect((await rollbackModel(rollbackInput({to: 2}), world)).next).toEqual([])
  expect((await rollbackModel(rollbackInput({to: 1}), world)).next).toEqual(['mlpipe models reject churn/2 -t prod'])
  expect((await rollbackModel(rollbackInput({to: 2}), world)).next).toEqual([])
})

it.each([
  [2, 'serves version 2 at this moment; before, it had churn/1', 'mlpipe models show churn/2 -t prod'],
  [3, 'has not served version 3 before, or its configuration', 'mlpipe models show churn/3 -t prod'],
  [9, 'has not served version 9 before, or its configuration', 'mlpipe models list churn -t prod'],
])('to version %i, which it has not had before: %s', async (to, message, next) => {
  const {world, state} = await deployed(1, 2)
  judge(state, rejected(3))
  await expect(rollbackModel(rollbackInput({to}), world)).rejects.toMatchObject({
    code: 'nothing-to-roll-back-to',
    message: expect.stringContaining(message),
    nextSteps: [next],
  })
})

it('asks on AWS, names both, and a dry run does nothing', async () => {
  const {world, endpoints} = await deployed(1, 2)
  expect(await rollbackModel(rollbackInput({dryRun: true}), world)).toMatchObject({outcome: 'dry-run'})
  expect(endpoints.calls).toEqual([])
  const no = {...world, confirm: async () => false}
  expect(await rollbackModel(rollbackInput({yes: false}), no)).toMatchObject({outcome: 'kept'})
  expect(endpoints.calls).toEqual([])
})

it.each([
  ['no-such', 'unknown-endpoint', /known: churn/, 'mlpipe models list -t prod'],
  ['chrun', 'unknown-endpoint', /did you mean "churn"/, 'mlpipe models rollback churn -t prod'],
  ['theirs', 'not-ours', /was not made by mlpipe/, 'mlpipe models deploy --endpoint theirs --adopt -t prod'],
])('%s is refused', async (endpoint, code, message, next) => {
  const {world, endpoints} = await deployed(1, 2)
  endpoints.foreign('theirs', 'x')
  const refused = rollbackModel(rollbackInput({endpoint}), world)
  await expect(refused).rejects.toMatchObject({code, message: expect.stringMatching(message), nextSteps: [next]})
})

it('without a name, what is missing is told: the pipeline, a group, or the endpoint', async () => {
  const {world, state} = registryWorld([modelPackage(1)])
  await expect(rollbackModel(rollbackInput(), world)).rejects.toMatchObject({
    message: '"churn" is not an endpoint here: there is none',
    nextSteps: ['mlpipe models deploy -t prod'],
  })
  const bare = registryWorld([], [])
  await expect(rollbackModel(rollbackInput(), bare.world)).rejects.toThrow('registers into no model group')
  state.pipelineDefinition = undefined
  await expect(rollbackModel(rollbackInput(), world)).rejects.toThrow(/is not deployed/)
})

it('one that is being updated is refused, until that has ended', async () => {
  const {world} = await deployed(1, 2)
  await deployModel(deployInput({model: 'churn/3', wait: false}), world)
  await expect(rollbackModel(rollbackInput(), world)).rejects.toMatchObject({code: 'endpoint-busy'})
})

it('many deploys: as many are kept as the tag holds', async () => {
  const versions = Array.from({length: 30}, (_, index) => index + 1)
  const {world, endpoints} = registryWorld(versions.map((version) => modelPackage(version)))
  for (const version of versions) await deployModel(deployInput({model: `churn/${version}`}), world)
  const tag = endpoints.tagsOf.get(arnOf('endpoint', 'churn'))?.find(({key}) => key === 'mlpipe:configs')
  expect(tag?.value.length).toBeLessThanOrEqual(256)
  expect(tag?.value.split(' ').length).toBeGreaterThan(8)
  expect(await rollbackModel(rollbackInput({to: 2}), world)).toMatchObject({
    outcome: 'rolled-back',
    to: {model: 'churn/2'},
  })
})
