// A proxy on 127.0.0.1 that spoils a share of what passes through it, by a seed: AWS_ENDPOINT_URL=<url> leads any program there.

import {createServer, type IncomingMessage, request as openRequest, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {buffer} from 'node:stream/consumers'
import {setTimeout as delay} from 'node:timers/promises'
import {type Random, seededRandom} from './seeded-random.ts'

/** `truncated`: the connection ends in the middle of the body; `shortened`: the body ends early, and says so. */
export const faults = [
  'dropped-before',
  'dropped-after',
  'delayed',
  'truncated',
  'shortened',
  'throttled',
  'failed-500',
  'unavailable-503',
  'expired-token',
  'html-502',
] as const

export type Fault = (typeof faults)[number]

export type FaultProxy = {
  readonly port: number
  readonly url: string
  /** How often each fault was made. */
  readonly made: ReadonlyMap<Fault, number>
  close(): Promise<void>
}

export type FaultProxyOptions = {
  readonly upstreamPort: number
  readonly seed: number
  /** The share of requests that each fault befalls, such as 0.05. */
  readonly rates: Readonly<Partial<Record<Fault, number>>>
  readonly longestDelayMs?: number
}

type Answer = {readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer}

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const randoms = new Map<string, Random>()
  const made = new Map<Fault, number>()
  // Each access key has numbers of its own, so that clients at the same time do not mix theirs up.
  const randomOf = (key: string): Random => {
    const random =
      randoms.get(key) ?? seededRandom([...key].reduce((sum, char) => sum * 31 + char.charCodeAt(0), options.seed))
    randoms.set(key, random)
    return random
  }
  const server = createServer((incoming, outgoing) => {
    const [, key = ''] = /Credential=([^/]+)/.exec(incoming.headers.authorization ?? '') ?? []
    const random = randomOf(key)
    const fault = chooseFault(options.rates, random)
    if (fault) made.set(fault, (made.get(fault) ?? 0) + 1)
    const delayMs = fault === 'delayed' ? random.below(options.longestDelayMs ?? 30) : 0
    pass(incoming, outgoing, fault, {...options, delayMs}).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    made,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function chooseFault(rates: FaultProxyOptions['rates'], random: Random): Fault | undefined {
  let rest = random.next()
  return faults.find((fault) => {
    rest -= rates[fault] ?? 0
    return rest < 0
  })
}

type Passing = {readonly upstreamPort: number; readonly delayMs: number}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fault: Fault | undefined,
  {upstreamPort, delayMs}: Passing,
): Promise<void> {
  if (fault === 'dropped-before') return void incoming.socket.destroy()
  const made = fault && madeUp(fault, incoming)
  if (made) {
    incoming.resume()
    return reply(outgoing, made)
  }
  await delay(delayMs)
  const answer = await forward(incoming, upstreamPort)
  if (fault === 'dropped-after') return void incoming.socket.destroy()
  // A shorter object with the right length is another object, and nothing but a checksum can tell: those are truncated.
  const isDocument = /json|xml/.test(answer.headers['content-type'] ?? '')
  if (fault === 'shortened' && isDocument) return reply(outgoing, {...answer, body: firstHalf(answer.body)})
  if (fault === 'truncated' || fault === 'shortened') {
    outgoing.writeHead(answer.status, {...answer.headers, 'content-length': answer.body.length})
    return void outgoing.write(firstHalf(answer.body), () => incoming.socket.destroy())
  }
  reply(outgoing, answer)
}

async function forward(incoming: IncomingMessage, port: number): Promise<Answer> {
  const body = await buffer(incoming)
  const {method, url: path} = incoming
  const headers = {...incoming.headers, 'content-length': String(body.length)}
  return new Promise((resolve, reject) => {
    const request = openRequest({host: '127.0.0.1', port, method, path, headers}, (response) => {
      buffer(response).then(
        (bytes) => resolve({status: response.statusCode ?? 0, headers: plainHeaders(response), body: bytes}),
        reject,
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

function plainHeaders(response: IncomingMessage): Record<string, string> {
  const kept = Object.entries(response.headers).filter(
    ([name]) => !['content-length', 'transfer-encoding', 'connection', 'keep-alive'].includes(name),
  )
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}

function reply(outgoing: ServerResponse, {status, headers, body}: Answer): void {
  outgoing.writeHead(status, {...headers, 'content-length': body.length})
  outgoing.end(body)
}

function firstHalf(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2))
}

const htmlPage = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'

/** Answers that the service never gave, in the shape of its protocol: AWS JSON, S3's XML, or the Query protocol's. */
function madeUp(fault: Fault, incoming: IncomingMessage): Answer | undefined {
  switch (fault) {
    case 'throttled':
      return isS3(incoming)
        ? errorAnswer(incoming, 503, 'SlowDown', 'Please reduce your request rate.')
        : errorAnswer(incoming, 400, 'ThrottlingException', 'Rate exceeded')
    case 'failed-500':
      return errorAnswer(incoming, 500, isS3(incoming) ? 'InternalError' : 'InternalFailure', 'We had a problem.')
    case 'unavailable-503':
      return errorAnswer(incoming, 503, 'ServiceUnavailable', 'Try again.')
    case 'expired-token':
      return errorAnswer(incoming, 400, isS3(incoming) ? 'ExpiredToken' : 'ExpiredTokenException', 'It has expired.')
    case 'html-502':
      return {status: 502, headers: {'content-type': 'text/html'}, body: Buffer.from(htmlPage)}
    default:
      return undefined
  }
}

function errorAnswer(incoming: IncomingMessage, status: number, code: string, message: string): Answer {
  if (incoming.headers['x-amz-target'] !== undefined) {
    const body = Buffer.from(JSON.stringify({__type: code, message}))
    return {status, headers: {'content-type': 'application/x-amz-json-1.1'}, body}
  }
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  const xml = isS3(incoming) ? error : `<ErrorResponse>${error}</ErrorResponse>`
  return {
    status,
    headers: {'content-type': 'application/xml'},
    body: Buffer.from(incoming.method === 'HEAD' ? '' : xml),
  }
}

function isS3({headers}: IncomingMessage): boolean {
  return headers['x-amz-target'] === undefined && /\/s3\/aws4_request/.test(headers.authorization ?? '')
}
