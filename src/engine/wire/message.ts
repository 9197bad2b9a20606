// Requests and responses as the engine sees them, whether they came from an SDK client in this process or over HTTP.

import type {Readable} from 'node:stream'
import {gunzipSync} from 'node:zlib'

const mostUnpackedBytes = 16 * 1024 * 1024

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

/** The whole body. */
export async function bodyBytes(body: WireRequest['body']): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bodyChunks(body)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The whole body as text, also when a client packed it, as it does with much data for CloudWatch (Smithy, "requestCompression"). */
export async function bodyText({request, headers}: Incoming): Promise<string> {
  const bytes = await bodyBytes(request.body)
  const isPacked = headers.get('content-encoding')?.split(',').includes('gzip') ?? false
  return (isPacked ? gunzipSync(bytes, {maxOutputLength: mostUnpackedBytes}) : bytes).toString('utf8')
}
