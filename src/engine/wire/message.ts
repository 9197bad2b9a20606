// Requests and responses as the engine sees them, whether they came from an SDK client in this process or over HTTP.

import type {Readable} from 'node:stream'

export type WireRequest = {
  readonly method: string
  readonly hostname: string
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[] | null>>
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string | Readable | undefined
  /** From a client in this process, which is mlpipe's own; absent for what came over a socket. */
  readonly isInProcess?: boolean
}

export type WireResponse = {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | Readable
  /** What was asked for, where only the body of the request says so; for logs. */
  readonly operation?: string
}

/** A request with what both protocols need of it. */
export type Incoming = {
  readonly request: WireRequest
  readonly headers: ReadonlyMap<string, string>
  readonly requestId: string
}

/** The request's headers by lower-case name. */
export function lowerCaseHeaders(request: WireRequest): ReadonlyMap<string, string> {
  return new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** The body as a sequence of chunks, whatever form it came in. */
export async function* bodyChunks(body: WireRequest['body']): AsyncGenerator<Uint8Array> {
  if (body === undefined) return
  if (typeof body === 'string') yield Buffer.from(body)
  else if (body instanceof Uint8Array) yield body
  else for await (const chunk of body) yield typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array)
}

/** The whole body as text. */
export async function bodyText(body: WireRequest['body']): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bodyChunks(body)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
