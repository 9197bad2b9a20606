// Reading a job's log on and on, with CloudWatch's answers as its API reference describes them.
import {expect, it} from 'vitest'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import type {LogSpan} from '../../src/cloud/ports.ts'

type Line = readonly [atMs: number, message: string]
type Sent = {readonly operation: string; readonly input: Record<string, unknown>}

/** A log group as CloudWatch serves it: a token is a place in the stream, and at the end the token stays the same. */
function logGroup() {
  const streams = new Map<string, Line[]>()
  const sent: Sent[] = []
  const failing: string[] = []
  const page = 2

  function answer({operation, input}: Sent): {status: number; body: object} {
    const stream = String(input['logStreamName'])
    const failsAt = failing.indexOf(operation === 'GetLogEvents' ? stream : operation)
    if (failsAt >= 0) {
      failing.splice(failsAt, 1)
      return {status: 400, body: {__type: 'ThrottlingException', message: 'Rate exceeded'}}
    }
    if (operation === 'DescribeLogStreams') {
      if (streams.size === 0) return {status: 400, body: {__type: 'ResourceNotFoundException', message: 'no group'}}
      return {status: 200, body: {logStreams: [...streams.keys()].map((logStreamName) => ({logStreamName}))}}
    }
    const lines = streams.get(stream) ?? []
    const limit = Number(input['limit'] ?? page)
    const token = input['nextToken']
    const fromEnd = token === undefined && input['startFromHead'] !== true
    const from = fromEnd ? Math.max(0, lines.length - limit) : Number(String(token ?? 'f/0').slice(2))
    const events = lines.slice(from, from + limit).map(([timestamp, message]) => ({timestamp, message}))
    return {status: 200, body: {events, nextForwardToken: `f/${from + events.length}`, nextBackwardToken: 'b/0'}}
  }

  const requestHandler = {
    async handle(request: {headers: Record<string, string>; body: string}) {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
      const call = {operation, input: JSON.parse(request.body) as Record<string, unknown>}
      sent.push(call)
      const {status, body} = answer(call)
      const headers = {'content-type': 'application/x-amz-json-1.1'}
      return {response: {statusCode: status, headers, body: new TextEncoder().encode(JSON.stringify(body))}}
    },
  }
  return {streams, sent, failing, requestHandler}
}

async function openLog(span: LogSpan = {}) {
  const group = logGroup()
  const cloud = await connectCloud({region: 'us-east-1', requestHandler: group.requestHandler})
  const arn = 'arn:aws:sagemaker:us-east-1:111122223333:training-job/t'
  const log = await cloud.logs.open({kind: 'Training', arn}, span)
  const read = async () => (await log.read()).map(({stream, message}) => `${stream} ${message}`)
  return {...group, read}
}

const first = 't/algo-1-1700000000'
const second = 't/algo-2-1700000009'

it('a log that comes late is read from its first line, and each line once', async () => {
  const {streams, sent, read} = await openLog()
  expect(await read()).toEqual([])
  streams.set(first, [
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ])
  expect(await read()).toEqual(['algo-1 a', 'algo-1 b', 'algo-1 c'])
  expect(await read()).toEqual([])
  streams.get(first)?.push([3, 'd'])
  expect(await read()).toEqual(['algo-1 d'])
  const last = sent.filter(({operation}) => operation === 'GetLogEvents').at(-1)
  expect(last?.input).toMatchObject({startFromHead: true, nextToken: 'f/4'})
})

it('a quiet log costs one call a read', async () => {
  const {streams, sent, read} = await openLog()
  streams.set(first, [[1, 'a']])
  await read()
  sent.length = 0
  await read()
  expect(sent.map(({operation}) => operation)).toEqual(['GetLogEvents'])
})

it('an instance that begins later is found, and the lines of all are told in the order of time', async () => {
  const {streams, read} = await openLog()
  streams.set(first, [[1, 'a']])
  await read()
  streams.get(first)?.push([5, 'c'])
  streams.set(second, [[4, 'b']])
  const lines = []
  for (let index = 0; index < 5; index += 1) lines.push(...(await read()))
  expect(lines.toSorted()).toEqual(['algo-1 c', 'algo-2 b'])
})

it('a read that fails half way loses nothing and tells nothing twice', async () => {
  const {streams, failing, read} = await openLog()
  streams.set(first, [
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ])
  streams.set(second, [[4, 'd']])
  failing.push(second)
  await expect(read()).rejects.toMatchObject({code: 'throttled'})
  expect(await read()).toEqual(['algo-1 a', 'algo-1 b', 'algo-1 c', 'algo-2 d'])
})

it('the tail is read from the end, and goes on from there', async () => {
  const {streams, sent, read} = await openLog({tail: 2})
  streams.set(first, [
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ])
  expect(await read()).toEqual(['algo-1 b', 'algo-1 c'])
  streams.get(first)?.push([4, 'd'])
  expect(await read()).toEqual(['algo-1 d'])
  expect(sent.find(({operation}) => operation === 'GetLogEvents')?.input).toMatchObject({
    limit: 2,
    startFromHead: false,
  })
})

it('what comes before the time asked for is not asked for', async () => {
  const {streams, sent, read} = await openLog({fromMs: 1_700_000_000_000})
  streams.set(first, [])
  await read()
  expect(sent.at(-1)?.input).toMatchObject({startTime: 1_700_000_000_000})
})

it('on AWS there is no group for what has none, and it is not asked for', async () => {
  const cloud = await connectCloud({region: 'us-east-1'})
  const log = await cloud.logs.open({kind: 'Tuning', arn: 'arn:aws:sagemaker:us-east-1:1:hyper-parameter-tuning-job/x'})
  expect(await log.read()).toEqual([])
})
