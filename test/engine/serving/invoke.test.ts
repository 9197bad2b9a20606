// Endpoints that really answer: the model's own script, asked through the SDK's runtime client.

import {
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {CreateEndpointCommand, CreateEndpointConfigCommand, ListTagsCommand} from '@aws-sdk/client-sagemaker'
import {InvokeEndpointCommand, InvokeEndpointWithResponseStreamCommand} from '@aws-sdk/client-sagemaker-runtime'
import {describe, expect, it} from 'vitest'
import {ask, deployScript, makeConfig, makeModel, runtimeOf, settled} from '../support/endpoints.ts'
import {type CloudOptions, type LocalCloud, localCloud, roleArn, until} from '../support/local-cloud.ts'

const adding = `
import os
def model_fn(model_dir):
    print("loading the model")
    return float(open(os.path.join(model_dir, "weight")).read())
def predict_fn(data, model):
    print("asked for", data)
    return [row + model for row in data]
`

/** An engine that keeps models loaded. */
function servingCloud(options: CloudOptions = {}): LocalCloud {
  const cloud = localCloud(options)
  cloud.engine.serveEndpoints()
  return cloud
}

it('answers with the script of the model, which is loaded once, and keeps what it prints', async () => {
  const cloud = servingCloud()
  const endpoint = await deployScript(cloud, 'churn', adding)
  expect(endpoint).toMatchObject({EndpointStatus: 'InService', EndpointConfigName: 'churn'})
  expect(endpoint.FailureReason).toBeUndefined()

  const runtime = runtimeOf(cloud)
  const command = {EndpointName: 'churn', Body: '[1, 2]', ContentType: 'application/json'}
  const answer = await runtime.send(new InvokeEndpointCommand(command))
  expect(Buffer.from(answer.Body).toString()).toBe('[2.0, 3.0]')
  expect(answer).toMatchObject({ContentType: 'application/json', InvokedProductionVariant: 'AllTraffic'})
  expect(await ask(runtime, 'churn', {body: '[5]'})).toBe('[6.0]')

  const logGroupName = '/aws/sagemaker/Endpoints/churn'
  const printed = async () => {
    const {events} = await cloud.logs.send(new FilterLogEventsCommand({logGroupName}))
    return events?.map(({message}) => message).filter((line) => !line?.startsWith('mlpipe:'))
  }
  await until(async () => (await printed())?.length === 3)
  expect(await printed()).toEqual(['loading the model', 'asked for [1, 2]', 'asked for [5]'])
  const {logStreams} = await cloud.logs.send(new DescribeLogStreamsCommand({logGroupName}))
  expect(logStreams).toMatchObject([{logStreamName: expect.stringMatching(/^AllTraffic\//)}])
  const {logGroups} = await cloud.logs.send(new DescribeLogGroupsCommand({logGroupNamePrefix: '/aws/sagemaker/End'}))
  expect(logGroups).toMatchObject([{logGroupName}])
})

it('is asked in an engine that does not serve, too', async () => {
  const cloud = localCloud()
  await deployScript(cloud, 'churn', adding)
  expect(await ask(runtimeOf(cloud), 'churn')).toBe('[2.0]')
})

const loaded = 'def model_fn(d): return None\n'

// The contract of aws/sagemaker-inference-toolkit, as transform jobs have it.
it('takes bytes, types and headers to the script and back', async () => {
  const cloud = servingCloud()
  const script = `${loaded}
def input_fn(body, kind): return body, kind
def predict_fn(data, model): return data
def output_fn(value, accept, context):
    context.set_response_header(0, "X-Amzn-SageMaker-Custom-Attributes", "seen=" + str(context.get_request_header(0, "X-Amzn-SageMaker-Custom-Attributes")))
    return value[0][::-1], value[1] + ";" + accept
`
  await deployScript(cloud, 'echo', script)
  const bytes = Buffer.from(Array.from({length: 256}, (_, value) => value))
  const answer = await runtimeOf(cloud).send(
    new InvokeEndpointCommand({
      ...{EndpointName: 'echo', Body: bytes, ContentType: 'image/png', Accept: 'image/jpeg'},
      CustomAttributes: 'trace-7',
    }),
  )
  expect(Buffer.from(answer.Body)).toEqual(Buffer.from([...bytes].reverse()))
  expect(answer).toMatchObject({ContentType: 'image/png;image/jpeg', CustomAttributes: 'seen=trace-7'})
})

it('answers in the type that is asked for, with what stands in for the functions of the script', async () => {
  const cloud = servingCloud()
  await deployScript(cloud, 'sums', `${loaded}def predict_fn(data, model): return [sum(row) for row in data]\n`)
  const runtime = runtimeOf(cloud)
  const rows = {body: '1,2\n3,4\n', type: 'text/csv'}
  expect(await ask(runtime, 'sums', rows)).toBe('[3.0, 7.0]')
  expect(await ask(runtime, 'sums', {...rows, accept: 'text/csv'})).toBe('3.0\n7.0\n')
})

it('passes on an answer of many megabytes, and none that has more than AWS passes on', async () => {
  const cloud = servingCloud({servingLimits: {mostBytes: 20_000_000}})
  const script = `${loaded}def transform_fn(model, body, kind, accept): return b"x" * int(body)\n`
  await deployScript(cloud, 'long', script)
  const runtime = runtimeOf(cloud)
  expect(await ask(runtime, 'long', {body: '20000000'})).toHaveLength(20_000_000)
  await expect(ask(runtime, 'long', {body: '20000001'})).rejects.toMatchObject({
    name: 'ModelError',
    message: expect.stringContaining(
      'Received server error (500) from primary and could not load the entire response body.',
    ),
  })
  await expect(ask(runtime, 'long', {body: Buffer.alloc(20_000_001)})).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining('Member must have length less than or equal to 20000000'),
  })
  expect(await ask(runtime, 'long', {body: '3'})).toBe('xxx')
})

describe('a script that goes wrong', () => {
  const moody = `${loaded}
import os, sys, time
def input_fn(body, kind): return body
def predict_fn(data, model):
    if data == b"raise": raise ValueError("no such patient")
    if data == b"exit": sys.exit(3)
    if data == b"die": os.kill(os.getpid(), 9)
    if data == b"hang": time.sleep(60)
    if data == b"nothing": return None
    return data
def output_fn(value, accept): return value
`
  const asked = (body: string) => ({body, type: 'application/octet-stream'})
  const logGroup = 'the log group /aws/sagemaker/Endpoints/moody in account 000000000000'

  it.each([
    ['that raises', 'raise', 500, 'ValueError: no such patient'],
    ['that ends its process', 'exit', 500, 'Worker died. Exit code: 3.'],
    ['that is killed', 'die', 500, 'Worker died. The process was killed by SIGKILL (out of memory?).'],
    ['whose answer is none', 'nothing', 500, 'the script answered with a NoneType; it must be text or bytes'],
    [
      'that hangs',
      'hang',
      0,
      'Your invocation timed out while waiting for a response from container primary. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.',
    ],
  ])('%s says so as the model’s error, and the next request is answered', async (_name, body, status, said) => {
    const cloud = servingCloud({servingLimits: {invocationTimeoutMs: 3000}})
    await deployScript(cloud, 'moody', moody)
    const runtime = runtimeOf(cloud)
    const [failed, next] = await Promise.allSettled([
      ask(runtime, 'moody', asked(body)),
      body === 'hang' ? undefined : ask(runtime, 'moody', asked('well')),
    ])
    expect(failed.status === 'rejected' ? failed.reason : failed).toMatchObject({
      name: 'ModelError',
      message: expect.stringContaining(`Received server error (${status}) from primary with message "${said}`),
      OriginalStatusCode: status,
      OriginalMessage: expect.stringContaining(said),
      LogStreamArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/sagemaker/Endpoints/moody',
      $metadata: {httpStatusCode: 424},
    })
    expect(failed.status === 'rejected' ? failed.reason.message : '').toContain(logGroup)
    if (body !== 'hang') expect(next).toEqual({status: 'fulfilled', value: 'well'})
    expect(await ask(runtime, 'moody', asked('well again'))).toBe('well again')
  })

  it('refuses a type that it does not take as the client’s error', async () => {
    const cloud = servingCloud()
    await deployScript(cloud, 'plain', `${loaded}def predict_fn(data, model): return data\n`)
    await expect(ask(runtimeOf(cloud), 'plain', asked('x'))).rejects.toMatchObject({
      name: 'ModelError',
      message: expect.stringContaining(
        'Received client error (415) from primary with message "inference.py has no input_fn',
      ),
      OriginalStatusCode: 415,
    })
  })
})

it('answers many requests at once, each with its own answer', async () => {
  const cloud = servingCloud()
  await deployScript(cloud, 'churn', adding)
  const runtime = runtimeOf(cloud)
  const numbers = Array.from({length: 60}, (_, value) => value)
  const answers = await Promise.all(numbers.map((value) => ask(runtime, 'churn', {body: `[${value}]`})))
  expect(answers).toEqual(numbers.map((value) => `[${value + 1}.0]`))
})

describe('several variants', () => {
  const saying = (word: string) => `${loaded}def transform_fn(model, body, kind, accept): return "${word}"\n`

  async function twoVariants(options: CloudOptions, weights: readonly [number, number] = [3, 1]): Promise<LocalCloud> {
    const cloud = servingCloud(options)
    await makeModel(cloud, 'old', saying('old'))
    await makeModel(cloud, 'new', saying('new'))
    await makeConfig(cloud, 'both', [
      {ModelName: 'old', VariantName: 'blue', InitialVariantWeight: weights[0]},
      {ModelName: 'new', VariantName: 'green', InitialVariantWeight: weights[1]},
    ])
    await cloud.sageMaker.send(new CreateEndpointCommand({EndpointName: 'both', EndpointConfigName: 'both'}))
    expect(await settled(cloud, 'both')).toMatchObject({EndpointStatus: 'InService'})
    return cloud
  }

  // CreateEndpointConfig, InitialVariantWeight: 3 and 1 are three quarters and one quarter.
  it('share the traffic by their weights', async () => {
    const shares = [0, 0.25, 0.5, 0.74, 0.75, 0.99]
    let at = 0
    const cloud = await twoVariants({random: () => shares[at++ % shares.length] ?? 0})
    const runtime = runtimeOf(cloud)
    const answers: string[] = []
    for (const _ of shares) answers.push(await ask(runtime, 'both'))
    expect(answers).toEqual(['old', 'old', 'old', 'old', 'new', 'new'])
  })

  it('are asked by name, and one without weight is asked in no other way', async () => {
    const cloud = await twoVariants({random: () => 0.999}, [1, 0])
    const runtime = runtimeOf(cloud)
    expect(await ask(runtime, 'both')).toBe('old')
    expect(await ask(runtime, 'both', {variant: 'green'})).toBe('new')
    await expect(ask(runtime, 'both', {variant: 'red'})).rejects.toMatchObject({name: 'ValidationError'})
  })
})

describe('what does not answer', () => {
  it('an endpoint that is not there, in the words of the service', async () => {
    await expect(ask(runtimeOf(localCloud()), 'gone')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Endpoint gone of account 000000000000 not found.',
      $metadata: {httpStatusCode: 400},
    })
  })

  it('an endpoint that failed', async () => {
    const cloud = servingCloud()
    await deployScript(cloud, 'broken', 'def model_fn(d): raise KeyError("x")\n')
    await expect(ask(runtimeOf(cloud), 'broken')).rejects.toMatchObject({
      message: 'Endpoint broken of account 000000000000 not found.',
    })
  })

  it('a model without a script that runs here: the endpoint is there, and says why it answers nothing', async () => {
    const cloud = servingCloud()
    const endpoint = await deployScript(cloud, 'xgboost', undefined)
    const why =
      'the model has no inference script that can run here (code/inference.py is not in s3://mlpipe-local/models/xgboost/model.tar.gz), only the image image'
    expect(endpoint.EndpointStatus).toBe('InService')
    const {Tags} = await cloud.sageMaker.send(new ListTagsCommand({ResourceArn: endpoint.EndpointArn}))
    expect(Tags).toEqual([{Key: 'mlpipe:simulated', Value: why}])
    await expect(ask(runtimeOf(cloud), 'xgboost')).rejects.toMatchObject({
      name: 'ModelError',
      message: expect.stringContaining(why),
    })
  })

  // API Reference, CreateEndpoint, EndpointName: of the operations that name an endpoint, only InvokeEndpoint looks at large and small letters.
  it('an endpoint whose name was written with other letters', async () => {
    const cloud = localCloud()
    await deployScript(cloud, 'Churn', loaded)
    await expect(ask(runtimeOf(cloud), 'churn')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Endpoint churn of account 000000000000 not found.',
    })
  })

  it.each([
    [
      {TargetModel: 'one.tar.gz'},
      'Endpoint churn is not a multi-model endpoint and does not support target model header.',
    ],
    [
      {TargetContainerHostname: 'second'},
      'Endpoint churn is not a multi-container endpoint with direct invocation and does not support target container hostname header.',
    ],
    [
      {InferenceComponentName: 'adapter'},
      'Endpoint churn has no inference components and does not support inference component name header.',
    ],
  ])('a request for what an endpoint of one model has not: %j', async (input, message) => {
    const cloud = localCloud()
    await deployScript(cloud, 'churn', adding)
    const request = {EndpointName: 'churn', Body: Buffer.from('[1]'), ContentType: 'application/json'}
    const runtime = runtimeOf(cloud)
    await expect(runtime.send(new InvokeEndpointCommand({...request, ...input}))).rejects.toMatchObject({
      name: 'ValidationError',
      message,
    })
    expect(await ask(runtime, 'churn')).toBe('[2.0]')
  })

  it('an endpoint of inference components, which have to be named', async () => {
    const cloud = localCloud()
    const ProductionVariants = [{VariantName: 'v', InstanceType: 'ml.m5.large' as const, InitialInstanceCount: 1}]
    const names = {EndpointName: 'shared', EndpointConfigName: 'shared'}
    await cloud.sageMaker.send(
      new CreateEndpointConfigCommand({...names, ProductionVariants, ExecutionRoleArn: roleArn}),
    )
    await cloud.sageMaker.send(new CreateEndpointCommand(names))
    await settled(cloud, 'shared')
    const runtime = runtimeOf(cloud)
    await expect(ask(runtime, 'shared')).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('Inference Component Name header is required'),
    })
    const request = {EndpointName: 'shared', InferenceComponentName: 'adapter', Body: Buffer.from('1')}
    await expect(runtime.send(new InvokeEndpointCommand(request))).rejects.toMatchObject({
      name: 'ModelError',
      message: expect.stringContaining('inference components are recorded here, not served'),
    })
  })

  it('a name that is none', async () => {
    await expect(ask(runtimeOf(localCloud()), 'no_name')).rejects.toMatchObject({name: 'ValidationError'})
  })

  it('a stream of answers, refused by its name', async () => {
    const command = new InvokeEndpointWithResponseStreamCommand({EndpointName: 'x', Body: Buffer.from('x')})
    await expect(runtimeOf(localCloud()).send(command)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'InvokeEndpointWithResponseStream is not an operation of the embedded engine.',
    })
  })
})
