// Models, endpoint configurations and endpoints over the wire, against moto, which nobody of us wrote. It has no UpdateEndpoint,
// and lists models whatever their name contains.

import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest'
import {wantedServing} from '../../src/actions/models/serving/wanted-serving.ts'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import type {Cloud} from '../../src/cloud/ports.ts'
import {hasMoto, type MotoServer, motoAccount, startMoto} from '../support/moto-server.ts'

const arn = `arn:aws:sagemaker:us-east-1:${motoAccount}:model-package/churn/3`
const role = `arn:aws:iam::${motoAccount}:role/serving`
const tags = [{key: 'mlpipe:endpoint', value: 'churn'}]
const Tags = tags.map(({key, value}) => ({Key: key, Value: value}))

describe.skipIf(!hasMoto())('an account of moto', () => {
  let moto: MotoServer
  let endpoints: Cloud['endpoints']

  beforeAll(async () => {
    moto = await startMoto()
    for (const [name, value] of Object.entries(moto.env)) vi.stubEnv(name, value)
    endpoints = (await connectCloud({region: 'us-east-1', hasOwnEndpoint: true, version: '0'})).endpoints
  })

  afterAll(async () => {
    vi.unstubAllEnvs()
    await moto?.stop()
  })

  const capacity = {kind: 'instance', type: 'ml.m5.large', count: 2} as const
  const wanted = wantedServing('churn', {arn, version: 3}, {capacity, environment: {LEVEL: 'debug'}, role})

  it('a model is made, read, listed by its name, and is there already the second time', async () => {
    expect(await endpoints.model(wanted.name)).toBeUndefined()
    expect(await endpoints.createModel({...wanted.model, Tags})).toBe(true)
    const model = await endpoints.model(wanted.name)
    expect(model).toMatchObject({
      name: wanted.name,
      roleArn: role,
      containers: [{modelPackageName: arn, environment: {LEVEL: 'debug'}}],
    })
    expect(await endpoints.tags(model?.arn ?? '')).toEqual(tags)
    expect(await endpoints.modelsNamed('churn-v')).toEqual([wanted.name])
  })

  it('a configuration, with instances or without', async () => {
    expect(await endpoints.config(wanted.name)).toBeUndefined()
    expect(await endpoints.createConfig({...wanted.config, Tags})).toBe(true)
    const config = await endpoints.config(wanted.name)
    expect(config?.variants).toEqual([
      {name: 'AllTraffic', modelName: wanted.name, instanceType: 'ml.m5.large', instanceCount: 2},
    ])
    expect(config?.createdAtMs).toBeGreaterThan(Date.UTC(2020, 0, 1))
    expect(await endpoints.configsNamed('churn-v')).toEqual([wanted.name])

    const small = {kind: 'serverless', memoryMb: 2048, maxConcurrency: 5} as const
    const serverless = wantedServing('churn', {arn, version: 3}, {capacity: small, environment: {}, role})
    await endpoints.createModel({...serverless.model, Tags})
    await endpoints.createConfig({...serverless.config, Tags})
    expect((await endpoints.config(serverless.name))?.variants[0]?.serverless).toEqual({
      memoryMb: 2048,
      maxConcurrency: 5,
    })
    await endpoints.removeConfig(serverless.name)
    await endpoints.removeModel(serverless.name)
  })

  it('an endpoint is made with its tags, read, tagged once more, and listed', async () => {
    expect(await endpoints.endpoint('churn')).toBeUndefined()
    await endpoints.create('churn', wanted.name, tags)
    const endpoint = await endpoints.endpoint('churn')
    expect(endpoint).toMatchObject({name: 'churn', configName: wanted.name})
    await endpoints.tag(endpoint?.arn ?? '', [{key: 'mlpipe:configs', value: `${wanted.name} churn-v1-00000000`}])
    expect(await endpoints.tags(endpoint?.arn ?? '')).toEqual([
      ...tags,
      {key: 'mlpipe:configs', value: `${wanted.name} churn-v1-00000000`},
    ])
    expect(await endpoints.endpointsNamed('hur', 10)).toEqual(['churn'])
    expect(await endpoints.endpointsNamed('', 10)).toEqual(['churn'])
  })

  it('all of them go, also when they are gone already', async () => {
    for (const _ of ['the first time', 'again']) {
      await endpoints.removeEndpoint('churn')
      await endpoints.removeConfig(wanted.name)
      await endpoints.removeModel(wanted.name)
    }
    expect(await endpoints.endpoint('churn')).toBeUndefined()
    expect(await endpoints.config(wanted.name)).toBeUndefined()
    expect(await endpoints.model(wanted.name)).toBeUndefined()
  })
})
