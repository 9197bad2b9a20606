// The adapters against canned answers: wire shapes as in the SageMaker, S3 and CloudWatch Logs API references.
import {Readable} from 'node:stream'
import {expect, it} from 'vitest'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import type {Cloud} from '../../src/cloud/ports.ts'

type Sent = {operation: string; input: Record<string, unknown>; hostname: string; path: string}
type Answer = {status?: number; body: unknown}

const arn = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn/execution/mjrltdmn6zgd'

/** Answers each operation with its canned answers in turn, the last one again and again. */
async function cloudWith(answers: Readonly<Record<string, readonly Answer[]>>): Promise<{cloud: Cloud; sent: Sent[]}> {
  const sent: Sent[] = []
  const handle = async (request: {
    method: string
    hostname: string
    path: string
    headers: Record<string, string>
    body?: string | Uint8Array
  }) => {
    const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? `${request.method} ${request.path}`
    const text = typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body)
    const input = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
    sent.push({operation, input, hostname: request.hostname, path: request.path})
    const canned = answers[operation]
    const earlier = sent.filter((other) => other.operation === operation).length - 1
    const answer = canned?.[Math.min(earlier, canned.length - 1)]
    if (!answer) throw new Error(`no answer to ${operation}`)
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    return {response: {statusCode: answer.status ?? 200, headers: {}, body: Readable.from([Buffer.from(body)])}}
  }
  const requestHandler = {handle: handle as never}
  return {cloud: await connectCloud({region: 'us-east-1', requestHandler}), sent}
}

it('describes a pipeline in camel case with times in milliseconds', async () => {
  const {cloud, sent} = await cloudWith({
    DescribePipeline: [
      {
        body: {
          PipelineArn: 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn',
          PipelineName: 'churn',
          PipelineDefinition: '{}',
          RoleArn: 'arn:aws:iam::000000000000:role/r',
          CreationTime: 1.7e9,
          LastModifiedTime: 1_700_000_000.5,
        },
      },
    ],
  })
  expect(await cloud.pipelines.describe('churn')).toEqual({
    arn: 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn',
    name: 'churn',
    definition: '{}',
    roleArn: 'arn:aws:iam::000000000000:role/r',
    createdAtMs: 1_700_000_000_000,
    modifiedAtMs: 1_700_000_000_500,
  })
  expect(sent[0]).toMatchObject({
    operation: 'DescribePipeline',
    hostname: 'api.sagemaker.us-east-1.amazonaws.com',
    input: {PipelineName: 'churn'},
  })
})

it('a pipeline that does not exist is undefined, any other refusal is an error', async () => {
  const missing = {__type: 'ResourceNotFound', message: "Pipeline 'churn' does not exist."}
  const {cloud} = await cloudWith({
    DescribePipeline: [
      {status: 400, body: missing},
      // As moto says it.
      {status: 400, body: {__type: 'ValidationException', message: 'Could not find pipeline'}},
      {status: 400, body: {__type: 'ConflictException', message: 'busy'}},
    ],
  })
  expect(await cloud.pipelines.describe('churn')).toBeUndefined()
  expect(await cloud.pipelines.describe('churn')).toBeUndefined()
  await expect(cloud.pipelines.describe('churn')).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('DescribePipeline of "churn"'),
  })
})

it('follows the pages of steps to the end and reads their metadata', async () => {
  const step = {StepName: 'x', StepStatus: 'Succeeded', StartTime: 1, EndTime: 2, AttemptCount: 1}
  const job = 'arn:aws:sagemaker:us-east-1:000000000000:training-job/t'
  const {cloud, sent} = await cloudWith({
    ListPipelineExecutionSteps: [
      {
        body: {
          PipelineExecutionSteps: [
            {...step, StepName: 'train', Metadata: {TrainingJob: {Arn: job}}},
            {...step, StepName: 'gate', Metadata: {Condition: {Outcome: 'True'}}},
          ],
          NextToken: 'more',
        },
      },
      {
        body: {
          PipelineExecutionSteps: [
            {...step, StepName: 'cached', CacheHitResult: {SourcePipelineExecutionArn: arn}},
            {...step, StepName: 'reject', StepStatus: 'Failed', Metadata: {Fail: {ErrorMessage: 'too low'}}},
          ],
        },
      },
    ],
  })
  const common = {status: 'Succeeded', startedAtMs: 1000, endedAtMs: 2000, attempts: 1}
  expect(await cloud.executions.steps(arn)).toEqual([
    {...common, name: 'train', job: {kind: 'Training', arn: job}},
    {...common, name: 'gate', outcome: 'True'},
    {...common, name: 'cached', cachedFrom: arn},
    {...common, name: 'reject', status: 'Failed', failMessage: 'too low'},
  ])
  expect(sent.map(({input}) => input['NextToken'])).toEqual([undefined, 'more'])
})

it('asks for no more executions than wanted', async () => {
  const entry = (id: number) => ({PipelineExecutionArn: `e${id}`, PipelineExecutionStatus: 'Failed', StartTime: id})
  const {cloud, sent} = await cloudWith({
    ListPipelineExecutions: [{body: {PipelineExecutionSummaries: [entry(3), entry(2), entry(1)], NextToken: 'more'}}],
  })
  expect((await cloud.executions.list('churn', 2)).map((execution) => execution.arn)).toEqual(['e3', 'e2'])
  expect(sent).toHaveLength(1)
  expect(sent[0]?.input).toMatchObject({MaxResults: 2, SortBy: 'CreationTime', SortOrder: 'Descending'})
})

it('starts with the token and the parameters it is given', async () => {
  const {cloud, sent} = await cloudWith({StartPipelineExecution: [{body: {PipelineExecutionArn: arn}}]})
  const token = '01234567890123456789012345678901'
  const parameters = [{name: 'epochs', value: '50'}]
  expect(await cloud.executions.start({pipelineName: 'churn', parameters, token})).toEqual({arn})
  expect(sent[0]?.input).toEqual({
    PipelineName: 'churn',
    PipelineParameters: [{Name: 'epochs', Value: '50'}],
    ClientRequestToken: token,
  })
})

it('makes a model package group only when it is missing', async () => {
  const {cloud, sent} = await cloudWith({
    DescribeModelPackageGroup: [
      {status: 400, body: {__type: 'ValidationException', message: 'ModelPackageGroup churn does not exist.'}},
      {body: {ModelPackageGroupName: 'churn', ModelPackageGroupArn: 'a', CreationTime: 1}},
    ],
    CreateModelPackageGroup: [{body: {ModelPackageGroupArn: 'a'}}],
  })
  expect(await cloud.registry.ensureGroup('churn')).toBe(true)
  expect(await cloud.registry.ensureGroup('churn')).toBe(false)
  expect(sent.filter(({operation}) => operation === 'CreateModelPackageGroup')).toHaveLength(1)
})

it('reads an object as text; a missing one is undefined', async () => {
  const missing = '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>'
  const {cloud, sent} = await cloudWith({'GET /b/a/k.json': [{body: '{"a": 1}'}, {status: 404, body: missing}]})
  expect(await cloud.objects.getText('s3://b/a/k.json')).toBe('{"a": 1}')
  expect(await cloud.objects.getText('s3://b/a/k.json')).toBeUndefined()
  expect(sent[0]?.hostname).toBe('s3.us-east-1.amazonaws.com')
  await expect(cloud.objects.getText('s3://bucket-only')).rejects.toMatchObject({code: 'bad-s3-uri'})
})

it('reads a log until the service gives the same token again', async () => {
  const {cloud, sent} = await cloudWith({
    DescribeLogStreams: [{body: {logStreams: [{logStreamName: 't/algo-1-1700000000'}]}}],
    GetLogEvents: [
      {body: {events: [{timestamp: 2, message: 'b'}], nextForwardToken: 'f/1'}},
      {body: {events: [{timestamp: 1, message: 'a'}], nextForwardToken: 'f/2'}},
      {body: {events: [], nextForwardToken: 'f/2'}},
    ],
  })
  const job = {kind: 'Training', arn: 'arn:aws:sagemaker:us-east-1:000000000000:training-job/t'} as const
  const log = await cloud.logs.open(job)
  expect(await log.read()).toEqual([
    {timestampMs: 1, message: 'a', stream: 'algo-1'},
    {timestampMs: 2, message: 'b', stream: 'algo-1'},
  ])
  expect(sent[0]?.input).toMatchObject({logGroupName: '/aws/sagemaker/TrainingJobs', logStreamNamePrefix: 't/'})
})

it('a job that has not logged yet has no lines', async () => {
  const {cloud} = await cloudWith({
    DescribeLogStreams: [{status: 400, body: {__type: 'ResourceNotFoundException', message: 'no group'}}],
  })
  const log = await cloud.logs.open({kind: 'Processing', arn: 'a/p'})
  expect(await log.read()).toEqual([])
})
