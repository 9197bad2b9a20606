// Endpoints that cost money go, with what was made for them, and nothing else.

import {expect, it} from 'vitest'
import {deployModel} from '../../../src/actions/models/serving/deploy-model.ts'
import {undeployModel} from '../../../src/actions/models/serving/undeploy-model.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'
import {deployInput, modelPackage, registryWorld} from './registry-world.ts'

const undeployInput = (more: object = {}) => ({endpoint: 'churn', dryRun: false, yes: true, target: 'prod', ...more})

async function deployedTwice() {
  const made = registryWorld([modelPackage(1), modelPackage(2)])
  const first = (await deployModel(deployInput({model: 'churn/1'}), made.world)).config
  const second = (await deployModel(deployInput({model: 'churn/2'}), made.world)).config
  const {config: other} = await deployModel(deployInput({model: 'churn/2', endpoint: 'churn-v1'}), made.world)
  made.endpoints.calls.length = 0
  return {...made, own: [first, second].sort(), other}
}

it('the endpoint goes first, then its configurations, then its models; those of another endpoint stay', async () => {
  const {world, endpoints, own, other} = await deployedTwice()
  const result = await undeployModel(undeployInput(), world)
  expect(result).toMatchObject({outcome: 'undeployed', serves: {model: 'churn/2'}})
  expect([...result.configs].sort()).toEqual(own)
  expect(endpoints.calls[0]).toBe('removeEndpoint churn')
  expect(endpoints.calls.slice(1).map((call) => call.split(' ')[0])).toEqual([
    ...['removeConfig', 'removeConfig', 'removeModel', 'removeModel'],
  ])
  expect([...endpoints.configs.keys()]).toEqual([other])
  expect(await endpoints.endpoint('churn-v1')).toMatchObject({status: 'InService'})
  await expect(undeployModel(undeployInput(), world)).rejects.toMatchObject({
    code: 'unknown-endpoint',
    message: '"churn" is not an endpoint here: known: churn-v1',
    nextSteps: ['mlpipe models list -t prod'],
  })
})

it('what only has a fitting name, and not the tag, stays', async () => {
  const {world, endpoints} = await deployedTwice()
  const lookalike = 'churn-v9-00000000'
  await endpoints.createConfig({EndpointConfigName: lookalike, ProductionVariants: [{}], Tags: []})
  const {configs} = await undeployModel(undeployInput(), world)
  expect(configs).not.toContain(lookalike)
  expect(endpoints.configs.has(lookalike)).toBe(true)
})

it('asks, and a dry run only tells', async () => {
  const {world, endpoints} = await deployedTwice()
  expect(await undeployModel(undeployInput({dryRun: true}), world)).toMatchObject({outcome: 'dry-run'})
  const no = {...world, confirm: async () => false}
  expect(await undeployModel(undeployInput({yes: false}), no)).toMatchObject({outcome: 'kept'})
  expect(endpoints.calls).toEqual([])
})

it('goes on from where it broke off', async () => {
  const {world, endpoints} = await deployedTwice()
  endpoints.refused.set('removeModel', new MlpipeError({code: 'throttled', who: 'service', message: 'slow down'}))
  const broken = undeployModel(undeployInput(), world)
  await expect(broken).rejects.toThrow(
    /^the rest stays \(endpoint churn, endpoint configuration .* are deleted\): slow down/,
  )
  const rest = await undeployModel(undeployInput(), world)
  expect(rest).toMatchObject({outcome: 'undeployed', configs: [], models: [expect.any(String), expect.any(String)]})
  expect(rest.endpointArn).toBeUndefined()
})

it('an endpoint of somebody else is left alone', async () => {
  const {world, endpoints} = await deployedTwice()
  endpoints.foreign('theirs', 'x')
  await expect(undeployModel(undeployInput({endpoint: 'theirs'}), world)).rejects.toMatchObject({
    code: 'not-ours',
    nextSteps: ['aws sagemaker delete-endpoint --endpoint-name theirs --region us-east-1'],
  })
  expect(endpoints.calls).toEqual([])
})

it('a deletion that takes long is told as such, and Ctrl-C ends the waiting', async () => {
  const {world} = await deployedTwice()
  world.abort()
  const result = await undeployModel(undeployInput(), world)
  expect(result).toMatchObject({outcome: 'is-deleting', next: ['mlpipe models undeploy churn -t prod  (the rest)']})
})
