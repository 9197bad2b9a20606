// The engine behind a loopback port, so that clients of other processes and languages can talk to it.

import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import type {WireRequest, WireResponse} from './message.ts'

type EngineDoor = {handle(request: WireRequest): Promise<WireResponse>}

export type HttpServer = {
  readonly port: number
  /** Takes no new requests, and resolves when those under way have been answered. */
  close(): Promise<void>
}

export async function listen(engine: EngineDoor, {port, host}: {port: number; host: string}): Promise<HttpServer> {
  const server = createServer((request, response) => {
    void answer(engine, request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function answer(engine: EngineDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const {statusCode, headers, body} = await engine.handle(wireRequest(request))
  response.writeHead(statusCode, headers)
  if (body instanceof Readable) await pipeline(body, response).catch(() => response.destroy())
  else response.end(body)
}

function wireRequest(request: IncomingMessage): WireRequest {
  const [path = '/', search = ''] = splitOnce(request.url ?? '/', '?')
  const headers: Record<string, string> = {}
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    headers[(request.rawHeaders[at] ?? '').toLowerCase()] = request.rawHeaders[at + 1] ?? ''
  }
  const query = Object.fromEntries(new URLSearchParams(search))
  return {method: request.method ?? 'GET', hostname: request.headers.host ?? '', path, query, headers, body: request}
}

function splitOnce(text: string, at: string): string[] {
  const index = text.indexOf(at)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}
