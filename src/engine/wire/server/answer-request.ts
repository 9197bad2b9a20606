// One request over a socket, from its headers to the end of its answer. Whatever goes wrong is an answer, or a closed
// connection when nobody is there to read one.

import {randomUUID} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {bodyBytes, type Incoming, lowerCaseHeaders, type WireRequest, type WireResponse} from '../message.ts'
import {type Service, serviceOf} from '../protocol.ts'
import {type Rules, turnAway} from './doorkeeper.ts'
import {type Refusal, renderRefusal} from './refusal.ts'
import {declaredBytes, drain, hasBody, mostBytesOf, type RequestBody, readBody} from './request-body.ts'
import type {TakeTurn} from './turns.ts'
import {wireRequest} from './wire-request.ts'

export type Door = {handle(request: WireRequest): Promise<WireResponse>}

/** For a log of requests: nothing in it is secret. */
export type Answered = {
  readonly method: string
  readonly service: Service | 'unknown'
  /** The operation's name, or the path where the protocol has none. */
  readonly operation: string
  readonly status: number
  readonly ms: number
}

export type Exchange = {
  readonly engine: Door
  readonly rules: Rules
  readonly takeTurn: TakeTurn
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The client waits for leave before it sends the body (RFC 9110, section 10.1.1). */
  readonly expectsContinue: boolean
}

export async function answerRequest(exchange: Exchange): Promise<Answered> {
  const {request, response, rules, expectsContinue} = exchange
  const started = performance.now()
  const bare = wireRequest(request)
  const incoming: Incoming = {request: bare, headers: lowerCaseHeaders(bare), requestId: randomUUID()}
  const service = serviceOf(incoming)

  const refusal = turnAway(incoming, rules) ?? refuseSize(request, service)
  const answer = refusal ? renderRefusal(refusal, incoming) : await askEngine(exchange, incoming, service)
  const isUnread = refusal !== undefined && expectsContinue
  const isWhole = !hasBody(request) || (!isUnread && (await drain(request)))
  if (!isWhole && !response.headersSent) response.setHeader('connection', 'close')
  await send(answer, request, response)

  return {
    method: bare.method,
    service: service ?? 'unknown',
    operation: incoming.headers.get('x-amz-target')?.split('.')[1] ?? answer.operation ?? bare.path,
    status: answer.statusCode,
    ms: Math.round(performance.now() - started),
  }
}

function refuseSize(request: IncomingMessage, service: Service | undefined): Refusal | undefined {
  return declaredBytes(request) > mostBytesOf(service) ? tooLarge(service) : undefined
}

function tooLarge(service: Service | undefined): Refusal {
  return {kind: 'too-large', message: `The request body has more than ${mostBytesOf(service)} bytes.`}
}

async function askEngine(
  {engine, takeTurn, request, response, expectsContinue}: Exchange,
  incoming: Incoming,
  service: Service | undefined,
): Promise<WireResponse> {
  if (expectsContinue) response.writeContinue()
  const body = hasBody(request) ? readBody(request, service) : undefined
  try {
    // An object is passed on as it comes, a request for the database when it is whole.
    const whole = service === 's3' ? body?.stream : await bodyBytes(body?.stream)
    if (service !== 's3') await takeTurn()
    const answer = await engine.handle({...incoming.request, body: whole})
    const refusal = refuseBody(body, service)
    if (!refusal) return answer
    discard(answer)
    return renderRefusal(refusal, incoming)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return renderRefusal(refuseBody(body, service) ?? {kind: 'failed', message}, incoming)
  } finally {
    body?.release()
  }
}

function refuseBody(body: RequestBody | undefined, service: Service | undefined): Refusal | undefined {
  switch (body?.problem()) {
    case 'too-large':
      return tooLarge(service)
    case 'too-slow':
      return {kind: 'too-slow', message: 'The rest of the request body did not come in time.'}
    case 'cut-off':
      return {kind: 'bad-request', message: 'The request body ended before its end.'}
    case undefined:
      return undefined
  }
}

async function send(answer: WireResponse, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const {statusCode, headers, body} = answer
  if (response.destroyed) {
    discard(answer)
    return
  }
  response.writeHead(statusCode, headers)
  if (request.method === 'HEAD') {
    discard(answer)
    response.end()
  } else if (body instanceof Readable) {
    // A client that goes away, or a file that does: the connection is closed, and the client sees half an answer as that.
    await pipeline(body, response).catch(() => response.destroy())
  } else response.end(body)
}

/** Lets go of the file behind an answer that nobody reads. */
function discard({body}: WireResponse): void {
  if (body instanceof Readable) body.on('error', () => {}).destroy()
}
