// The engine's port: who may come in, what a request may weigh, and what happens when either side goes away.

import {Agent, request as httpRequest} from 'node:http'
import {connect} from 'node:net'
import {GetObjectCommand, HeadObjectCommand, NoSuchKey, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {
  CreatePipelineCommand,
  ListPipelinesCommand,
  paginateListPipelines,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {listen} from '../../../src/engine/wire/http-server.ts'
import {until} from '../support/local-cloud.ts'
import {ask, listPipelines, served, servedWithBucket, signedFor, speak} from '../support/served.ts'

const config = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: {accessKeyId: 'local', secretAccessKey: 'local'},
  maxAttempts: 1,
})

const fourMegabytes = 4 * 1024 * 1024

it.each([
  ['sagemaker', listPipelines, '"__type":"RequestEntityTooLargeException"'],
  ['iam', {}, '<Code>RequestEntityTooLarge</Code>'],
  ['scheduler', {}, '"__type":"RequestEntityTooLargeException"'],
])('%s takes a body of 4 MB and none that is larger', async (service, headers, words) => {
  const {port} = await served()
  const body = ' '.repeat(fourMegabytes + 1)
  const signed = {...headers, ...signedFor(service)}
  const fits = await ask(port, {headers: signed, body: body.slice(1)})
  expect(fits.status).not.toBe(413)
  const declared = await ask(port, {headers: signed, body})
  expect(declared.status).toBe(413)
  expect(declared.body).toContain(words)
})

it.each([
  ['sagemaker', listPipelines, '"__type":"RequestEntityTooLargeException"'],
  ['iam', {}, '<Code>RequestEntityTooLarge</Code>'],
  ['scheduler', {}, '"__type":"RequestEntityTooLargeException"'],
])('%s reads no more than 4 MB of a body that does not say its size', async (service, headers, words) => {
  const {port} = await served()
  const body = ' '.repeat(fourMegabytes + 1)
  const signed = {...headers, ...signedFor(service)}
  const chunked = await ask(port, {headers: {...signed, 'transfer-encoding': 'chunked'}, body})
  expect(chunked.status).toBe(413)
  expect(chunked.body).toContain(words)
})

it('a request that says it will be far too large is not read at all', async () => {
  const {port} = await served()
  const head = `POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: SageMaker.ListPipelines\r\nContent-Length: 99999999999\r\n\r\n`
  const heard = await speak(port, head)
  expect(heard).toMatch(/^HTTP\/1\.1 413 /)
  expect(heard).toMatch(/^connection: close/im)
})

it('headers without end are refused', async () => {
  const {port} = await served()
  expect(await speak(port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}`)).toMatch(
    /^HTTP\/1\.1 431 /,
  )
})

it('an object is as large as it is', async () => {
  const {endpoint} = await servedWithBucket()
  const s3 = new S3Client(config(endpoint))
  const body = Buffer.alloc(fourMegabytes + 1, 'x')
  await s3.send(new PutObjectCommand({Bucket: 'bucket', Key: 'large', Body: body}))
  expect(await s3.send(new HeadObjectCommand({Bucket: 'bucket', Key: 'large'}))).toMatchObject({
    ContentLength: body.length,
  })
  const read = await s3.send(new GetObjectCommand({Bucket: 'bucket', Key: 'large'}))
  expect(Buffer.from((await read.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true)
})

it('a bucket may stand in the host name', async () => {
  const {port} = await servedWithBucket()
  const headers = {...signedFor('s3'), host: `bucket.localhost:${port}`}
  expect((await ask(port, {method: 'PUT', path: '/a/b', headers, body: 'text'})).status).toBe(200)
  expect((await ask(port, {method: 'GET', path: '/bucket/a/b', headers: signedFor('s3')})).body).toBe('text')
})

it('an upload that breaks off leaves no object, and the server goes on', async () => {
  const {port} = await servedWithBucket()
  const head = 'PUT /bucket/half HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nonly this'
  await speak(port, head, {hangUp: true})
  await speak(
    port,
    head.replace('Content-Length: 1000', 'Transfer-Encoding: chunked').replace('only this', '4\r\nonly\r\n'),
    {
      hangUp: true,
    },
  )
  await until(async () => (await ask(port, {headers: listPipelines, body: '{}'})).status === 200)
  const found = await ask(port, {method: 'GET', path: '/bucket/half', headers: signedFor('s3')})
  expect(found.status).toBe(404)
})

it('an aws-chunked upload without its last chunk gets an answer, and the connection can be used again', async () => {
  const {port} = await servedWithBucket()
  const put = (body: string) =>
    'PUT /bucket/half HTTP/1.1\r\nHost: localhost\r\nX-Amz-Content-Sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\n' +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  const bodies = ['4\r\nonly\r\n', 'not a chunk at all\r\n', '4\r\nonly\r\n0\r\n\r\n']
  const heard = await speak(port, bodies.map(put).join(''), {answers: bodies.length})
  expect([...heard.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status)).toEqual(['400', '400', '200'])
})

it('a client that hangs up before its answer harms nobody', async () => {
  const {port, endpoint} = await servedWithBucket()
  await new S3Client(config(endpoint)).send(
    new PutObjectCommand({Bucket: 'bucket', Key: 'large', Body: Buffer.alloc(8 * 1024 * 1024)}),
  )
  const text = 'GET /bucket/large HTTP/1.1\r\nHost: localhost\r\n\r\n'
  await Promise.all(Array.from({length: 20}, () => speak(port, text, {hangUp: true})))
  const half = connect({port, host: '127.0.0.1'})
  half.write(text)
  half.once('data', () => half.destroy())
  await new Promise((resolve) => half.once('close', resolve))
  expect((await ask(port, {headers: listPipelines, body: '{}'})).status).toBe(200)
})

it('a connection lasts through errors', async () => {
  const {port} = await served()
  const agent = new Agent({keepAlive: true, maxSockets: 1})
  const send = (headers: Record<string, string>, body: string) =>
    new Promise<readonly [number | undefined, number | undefined]>((resolve, reject) => {
      const request = httpRequest({port, host: '127.0.0.1', method: 'POST', headers, agent}, (response) => {
        const {localPort} = response.socket
        response.resume().on('end', () => resolve([response.statusCode, localPort]))
      })
      request.on('error', reject).end(body)
    })
  const answers = [
    await send(listPipelines, '{'),
    await send({...listPipelines, origin: 'http://evil.example'}, '{}'),
    await send({'x-amz-target': 'SageMaker.None'}, '{}'),
    await send(listPipelines, ' '.repeat(fourMegabytes + 1)),
    await send(listPipelines, '{}'),
  ]
  agent.destroy()
  expect(answers.map(([status]) => status)).toEqual([400, 403, 400, 413, 200])
  expect(new Set(answers.map(([, localPort]) => localPort)).size).toBe(1)
})

it('a client that waits for leave to send its body is told before that it may not', async () => {
  const {port} = await servedWithBucket()
  const put = (host: string) =>
    `PUT /bucket/key HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n`
  expect(await speak(port, put('evil.example'))).toMatch(/^HTTP\/1\.1 403 /)
  expect(await speak(port, put('localhost'))).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  expect(await speak(port, `${put('localhost')}text`, {answers: 2})).toMatch(
    /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /,
  )
})

it('HEAD has no body, whatever it asks for', async () => {
  const {port} = await servedWithBucket()
  await ask(port, {method: 'PUT', path: '/bucket/key', headers: signedFor('s3'), body: 'text'})
  const found = await ask(port, {method: 'HEAD', path: '/bucket/key', headers: signedFor('s3')})
  expect([found.status, found.headers['content-length'], found.body]).toEqual([200, '4', ''])
  expect(await ask(port, {method: 'HEAD', path: '/bucket/none', headers: signedFor('s3')})).toMatchObject({
    ...{status: 404, body: ''},
  })
  expect(await ask(port, {method: 'HEAD', headers: {origin: 'http://evil.example'}})).toMatchObject({
    status: 403,
    body: '',
  })
})

it.each([
  ['sagemaker', listPipelines, '"__type":"InternalFailure"'],
  ['iam', {}, '<Code>InternalFailure</Code>'],
  ['s3', {}, '<Code>InternalError</Code>'],
])('what goes wrong inside is a 500 in the words of %s', async (service, headers, words) => {
  const server = await listen(
    {handle: () => Promise.reject(new Error('the disk is on fire'))},
    {port: 0, host: '127.0.0.1'},
  )
  const answer = await ask(server.port, {headers: {...headers, ...signedFor(service)}, body: '{}'})
  await server.close()
  expect(answer.status).toBe(500)
  expect(answer.body).toContain(words)
  expect(answer.body).toContain('the disk is on fire')
})

it.each([
  [
    'a service that is not there, in JSON',
    {'x-amz-target': 'DynamoDB_20120810.ListTables'},
    /"__type":"UnknownOperationException"/,
  ],
  [
    'a service that is not there, in a form',
    {...signedFor('sqs'), 'content-type': 'application/x-www-form-urlencoded'},
    /<ErrorResponse><Error><Type>Sender<\/Type><Code>InvalidAction<\/Code>/,
  ],
  [
    'an operation that STS has not',
    signedFor('sts'),
    /<ErrorResponse xmlns="https:\/\/sts[^"]+"><Error><Type>Sender<\/Type><Code>InvalidAction/,
  ],
])('%s is told of as AWS does', async (_name, headers, words) => {
  const {port} = await served()
  const answer = await ask(port, {headers, body: 'Action=ListQueues&Version=2012-11-05'})
  expect(answer.status).toBe(400)
  expect(answer.body).toMatch(words)
})

it('many clients at once: every write is there afterwards', async () => {
  const {endpoint} = await served()
  const names = Array.from({length: 200}, (_, index) => `pipeline-${index}`)
  const definition = JSON.stringify({
    Version: '2020-12-01',
    Steps: [{Name: 'no', Type: 'Fail', Arguments: {ErrorMessage: 'x'}}],
  })
  const RoleArn = 'arn:aws:iam::000000000000:role/mlpipe-local'
  const clients = names.map(() => new SageMakerClient(config(endpoint)))
  await Promise.all(
    clients.map(async (client, index) => {
      const name = names[index] ?? ''
      await client.send(new CreatePipelineCommand({PipelineName: name, PipelineDefinition: definition, RoleArn}))
      await client.send(new ListPipelinesCommand({}))
    }),
  )
  const found: string[] = []
  const [client = new SageMakerClient(config(endpoint))] = clients
  for await (const page of paginateListPipelines({client}, {})) {
    found.push(...(page.PipelineSummaries ?? []).map(({PipelineName = ''}) => PipelineName))
  }
  for (const one of clients) one.destroy()
  expect(found.sort()).toEqual(names.sort())
})

it('closing answers what is under way, and takes no more', async () => {
  let answer: (() => void) | undefined
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const seen: number[] = []
  const server = await listen(
    {
      async handle() {
        await answered
        return {statusCode: 200, headers: {}, body: Buffer.from('done')}
      },
    },
    {port: 0, host: '127.0.0.1', onAnswered: ({status}) => seen.push(status)},
  )
  const asked = ask(server.port, {headers: listPipelines, body: '{}'})
  const idle = connect({port: server.port, host: '127.0.0.1'})
  await new Promise((resolve) => idle.once('connect', resolve))
  await new Promise((resolve) => setTimeout(resolve, 50))
  const closed = server.close()
  await expect(ask(server.port, {headers: listPipelines, body: '{}'})).rejects.toThrow(/ECONNREFUSED/)
  answer?.()
  expect((await asked).body).toBe('done')
  idle.destroy()
  await closed
  expect(seen).toEqual([200])
})

it('closing cuts off what does not end', async () => {
  const server = await listen({handle: () => new Promise(() => {})}, {port: 0, host: '127.0.0.1'})
  const asked = ask(server.port, {headers: listPipelines, body: '{}'}).catch((error: Error) => error.message)
  await new Promise((resolve) => setTimeout(resolve, 50))
  await server.close(10)
  expect(await asked).toMatch(/socket hang up|ECONNRESET/)
})

it('an error of the engine has its name with the SDK', async () => {
  const {endpoint} = await servedWithBucket()
  const s3 = new S3Client(config(endpoint))
  await s3.send(new PutObjectCommand({Bucket: 'bucket', Key: 'there', Body: 'x'}))
  await expect(s3.send(new GetObjectCommand({Bucket: 'bucket', Key: 'none'}))).rejects.toBeInstanceOf(NoSuchKey)
})
