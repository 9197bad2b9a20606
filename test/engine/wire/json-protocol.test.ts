// The awsJson1_1 envelope, and what happens to requests that are not what the tables say.

import {expect, it} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import type {Engine} from '../../../src/engine/engine.ts'
import {localCloud} from '../support/local-cloud.ts'

async function call(engine: Engine, target: string, body: string) {
  const response = await engine.handle({
    method: 'POST',
    hostname: 'api.sagemaker.us-east-1.amazonaws.com',
    path: '/',
    query: {},
    headers: {'X-Amz-Target': target, 'Content-Type': 'application/x-amz-json-1.1'},
    body,
  })
  const text = Buffer.from(response.body as Uint8Array).toString()
  return {...response, body: JSON.parse(text) as JsonObject}
}

it('answers JSON with a request id', async () => {
  const response = await call(localCloud().engine, 'SageMaker.ListPipelines', '{}')
  expect(response.statusCode).toBe(200)
  expect(response.headers['content-type']).toBe('application/x-amz-json-1.1')
  expect(response.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/)
  expect(response.body).toEqual({PipelineSummaries: []})
})

it.each([
  ['SageMaker.CreateNotebookInstance'],
  ['SageMaker.__proto__'],
  ['SageMaker'],
  ['AWSEvents.CreateArchive'],
  ['constructor.name'],
])('answers UnknownOperationException for %s', async (target) => {
  const response = await call(localCloud().engine, target, '{}')
  expect(response.statusCode).toBe(400)
  expect(response.body.__type).toBe('UnknownOperationException')
  expect(response.headers['x-amzn-errortype']).toBe('UnknownOperationException')
})

it.each([['{'], ['[]'], ['"x"'], ['null'], ['{"PipelineName":}']])(
  'answers SerializationException for the body %s',
  async (body) => {
    const response = await call(localCloud().engine, 'SageMaker.DescribePipeline', body)
    expect(response.statusCode).toBe(400)
    expect(response.body.__type).toBe('SerializationException')
  },
)

// Smithy's protocol tests for malformed requests: a JSON type that does not fit is a SerializationException.
it.each<[string, string, JsonObject, string]>([
  ['a number for a string', 'DescribePipeline', {PipelineName: 1}, 'NUMBER_VALUE can not be converted to String'],
  ['true for a string', 'DescribePipeline', {PipelineName: true}, 'TRUE_VALUE can not be converted to String'],
  ['a list for a string', 'DescribePipeline', {PipelineName: []}, 'START_ARRAY can not be converted to String'],
  ['an object for a string', 'DescribePipeline', {PipelineName: {}}, 'START_OBJECT can not be converted to String'],
  ['a string for an integer', 'ListPipelines', {MaxResults: '3'}, 'STRING_VALUE can not be converted to Integer'],
  ['a fraction for an integer', 'ListPipelines', {MaxResults: 3.5}, 'DECIMAL_VALUE can not be converted to Integer'],
  [
    'a string for a timestamp',
    'ListPipelines',
    {CreatedAfter: 'now'},
    'STRING_VALUE can not be converted to Timestamp',
  ],
  ['a string for a list', 'AddTags', {ResourceArn: 'arn:x', Tags: 'x'}, 'STRING_VALUE can not be converted to List'],
  [
    'a string for a list element',
    'AddTags',
    {ResourceArn: 'arn:x', Tags: ['x']},
    'STRING_VALUE can not be converted to Structure',
  ],
  [
    'a number inside a list element',
    'AddTags',
    {ResourceArn: 'arn:x', Tags: [{Key: 1, Value: ''}]},
    'NUMBER_VALUE can not be converted to String',
  ],
  [
    'a list for a structure',
    'UpdatePipelineExecution',
    {PipelineExecutionArn: 'x', ParallelismConfiguration: []},
    'START_ARRAY can not be converted to Structure',
  ],
])('answers SerializationException for %s', async (_name, operation, body, message) => {
  const response = await call(localCloud().engine, `SageMaker.${operation}`, JSON.stringify(body))
  expect(response.body).toEqual({__type: 'SerializationException', message})
})

const notNull = 'failed to satisfy constraint: Member must not be null'

it.each<[string, string, JsonObject, string]>([
  ['a missing member', 'DescribePipeline', {}, `1 validation error detected: Value null at 'pipelineName' ${notNull}`],
  [
    'a null member',
    'DescribePipeline',
    {PipelineName: null},
    `1 validation error detected: Value null at 'pipelineName' ${notNull}`,
  ],
  [
    'several missing members',
    'StopPipelineExecution',
    {},
    `2 validation errors detected: Value null at 'pipelineExecutionArn' ${notNull}; Value null at 'clientRequestToken' ${notNull}`,
  ],
  [
    'a short token',
    'DeletePipeline',
    {PipelineName: 'p', ClientRequestToken: 'short'},
    "1 validation error detected: Value 'short' at 'clientRequestToken' failed to satisfy constraint: Member must have length greater than or equal to 32",
  ],
  [
    'a number out of range',
    'ListPipelines',
    {MaxResults: 101},
    "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
  ],
  [
    'a value outside the enum',
    'ListPipelines',
    {SortBy: 'Size'},
    "1 validation error detected: Value 'Size' at 'sortBy' failed to satisfy constraint: Member must satisfy enum value set: [Name, CreationTime]",
  ],
  [
    'a missing member of a list element',
    'AddTags',
    {ResourceArn: 'arn:x', Tags: [{Key: 'a', Value: ''}, {Value: ''}]},
    `1 validation error detected: Value null at 'tags.2.member.key' ${notNull}`,
  ],
])('answers ValidationException for %s, in the words of AWS', async (_name, operation, body, message) => {
  const response = await call(localCloud().engine, `SageMaker.${operation}`, JSON.stringify(body))
  expect(response.body).toEqual({__type: 'ValidationException', message})
})

it('drops members that it does not know, and takes an empty body for an empty input', async () => {
  const {engine} = localCloud()
  expect((await call(engine, 'SageMaker.ListPipelines', '{"Unknown": {"x": 1}}')).statusCode).toBe(200)
  expect((await call(engine, 'SageMaker.ListPipelines', '')).statusCode).toBe(200)
})

it('answers for CloudWatch Logs under its own error names', async () => {
  const {engine} = localCloud()
  const unknown = await call(engine, 'Logs_20140328.GetLogEvents', '{"logGroupName": "/none", "logStreamName": "x"}')
  expect(unknown.body).toEqual({
    __type: 'ResourceNotFoundException',
    message: 'The specified log group does not exist.',
  })
  const stream = {logGroupName: '/aws/sagemaker/TrainingJobs', logStreamName: 'none/algo-1-1'}
  const missing = await call(engine, 'Logs_20140328.GetLogEvents', JSON.stringify(stream))
  expect(missing.body.__type).toBe('ResourceNotFoundException')
})
