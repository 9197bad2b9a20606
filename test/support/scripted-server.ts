// A server on 127.0.0.1 that answers as it is told, and takes down what it was sent.

import {createServer, type IncomingHttpHeaders} from 'node:http'
import type {AddressInfo} from 'node:net'
import {text} from 'node:stream/consumers'
import {onTestFinished} from 'vitest'

export type Received = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Scripted =
  | 'drop'
  | {readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string}

export type ScriptedServer = {readonly url: string; readonly received: Received[]}

/** `script` is asked for every request, with the number of those before it. */
export async function startScripted(script: (request: Received, index: number) => Scripted): Promise<ScriptedServer> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const taken = {method: request.method ?? '', path: request.url ?? '', headers: request.headers, body}
    received.push(taken)
    const answer = script(taken, received.length - 1)
    if (answer === 'drop') return void request.socket.destroy()
    response.writeHead(answer.status ?? 200, answer.headers)
    response.end(request.method === 'HEAD' ? undefined : answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  const {port} = server.address() as AddressInfo
  return {url: `http://127.0.0.1:${port}`, received}
}
