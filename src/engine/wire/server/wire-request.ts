// A request of Node's server as the engine sees it, without its body.

import type {IncomingMessage} from 'node:http'
import type {WireRequest} from '../message.ts'

export function wireRequest(request: IncomingMessage): WireRequest {
  const {method = 'GET', url = '/'} = request
  const at = url.indexOf('?')
  const [path, search] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)]
  const headers = readHeaders(request)
  return {method, hostname: headers['host'] ?? '', path, query: readQuery(search), headers}
}

/** A header that comes twice is one with a list (RFC 9110, section 5.3); a second Host makes a host that nobody has. */
function readHeaders({headersDistinct}: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headersDistinct).map(([name, values]) => [name, values?.join(', ') ?? ''] as const)
  return Object.fromEntries(entries)
}

/** A name that comes twice has a list. */
function readQuery(search: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URLSearchParams(search)) {
    const before = query[name]
    query[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
  }
  return query
}
