// The engine in the place of an SDK client's HTTP handler: real serialisation, no socket.
// The types are structural, so that nothing of the AWS SDK is imported here.

import {Readable} from 'node:stream'
import type {WireRequest, WireResponse} from './message.ts'

type EngineDoor = {handle(request: WireRequest): Promise<WireResponse>}

type SdkRequest = {
  readonly method: string
  readonly hostname: string
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

type SdkResponse = {statusCode: number; headers: Record<string, string>; body: Readable}

/** What a client's `requestHandler` option takes. */
export type SdkRequestHandler = {
  readonly metadata: {readonly handlerProtocol: string}
  handle(request: SdkRequest): Promise<{response: SdkResponse}>
  updateHttpClientConfig(): void
  httpHandlerConfigs(): Record<string, never>
  destroy(): void
}

export function requestHandler(engine: EngineDoor): SdkRequestHandler {
  return {
    metadata: {handlerProtocol: 'http/1.1'},
    async handle({method, hostname, path, query = {}, headers, body}) {
      const request = {method, hostname, path, query, headers, body: toWireBody(body), isInProcess: true}
      const answer = await engine.handle(request)
      return {response: {statusCode: answer.statusCode, headers: {...answer.headers}, body: toStream(answer.body)}}
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  }
}

function toWireBody(body: unknown): WireRequest['body'] {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string' || body instanceof Uint8Array || body instanceof Readable) return body
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  throw new TypeError('a request body must be text, bytes or a stream')
}

/** SDK clients read a stream, as from a socket. */
function toStream(body: WireResponse['body']): Readable {
  if (body instanceof Readable) return body
  return Readable.from(body && body.length > 0 ? [Buffer.from(body)] : [], {objectMode: false})
}
