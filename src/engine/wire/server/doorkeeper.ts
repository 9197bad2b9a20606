// Who may talk to the engine over a socket. Whoever can reach a loopback port need not be a program of this user: a web
// page that is open in a browser reaches it too, by a name of its own that leads here (DNS rebinding), or by posting across
// origins. Both show in headers that a page cannot choose.

import {createHash, timingSafeEqual} from 'node:crypto'
import type {Incoming} from '../message.ts'
import type {Refusal} from './refusal.ts'

export type Rules = {
  /** What clients have to give as their access key id. */
  readonly token?: string
  /** The server stands open to other machines, which call it by any name; the token keeps the others out. */
  readonly isRemote?: boolean
}

/** Any port will do: one that is forwarded from elsewhere has another number, and no page can have these names. */
const loopback = /^(?:(?:[a-z0-9_.-]+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i

export function isLoopback(host: string): boolean {
  return loopback.test(host)
}

/** Undefined for a request that may come in. */
export function turnAway(incoming: Incoming, {token, isRemote = false}: Rules): Refusal | undefined {
  const {headers, request} = incoming
  if (!request.path.startsWith('/')) return refuse('bad-request', 'The request target is not a path of this server.')

  const host = headers.get('host') ?? ''
  if (!isRemote && !isLoopback(host)) {
    return refuse('forbidden', `The host [${host}] is not this machine: call it localhost or 127.0.0.1.`)
  }
  const origin = headers.get('origin')
  if (origin !== undefined && !isLoopbackOrigin(origin)) {
    return refuse('forbidden', `Web pages of [${origin}] may not use this server.`)
  }
  if (token !== undefined && !isSame(accessKeyOf(incoming), token)) {
    return refuse('wrong-token', 'The access key id of the request is not the token of this server.')
  }
  return undefined
}

function refuse(kind: Refusal['kind'], message: string): Refusal {
  return {kind, message}
}

function isLoopbackOrigin(origin: string): boolean {
  const host = /^https?:\/\/(.+)$/i.exec(origin)?.[1]
  return host !== undefined && isLoopback(host)
}

/** Signature Version 4 gives it in the Authorization header, or in the query of a presigned URL. */
export function accessKeyOf({headers, request}: Incoming): string {
  const signed = headers.get('authorization') ?? `Credential=${request.query['X-Amz-Credential'] ?? ''}`
  return /Credential=([^/,\s]+)\//.exec(signed)?.[1] ?? ''
}

function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}
