// The life of an endpoint: made, updated, rolled back, deleted, and taken on when its process is gone. Wording of what is refused: as
// seen from the service (issues of sagemaker-python-sdk and of Terraform's provider quote it).

import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListEndpointsCommand,
  UpdateEndpointCommand,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import {openDatabase} from '../../../src/engine/store/database.ts'
import {tempDir} from '../../support/temp-dir.ts'
import {ask, deployScript, makeConfig, makeModel, moveTo, runtimeOf, settled} from '../support/endpoints.ts'
import {type LocalCloud, localCloud, roleArn, until} from '../support/local-cloud.ts'

const saying = (word: string) =>
  `def model_fn(d): return "${word}"\ndef transform_fn(model, body, kind, accept): return model\n`
/** Loads once the file is there. */
const waitingFor = (path: string, word: string) =>
  `import os, time\ndef model_fn(d):\n    while not os.path.exists("${path}"): time.sleep(0.01)\n    return "${word}"\ndef transform_fn(model, body, kind, accept): return model\n`
const broken = 'def model_fn(d): raise ValueError("the weights are not there")\n'

const arn = (rest: string) => `arn:aws:sagemaker:us-east-1:000000000000:${rest}`
const describeEndpoint = (cloud: LocalCloud, EndpointName: string) =>
  cloud.sageMaker.send(new DescribeEndpointCommand({EndpointName}))

/** Endpoint `churn` answers "one"; configuration `two` is there for another. */
async function twoConfigs(cloud: LocalCloud, second: string): Promise<void> {
  await deployScript(cloud, 'churn', saying('one'))
  await makeModel(cloud, 'two', second)
  await makeConfig(cloud, 'two', [{ModelName: 'two'}])
}

describe('a new endpoint', () => {
  it('is being created while its model is loaded, and in service then', async () => {
    const cloud = localCloud()
    const gate = join(tempDir(), 'open')
    await makeModel(cloud, 'churn', waitingFor(gate, 'one'))
    await makeConfig(cloud, 'churn', [{ModelName: 'churn'}])
    const made = await cloud.sageMaker.send(
      new CreateEndpointCommand({EndpointName: 'churn', EndpointConfigName: 'churn'}),
    )
    expect(made.EndpointArn).toBe(arn('endpoint/churn'))
    const creating = await describeEndpoint(cloud, 'churn')
    expect(creating).toMatchObject({
      EndpointStatus: 'Creating',
      PendingDeploymentSummary: {EndpointConfigName: 'churn', ProductionVariants: [{VariantName: 'AllTraffic'}]},
    })
    const listed = async (StatusEquals: 'Creating' | 'InService') =>
      (await cloud.sageMaker.send(new ListEndpointsCommand({StatusEquals}))).Endpoints?.length
    expect(await listed('Creating')).toBe(1)

    writeFileSync(gate, '')
    const endpoint = await settled(cloud, 'churn')
    expect(endpoint).toMatchObject({
      EndpointStatus: 'InService',
      ProductionVariants: [
        {VariantName: 'AllTraffic', CurrentInstanceCount: 1, DesiredInstanceCount: 1, CurrentWeight: 1},
      ],
    })
    expect(endpoint.PendingDeploymentSummary).toBeUndefined()
    expect(await listed('InService')).toBe(1)
    expect(await listed('Creating')).toBe(0)
  })

  it.each([
    ['raises', broken, 'inference.py could not load the model: ValueError: the weights are not there'],
    ['is no Python', 'def :\n', 'inference.py could not load the model: SyntaxError'],
    ['has no model_fn', 'x = 1\n', 'inference.py has no model_fn(model_dir), which loads the model'],
    [
      'ends the process',
      'import os\ndef model_fn(d): os._exit(9)\n',
      'the process ended while it loaded the model. Exit code: 9.',
    ],
    ['hangs', 'import time\ndef model_fn(d): time.sleep(60)\n', 'the model was not loaded within 1 seconds'],
  ])('has failed, with the reason, when its script %s', async (_name, script, reason) => {
    const cloud = localCloud({servingLimits: reason.includes('within') ? {loadTimeoutMs: 1000} : {}})
    const endpoint = await deployScript(cloud, 'churn', script)
    expect(endpoint.EndpointStatus).toBe('Failed')
    expect(endpoint.FailureReason).toContain(
      'The primary container for production variant AllTraffic did not pass the ping health check. Please check CloudWatch logs for this endpoint.',
    )
    expect(endpoint.FailureReason).toContain(reason)
    // DescribeEndpoint: "DeleteEndpoint is the only operation that can be performed on a failed endpoint".
    const update = new UpdateEndpointCommand({EndpointName: 'churn', EndpointConfigName: 'churn'})
    await expect(cloud.sageMaker.send(update)).rejects.toMatchObject({name: 'ValidationException'})
    await cloud.sageMaker.send(new DeleteEndpointCommand({EndpointName: 'churn'}))
    await expect(describeEndpoint(cloud, 'churn')).rejects.toThrow(
      `Could not find endpoint "${arn('endpoint/churn')}".`,
    )
  })

  it('has failed when one of its variants has', async () => {
    const cloud = localCloud()
    await makeModel(cloud, 'good', saying('one'))
    await makeModel(cloud, 'bad', broken)
    await makeConfig(cloud, 'both', [
      {ModelName: 'good', VariantName: 'blue'},
      {ModelName: 'bad', VariantName: 'green'},
    ])
    await cloud.sageMaker.send(new CreateEndpointCommand({EndpointName: 'both', EndpointConfigName: 'both'}))
    expect(await settled(cloud, 'both')).toMatchObject({
      EndpointStatus: 'Failed',
      FailureReason: expect.stringContaining('production variant green'),
    })
  })
})

describe('an update', () => {
  it('answers as before until the new model is loaded', async () => {
    const cloud = localCloud()
    cloud.engine.serveEndpoints()
    const gate = join(tempDir(), 'open')
    await twoConfigs(cloud, waitingFor(gate, 'two'))
    const runtime = runtimeOf(cloud)
    await cloud.sageMaker.send(new UpdateEndpointCommand({EndpointName: 'churn', EndpointConfigName: 'two'}))
    const updating = await describeEndpoint(cloud, 'churn')
    expect(updating).toMatchObject({
      EndpointStatus: 'Updating',
      EndpointConfigName: 'churn',
      PendingDeploymentSummary: {EndpointConfigName: 'two'},
    })
    expect(await ask(runtime, 'churn')).toBe('one')
    writeFileSync(gate, '')
    expect(await settled(cloud, 'churn')).toMatchObject({EndpointStatus: 'InService', EndpointConfigName: 'two'})
    expect(await ask(runtime, 'churn')).toBe('two')
  })

  it('that fails leaves the former configuration in service, and says why', async () => {
    const cloud = localCloud()
    await twoConfigs(cloud, broken)
    const after = await moveTo(cloud, 'churn', 'two')
    expect(after).toMatchObject({
      EndpointStatus: 'InService',
      EndpointConfigName: 'churn',
      FailureReason: expect.stringContaining('ValueError: the weights are not there'),
    })
    expect(after.PendingDeploymentSummary).toBeUndefined()
    expect(await ask(runtimeOf(cloud), 'churn')).toBe('one')
    await makeModel(cloud, 'three', saying('three'))
    await makeConfig(cloud, 'three', [{ModelName: 'three'}])
    expect((await moveTo(cloud, 'churn', 'three')).FailureReason).toBeUndefined()
  })

  it('under traffic fails no request', async () => {
    const cloud = localCloud()
    cloud.engine.serveEndpoints()
    await twoConfigs(cloud, saying('two'))
    const runtime = runtimeOf(cloud)
    const answers: string[] = []
    let isOver = false
    const client = async () => {
      while (!isOver) answers.push(await ask(runtime, 'churn'))
    }
    const clients = [client(), client(), client()]
    await until(() => answers.length > 10)
    await moveTo(cloud, 'churn', 'two')
    const before = answers.length
    await until(() => answers.length > before + 10)
    isOver = true
    await Promise.all(clients)
    expect(new Set(answers)).toEqual(new Set(['one', 'two']))
    expect(answers.lastIndexOf('one')).toBeLessThan(answers.length - 1)
    expect(answers.at(-1)).toBe('two')
  })

  it('keeps the weights of the variants when it is asked to, and takes those of the configuration when not', async () => {
    const cloud = localCloud()
    await twoConfigs(cloud, saying('two'))
    await makeConfig(cloud, 'heavy', [{ModelName: 'two', InitialVariantWeight: 5, InitialInstanceCount: 4}])
    await cloud.sageMaker.send(
      new UpdateEndpointWeightsAndCapacitiesCommand({
        EndpointName: 'churn',
        DesiredWeightsAndCapacities: [{VariantName: 'AllTraffic', DesiredWeight: 2, DesiredInstanceCount: 3}],
      }),
    )
    const now = async () => (await settled(cloud, 'churn')).ProductionVariants?.[0]
    expect(await now()).toMatchObject({CurrentWeight: 2, CurrentInstanceCount: 3})
    const names = {EndpointName: 'churn', EndpointConfigName: 'heavy'}
    await cloud.sageMaker.send(
      new UpdateEndpointCommand({
        ...names,
        RetainAllVariantProperties: true,
        ExcludeRetainedVariantProperties: [{VariantPropertyType: 'DesiredInstanceCount'}],
      }),
    )
    expect(await now()).toMatchObject({CurrentWeight: 2, CurrentInstanceCount: 4})
    await cloud.sageMaker.send(new UpdateEndpointCommand(names))
    expect(await now()).toMatchObject({CurrentWeight: 5, CurrentInstanceCount: 4})
  })
})

describe('a serverless variant', () => {
  it('takes another concurrency, as far as it fits together', async () => {
    const cloud = localCloud()
    await makeModel(cloud, 'churn', saying('one'))
    const ServerlessConfig = {MemorySizeInMB: 2048, MaxConcurrency: 10, ProvisionedConcurrency: 2}
    const ProductionVariants = [{VariantName: 'v', ModelName: 'churn', ServerlessConfig}]
    await cloud.sageMaker.send(new CreateEndpointConfigCommand({EndpointConfigName: 'churn', ProductionVariants}))
    await cloud.sageMaker.send(new CreateEndpointCommand({EndpointName: 'churn', EndpointConfigName: 'churn'}))
    const now = async () => (await settled(cloud, 'churn')).ProductionVariants?.[0]
    expect(await now()).toMatchObject({CurrentServerlessConfig: ServerlessConfig})
    const change = (ServerlessUpdateConfig: object) =>
      cloud.sageMaker.send(
        new UpdateEndpointWeightsAndCapacitiesCommand({
          EndpointName: 'churn',
          DesiredWeightsAndCapacities: [{VariantName: 'v', ServerlessUpdateConfig}],
        }),
      )
    await change({MaxConcurrency: 5})
    const changed = {...ServerlessConfig, MaxConcurrency: 5}
    expect(await now()).toMatchObject({CurrentServerlessConfig: changed, DesiredServerlessConfig: changed})
    await expect(change({ProvisionedConcurrency: 6})).rejects.toThrow(
      'The variant "v" must have a ProvisionedConcurrency of at most its MaxConcurrency of 5, not 6.',
    )
    await expect(change({MaxConcurrency: 201})).rejects.toThrow('Member must have value less than or equal to 200')
    expect(await now()).toMatchObject({CurrentServerlessConfig: changed})
  })
})

// API Reference, ProductionVariant, InitialVariantWeight: its default is 1.
it('shows the weight of a variant, also where none was given', async () => {
  const cloud = localCloud()
  await makeModel(cloud, 'churn', saying('one'))
  await makeConfig(cloud, 'churn', [
    {ModelName: 'churn', VariantName: 'a'},
    {ModelName: 'churn', VariantName: 'b', InitialVariantWeight: 0},
  ])
  const command = new DescribeEndpointConfigCommand({EndpointConfigName: 'churn'})
  const {ProductionVariants} = await cloud.sageMaker.send(command)
  expect(ProductionVariants?.map(({InitialVariantWeight}) => InitialVariantWeight)).toEqual([1, 0])
})

describe('deleting', () => {
  it('under traffic ends in the service’s own error, and in no other', async () => {
    const cloud = localCloud()
    cloud.engine.serveEndpoints()
    await deployScript(cloud, 'churn', saying('one'))
    const runtime = runtimeOf(cloud)
    const heard: string[] = []
    const client = async () => {
      while (!heard.some((word) => word !== 'one')) {
        heard.push(await ask(runtime, 'churn').catch((error: Error) => error.message))
      }
    }
    const clients = [client(), client(), client()]
    await until(() => heard.length > 10)
    await cloud.sageMaker.send(new DeleteEndpointCommand({EndpointName: 'churn'}))
    await Promise.all(clients)
    expect(new Set(heard)).toEqual(new Set(['one', 'Endpoint churn of account 000000000000 not found.']))
  })

  it('takes the files along, after the time that a request may take', async () => {
    let now = 1_700_000_000_000
    const cloud = localCloud({now: () => now})
    await deployScript(cloud, 'churn', saying('one'))
    await cloud.sageMaker.send(new DeleteEndpointCommand({EndpointName: 'churn'}))
    const db = openDatabase(cloud.stateDirectory)
    const [deployment] = db.all<{id: string; state: string}>('SELECT id, state FROM deployments')
    const directory = join(cloud.stateDirectory, 'endpoints', deployment?.id ?? 'none')
    expect([deployment?.state, existsSync(directory)]).toEqual(['retired', true])
    now += 121_000
    cloud.engine.serveEndpoints()
    expect(existsSync(directory)).toBe(false)
    expect(db.all('SELECT id FROM deployments')).toEqual([])
    db.close()
  })

  it('a model and a configuration leaves the endpoint as it is', async () => {
    const cloud = localCloud()
    await deployScript(cloud, 'churn', saying('one'))
    await cloud.sageMaker.send(new DeleteModelCommand({ModelName: 'churn'}))
    await cloud.sageMaker.send(new DeleteEndpointConfigCommand({EndpointConfigName: 'churn'}))
    expect(await ask(runtimeOf(cloud), 'churn')).toBe('one')
    await expect(cloud.sageMaker.send(new DescribeModelCommand({ModelName: 'churn'}))).rejects.toThrow(
      `Could not find model "${arn('model/churn')}".`,
    )
  })
})

describe('two processes', () => {
  it('one that serves follows what another deploys, updates and deletes', async () => {
    const other = localCloud()
    const {stateDirectory} = other
    const server = localCloud({stateDirectory})
    server.engine.serveEndpoints()
    const runtime = runtimeOf(server)
    await twoConfigs(other, saying('two'))
    expect(await ask(runtime, 'churn')).toBe('one')
    await moveTo(other, 'churn', 'two')
    expect(await ask(runtime, 'churn')).toBe('two')
    await other.sageMaker.send(new DeleteEndpointCommand({EndpointName: 'churn'}))
    await expect(ask(runtime, 'churn')).rejects.toThrow('not found')
  })

  it.each(['serves', 'describes'])('what one left in the middle is taken on by the next that %s', async (verb) => {
    const first = localCloud()
    const {stateDirectory} = first
    await makeModel(first, 'churn', saying('one'))
    await makeConfig(first, 'churn', [{ModelName: 'churn'}])
    await first.sageMaker.send(new CreateEndpointCommand({EndpointName: 'churn', EndpointConfigName: 'churn'}))
    first.engine.kill()

    const next = localCloud({stateDirectory})
    if (verb === 'describes') {
      expect(await settled(next, 'churn')).toMatchObject({EndpointStatus: 'InService'})
      return
    }
    next.engine.serveEndpoints()
    await until(async () => {
      const {Endpoints} = await next.sageMaker.send(new ListEndpointsCommand({StatusEquals: 'InService'}))
      return Endpoints?.length === 1
    })
    expect(await ask(runtimeOf(next), 'churn')).toBe('one')
  })
})

describe('what is refused', () => {
  const container = {PrimaryContainer: {Image: 'image'}, ExecutionRoleArn: roleArn}
  const variant = {VariantName: 'a', ModelName: 'churn', InstanceType: 'ml.m5.large', InitialInstanceCount: 1} as const
  const serverless = (members: object) => ({
    VariantName: 'a',
    ModelName: 'churn',
    ServerlessConfig: {MemorySizeInMB: 2048, MaxConcurrency: 10, ...members},
  })
  const config = (variants: readonly object[], more: object = {}) =>
    new CreateEndpointConfigCommand({
      EndpointConfigName: 'other',
      ProductionVariants: variants as (typeof variant)[],
      ...more,
    })

  it.each([
    [
      'a model whose name is taken',
      new CreateModelCommand({ModelName: 'churn', ...container}),
      `Cannot create already existing model "${arn('model/churn')}".`,
    ],
    [
      'a model without a container',
      new CreateModelCommand({ModelName: 'x'}),
      'You must specify either PrimaryContainer or Containers, and not both.',
    ],
    [
      'a model of an empty list of containers',
      new CreateModelCommand({ModelName: 'x', Containers: []}),
      'You must specify either PrimaryContainer or Containers, and not both.',
    ],
    [
      'a container of nothing',
      new CreateModelCommand({ModelName: 'x', PrimaryContainer: {Environment: {A: '1'}}}),
      'A container of a model needs an Image or a ModelPackageName.',
    ],
    [
      'a variable that begins with a digit',
      new CreateModelCommand({ModelName: 'x', PrimaryContainer: {Image: 'i', Environment: {'1A': '1'}}}),
      expect.stringContaining("at 'primaryContainer.environment' failed to satisfy constraint: Map keys must satisfy"),
    ],
    [
      'a variable of more than 1024 characters',
      new CreateModelCommand({ModelName: 'x', Containers: [{Image: 'i', Environment: {A: 'v'.repeat(1025)}}]}),
      expect.stringContaining("at 'containers.1.member.environment' failed to satisfy constraint: Map value must"),
    ],
    [
      'a model whose data are not there',
      new CreateModelCommand({
        ModelName: 'x',
        PrimaryContainer: {Image: 'i', ModelDataUrl: 's3://nowhere/model.tar.gz'},
      }),
      'Could not find model data at s3://nowhere/model.tar.gz.',
    ],
    [
      'a model that is not there',
      new DeleteModelCommand({ModelName: 'gone'}),
      `Could not find model "${arn('model/gone')}".`,
    ],
    [
      'a configuration whose name is taken',
      new CreateEndpointConfigCommand({EndpointConfigName: 'churn', ProductionVariants: [variant]}),
      `Cannot create already existing endpoint configuration "${arn('endpoint-config/churn')}".`,
    ],
    [
      'a configuration of a model that is not there',
      config([{...variant, ModelName: 'gone'}]),
      `Could not find model "${arn('model/gone')}".`,
    ],
    [
      'two variants of one name',
      config([variant, variant]),
      'Variant names must be unique in an endpoint configuration; "a" is there twice.',
    ],
    [
      'a variant on no machine',
      config([{VariantName: 'a', ModelName: 'churn'}]),
      'The variant "a" needs an InstanceType or a ServerlessConfig.',
    ],
    [
      'instances and a serverless configuration in one variant',
      config([{...variant, ServerlessConfig: {MemorySizeInMB: 1024, MaxConcurrency: 1}}]),
      'The variant "a" must have a ServerlessConfig or instances, not both.',
    ],
    [
      'an instance type without a count',
      config([{VariantName: 'a', ModelName: 'churn', InstanceType: 'ml.m5.large'}]),
      'The variant "a" needs an InitialInstanceCount for its InstanceType.',
    ],
    [
      'a variant of no model, and no role for those to come',
      config([{VariantName: 'a', InstanceType: 'ml.m5.large', InitialInstanceCount: 1}]),
      'The variant "a" needs a ModelName, or its endpoint configuration an ExecutionRoleArn.',
    ],
    [
      'a memory between two sizes',
      config([serverless({MemorySizeInMB: 1500})]),
      'The variant "a" must have a MemorySizeInMB of 1024, 2048, 3072, 4096, 5120 or 6144, not 1500.',
    ],
    [
      'more provisioned concurrency than there may be',
      config([serverless({ProvisionedConcurrency: 11})]),
      'The variant "a" must have a ProvisionedConcurrency of at most its MaxConcurrency of 10, not 11.',
    ],
    [
      'a serverless variant among others',
      config([{...variant, VariantName: 'b'}, serverless({})]),
      'The serverless variant "a" must be the only variant of its endpoint configuration.',
    ],
    [
      'a shadow variant of several production variants',
      config([variant, {...variant, VariantName: 'b'}], {ShadowProductionVariants: [{...variant, VariantName: 'c'}]}),
      'With shadow variants there can be one production variant and one shadow variant, not 2 and 1.',
    ],
    [
      'an instance type that does not exist',
      config([{...variant, InstanceType: 'ml.m5.huge'}]),
      expect.stringMatching(
        /^1 validation error detected: Value 'ml\.m5\.huge' at 'productionVariants\.1\.member\.instanceType' failed to satisfy constraint: Member must satisfy enum value set: \[.*ml\.m5\.large/,
      ),
    ],
    [
      'a concurrency for a variant that has instances',
      new UpdateEndpointWeightsAndCapacitiesCommand({
        EndpointName: 'churn',
        DesiredWeightsAndCapacities: [{VariantName: 'AllTraffic', ServerlessUpdateConfig: {MaxConcurrency: 2}}],
      }),
      'The variant "AllTraffic" has instances, so it takes no ServerlessUpdateConfig.',
    ],
    [
      'a weight below nothing',
      config([{...variant, InitialVariantWeight: -1}]),
      "1 validation error detected: Value '-1' at 'productionVariants.1.member.initialVariantWeight' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
    [
      'a configuration that is not there',
      new DeleteEndpointConfigCommand({EndpointConfigName: 'gone'}),
      `Could not find endpoint configuration "${arn('endpoint-config/gone')}".`,
    ],
    [
      'an endpoint whose name is taken',
      new CreateEndpointCommand({EndpointName: 'churn', EndpointConfigName: 'churn'}),
      `Cannot create already existing endpoint "${arn('endpoint/churn')}".`,
    ],
    [
      'an endpoint of a configuration that is not there',
      new CreateEndpointCommand({EndpointName: 'x', EndpointConfigName: 'gone'}),
      `Could not find endpoint configuration "${arn('endpoint-config/gone')}".`,
    ],
    [
      'an update of an endpoint that is not there',
      new UpdateEndpointCommand({EndpointName: 'gone', EndpointConfigName: 'churn'}),
      `Could not find endpoint "${arn('endpoint/gone')}".`,
    ],
    [
      'an endpoint that is not there',
      new DeleteEndpointCommand({EndpointName: 'gone'}),
      `Could not find endpoint "${arn('endpoint/gone')}".`,
    ],
    [
      'a weight for a variant that is not there',
      new UpdateEndpointWeightsAndCapacitiesCommand({
        EndpointName: 'churn',
        DesiredWeightsAndCapacities: [{VariantName: 'x', DesiredWeight: 1}],
      }),
      `Could not find variant "x" of endpoint "${arn('endpoint/churn')}".`,
    ],
  ])('%s', async (_name, command, message) => {
    const cloud = localCloud()
    await deployScript(cloud, 'churn', undefined)
    await expect(cloud.sageMaker.send(command as DeleteModelCommand)).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    })
  })

  it('anything that is done to an endpoint while something is being done to it', async () => {
    const cloud = localCloud()
    const gate = join(tempDir(), 'open')
    await makeModel(cloud, 'churn', waitingFor(gate, 'one'))
    await makeConfig(cloud, 'churn', [{ModelName: 'churn'}])
    const names = {EndpointName: 'churn', EndpointConfigName: 'churn'}
    await cloud.sageMaker.send(new CreateEndpointCommand(names))
    const refusal = {
      name: 'ValidationException',
      message: `Cannot update in-progress endpoint "${arn('endpoint/churn')}".`,
    }
    await expect(cloud.sageMaker.send(new DeleteEndpointCommand(names))).rejects.toMatchObject(refusal)
    await expect(cloud.sageMaker.send(new UpdateEndpointCommand(names))).rejects.toMatchObject(refusal)
    writeFileSync(gate, '')
    await settled(cloud, 'churn')
  })
})
