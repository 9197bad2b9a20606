// The engine behind a loopback port, so that clients of other processes and languages can talk to it.

import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import {type Answered, answerRequest, type Door} from './server/answer-request.ts'
import type {Rules} from './server/doorkeeper.ts'
import {createTurns} from './server/turns.ts'

export type ListenOptions = Rules & {
  /** 0 for any that is free. */
  readonly port: number
  readonly host: string
  /** Called after each answer. */
  readonly onAnswered?: (answered: Answered) => void
}

export type HttpServer = {
  readonly port: number
  /**
   * Takes no new requests, and resolves when those under way have been answered; when `graceMs` are over, those that
   * are left are cut off.
   */
  close(graceMs?: number): Promise<void>
}

/** A client that is slow to say what it wants is not waited for. How bodies are waited for stands in request-body.ts. */
const headersTimeoutMs = 20_000

/** Longer than the SDKs keep a connection that nobody uses, so that it is they who close it: no request meets a closed door. */
const keepAliveTimeoutMs = 75_000

/** Nothing sent and nothing taken for so long: the other side is gone. */
const deadConnectionMs = 600_000

const mostConnections = 1000

const usualGraceMs = 5000

export async function listen(engine: Door, options: ListenOptions): Promise<HttpServer> {
  const {port, host, onAnswered, ...rules} = options
  const takeTurn = createTurns()
  let isClosing = false
  const take = (request: IncomingMessage, response: ServerResponse, expectsContinue: boolean) => {
    // After the last answer of a server that closes, its connections are of no use.
    if (isClosing) response.setHeader('connection', 'close')
    answerRequest({engine, rules, takeTurn, request, response, expectsContinue})
      .then(onAnswered)
      .catch(() => response.destroy())
  }
  const server = createServer(
    {headersTimeout: headersTimeoutMs, requestTimeout: 0, keepAliveTimeout: keepAliveTimeoutMs},
    (request, response) => take(request, response, false),
  )
  server.on('checkContinue', (request, response) => take(request, response, true))
  server.maxConnections = mostConnections
  server.timeout = deadConnectionMs

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  // A connection that cannot be accepted, for want of file descriptors, is its client's loss alone.
  server.on('error', () => {})

  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close(graceMs = usualGraceMs) {
      isClosing = true
      const timer = setTimeout(() => server.closeAllConnections(), graceMs)
      return new Promise((resolve) =>
        server.close(() => {
          clearTimeout(timer)
          resolve()
        }),
      )
    },
  }
}
