// What comes over the wire: retries, tokens, the user agent, and answers that no service of AWS has written.

import {describe, expect, it} from 'vitest'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import type {Cloud} from '../../src/cloud/ports.ts'
import {ServiceError} from '../../src/cloud/service-error.ts'
import {useEndpoint} from '../support/aws-settings.ts'
import {type Scripted, type ScriptedServer, startScripted} from '../support/scripted-server.ts'

const execution = 'arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn/execution/mjrltdmn6zgd'
const job = {kind: 'Training', arn: 'arn:aws:sagemaker:us-east-1:111122223333:training-job/t'} as const
const token = 'a-token-of-at-least-thirty-two-characters'
const json = {'content-type': 'application/x-amz-json-1.1'}

async function cloudOf(server: ScriptedServer): Promise<Cloud> {
  useEndpoint(server.url)
  return connectCloud({region: 'us-east-1', hasOwnEndpoint: true, version: '1.2.3'})
}

async function failure(act: Promise<unknown>): Promise<ServiceError> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof ServiceError) return error
  throw new Error(`no ServiceError: ${error instanceof Error ? error.stack : String(error)}`)
}

const readLog = async (cloud: Cloud) => (await cloud.logs.open(job)).read()

const calls: Readonly<Record<string, (cloud: Cloud) => Promise<unknown>>> = {
  DescribePipeline: (cloud) => cloud.pipelines.describe('churn'),
  StartPipelineExecution: (cloud) => cloud.executions.start({pipelineName: 'churn', parameters: [], token}),
  GetObject: (cloud) => cloud.objects.getText('s3://lake/a'),
  ListObjectsV2: (cloud) => cloud.objects.list('s3://lake/a'),
  PutObject: (cloud) => cloud.objects.put('s3://lake/a', Buffer.from('x')),
  DescribeLogStreams: (cloud) => readLog(cloud),
  GetCallerIdentity: (cloud) => cloud.identity.caller(),
}
const operations = Object.entries(calls)

const page = '<!DOCTYPE html><html><body>Sign in to the <b>corporate</b> network</body></html>'
const html = (status: number): Scripted => ({status, headers: {'content-type': 'text/html; charset=utf-8'}, body: page})

describe('an HTML page instead of an answer', () => {
  it.each(operations)('of status 403 to %s is told with status, type and host, and is not shown', async (name, act) => {
    const server = await startScripted(() => html(403))
    const error = await failure(act(await cloudOf(server)))
    expect(error.message).toMatch(new RegExp(`^${name}.* was answered by something that is not AWS: `))
    expect(error.message).toContain('127.0.0.1 answered with status 403 and text/html')
    expect(error.message).not.toMatch(/corporate|<|\$response/)
    expect(error).toMatchObject({code: 'foreign-answer', httpStatus: 403})
    expect(server.received).toHaveLength(1)
  })

  it.each(operations)('of status 200 to %s is no answer either', async (_name, act) => {
    const error = await failure(act(await cloudOf(await startScripted(() => html(200)))))
    expect(error).toMatchObject({code: 'foreign-answer', httpStatus: 200})
  })

  it('of status 502 is asked for again', async () => {
    const server = await startScripted((_request, index) =>
      index < 2 ? html(502) : {headers: json, body: '{"PipelineName":"churn","PipelineDefinition":"{}"}'},
    )
    expect(await (await cloudOf(server)).pipelines.describe('churn')).toMatchObject({name: 'churn'})
  })
})

describe('is asked for again', () => {
  const s3Fault = (status: number, code: string): Scripted => ({
    status,
    headers: {'content-type': 'application/xml'},
    body: `<Error><Code>${code}</Code><Message>x</Message></Error>`,
  })
  const jsonFault = (status: number, code: string): Scripted => ({
    status,
    headers: json,
    body: JSON.stringify({__type: code}),
  })

  it.each([
    ['a 400 ThrottlingException', jsonFault(400, 'ThrottlingException'), s3Fault(503, 'SlowDown')],
    ['a 500', jsonFault(500, 'InternalFailure'), s3Fault(500, 'InternalError')],
    ['a 503', jsonFault(503, 'ServiceUnavailable'), s3Fault(503, 'ServiceUnavailable')],
    ['a dropped connection', 'drop', 'drop'],
    [
      'a body that is cut short',
      {headers: json, body: '{"PipelineArn":"arn:a'},
      {headers: {'content-length': '90'}, body: '<List'},
    ],
  ] as const)('%s', async (_what, jsonAnswer, s3Answer) => {
    const server = await startScripted(({headers}, index) => {
      const target = headers['x-amz-target']
      if (index % 2 === 0) return target === undefined ? s3Answer : jsonAnswer
      if (target === undefined) return {body: '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>'}
      return {headers: json, body: '{"PipelineName":"churn","logStreams":[]}'}
    })
    const cloud = await cloudOf(server)
    expect(await cloud.pipelines.describe('churn')).toMatchObject({name: 'churn'})
    expect(await cloud.objects.list('s3://lake/a')).toEqual([])
    expect(await readLog(cloud)).toEqual([])
    expect(server.received).toHaveLength(6)
  })

  it('six times, and then it is told how often', async () => {
    const server = await startScripted(() => 'drop')
    const error = await failure((await cloudOf(server)).pipelines.describe('churn'))
    expect(error.message).toBe(
      'DescribePipeline of "churn" got no answer: 127.0.0.1: the connection broke (asked 6 times)',
    )
    expect(server.received).toHaveLength(6)
  })

  it.each([
    ['create', (cloud: Cloud) => cloud.pipelines.create({name: 'churn', definition: '{}', roleArn: 'r'}, [])],
    ['start', (cloud: Cloud) => cloud.executions.start({pipelineName: 'churn', parameters: [], token})],
    ['stop', (cloud: Cloud) => cloud.executions.stop(execution)],
    ['retry', (cloud: Cloud) => cloud.executions.retry(execution, token)],
    ['delete', (cloud: Cloud) => cloud.pipelines.delete('churn')],
  ])('%s with one and the same idempotency token', async (_verb, act) => {
    const server = await startScripted((_request, index) => {
      if (index === 0) return 'drop'
      return {headers: json, body: index === 1 ? '{"PipelineArn":' : `{"PipelineExecutionArn":"${execution}"}`}
    })
    await act(await cloudOf(server))
    const tokens = server.received.map(({body}) => (JSON.parse(body) as Record<string, unknown>)['ClientRequestToken'])
    expect(tokens).toHaveLength(3)
    expect(new Set(tokens).size).toBe(1)
    expect(String(tokens[0]).length).toBeGreaterThanOrEqual(32)
  })

  it('a delete whose answer was lost has been done', async () => {
    const server = await startScripted((_request, index) => (index === 0 ? 'drop' : jsonFault(400, 'ResourceNotFound')))
    await (await cloudOf(server)).pipelines.delete('churn')
    const other = await startScripted(() => jsonFault(400, 'ResourceNotFound'))
    expect(await failure((await cloudOf(other)).pipelines.delete('churn'))).toMatchObject({code: 'not-found'})
  })
})

it.each(operations)('%s says who asks', async (_name, act) => {
  const server = await startScripted(() => ({status: 400, headers: json, body: '{"__type":"ValidationException"}'}))
  await act(await cloudOf(server)).catch(() => {})
  expect(server.received[0]?.headers['user-agent']).toMatch(/(^| )mlpipe\/1\.2\.3( |$)/)
})

it('a HEAD that is refused without a reason is followed by a request that gets one', async () => {
  const server = await startScripted(({method}) =>
    method === 'HEAD'
      ? {status: 400}
      : {status: 400, body: '<Error><Code>ExpiredToken</Code><Message>The token has expired</Message></Error>'},
  )
  expect(await failure((await cloudOf(server)).objects.exists('s3://lake/a'))).toMatchObject({
    code: 'credentials-expired',
    message: 'GetObject of s3://lake/a needs fresh credentials: The token has expired',
  })
})

it('a clock that is wrong is told of, by the date of the answer', async () => {
  const now = Date.now()
  const server = await startScripted(() => ({
    status: 403,
    // The SDK corrects what it can tell; here the date moves on with every answer.
    headers: {...json, date: new Date(now - 3 * 3_600_000 * (1 + server.received.length)).toUTCString()},
    body: '{"__type":"InvalidSignatureException","message":"Signature not yet current"}',
  }))
  const error = await failure((await cloudOf(server)).pipelines.describe('churn'))
  expect(error.code).toBe('clock-skew')
  expect(error.message).toMatch(/the clock of this machine is \d+ h ahead of the service's/)
})

describe('a bucket', () => {
  const find = async (script: (method: string) => Scripted) => {
    const server = await startScripted(({method}) => script(method))
    return (await cloudOf(server)).buckets.find('lake')
  }
  const location = (inner: string): Scripted => ({
    body: `<?xml version="1.0"?><LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</LocationConstraint>`,
  })
  const head = (status: number, region?: string): Scripted =>
    region === undefined ? {status} : {status, headers: {'x-amz-bucket-region': region}}

  it.each([
    ['of ours is in the region that S3 names', () => head(200, 'eu-west-1'), {region: 'eu-west-1'}],
    ['of another region is found', () => head(301, 'eu-central-1'), {region: 'eu-central-1'}],
    ['of somebody else has a region all the same', () => head(403, 'us-west-2'), {region: 'us-west-2'}],
    ['of which nothing may be known is there', () => head(403), {}],
    ['that does not exist is none', () => head(404), undefined],
    [
      'without a constraint is in us-east-1',
      (method: string) => (method === 'HEAD' ? head(200) : location('')),
      {region: 'us-east-1'},
    ],
    [
      'with the oldest constraint is in eu-west-1',
      (method: string) => (method === 'HEAD' ? head(200) : location('EU')),
      {region: 'eu-west-1'},
    ],
  ])('%s', async (_what, script, expected) => {
    expect(await find(script)).toEqual(expected)
  })

  it.each([
    ['<EventBridgeConfiguration/>', true],
    ['', false],
  ])('sends its events to EventBridge when its configuration says so: %s', async (inner, sends) => {
    const body = `<NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</NotificationConfiguration>`
    const server = await startScripted(() => ({body}))
    expect(await (await cloudOf(server)).buckets.sendsEvents('lake')).toBe(sends)
    expect(server.received[0]?.path).toMatch(/^\/lake\/?\?notification/)
  })
})
