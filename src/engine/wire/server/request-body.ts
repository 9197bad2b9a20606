// The body of a request on its way to the engine: bounded in size and time, and whole or an error, never cut off unnoticed.

import type {IncomingMessage} from 'node:http'
import {type Readable, Transform} from 'node:stream'
import type {Service} from '../protocol.ts'

export type BodyProblem = 'too-large' | 'too-slow' | 'cut-off'

export type RequestBody = {
  /** Another stream than the request, so that whoever gives it up in the middle does not close the connection. */
  readonly stream: Readable
  /** Why it could not be read to its end. */
  problem(): BodyProblem | undefined
  /** Reads no further. */
  release(): void
}

/** A pipeline definition has a megabyte at most (UpdatePipeline), and its JSON is escaped in JSON. */
const mostBytes = 4 * 1024 * 1024

/** What comes in one piece comes soon; an object takes the time it takes, but something has to come. */
const wholeMs = 120_000
const idleMs = 60_000

/** So much of what nobody wants is read, so that the client gets to read the answer. */
const mostDrained = 16 * 1024 * 1024
const drainMs = 5000

/** A request for a model, which InvokeEndpoint itself measures by what the variant takes. */
const mostModelBytes = 26 * 1024 * 1024

export function mostBytesOf(service: Service | undefined): number {
  if (service === 'runtime.sagemaker') return mostModelBytes
  return service === 's3' ? Number.POSITIVE_INFINITY : mostBytes
}

export function hasBody({headers}: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || declaredBytes({headers}) > 0
}

export function declaredBytes({headers}: Pick<IncomingMessage, 'headers'>): number {
  return Number(headers['content-length'] ?? 0)
}

export function readBody(request: IncomingMessage, service: Service | undefined): RequestBody {
  const limit = mostBytesOf(service)
  let received = 0
  let problem: BodyProblem | undefined

  const stream = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      received += chunk.length
      idle.refresh()
      if (received > limit) fail('too-large')
      else done(null, chunk)
    },
  })
  const fail = (found: BodyProblem) => {
    if (stream.writableFinished || stream.destroyed) return
    problem = found
    letGo(new Error(`The request body is ${found}.`))
  }
  // In this order: a pipe that notices by itself that its end is gone pauses the request, at any later time.
  const letGo = (error?: Error) => {
    request.unpipe(stream)
    stream.destroy(error)
  }
  const idle = setTimeout(() => fail('too-slow'), idleMs)
  const whole = service === 's3' ? undefined : setTimeout(() => fail('too-slow'), wholeMs)
  const cutOff = () => {
    if (!request.complete) fail('cut-off')
  }
  request.once('close', cutOff).once('error', cutOff)
  stream.once('close', () => {
    clearTimeout(idle)
    clearTimeout(whole)
  })
  // Whoever reads is told by the stream itself; an operation that has answered does not read any more.
  stream.on('error', () => {})
  request.pipe(stream)
  return {stream, problem: () => problem, release: () => letGo()}
}

/** Reads on to the end of a body that nobody wants; false when that would take too long, or the client has gone. */
export async function drain(request: IncomingMessage): Promise<boolean> {
  if (request.complete) return true
  if (request.destroyed || declaredBytes(request) > mostDrained) return false
  return new Promise((resolve) => {
    let left = mostDrained
    const timer = setTimeout(() => end(), drainMs)
    const count = (chunk: Uint8Array) => {
      left -= chunk.length
      if (left < 0) end()
    }
    const end = () => {
      clearTimeout(timer)
      request.off('data', count).off('close', end).off('end', end)
      resolve(request.complete)
    }
    request.on('data', count).once('end', end).once('close', end).resume()
  })
}
