// An engine behind a loopback port, for the clients that come by socket.

import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {openEngine} from '../../src/engine/engine.ts'
import {listen} from '../../src/engine/wire/http-server.ts'
import type {Client} from './client.ts'
import {contract} from './contract.ts'

/** The contract for the client that `connect` makes of an endpoint. */
export function contractOverSocket(connect: (endpoint: string) => Client): void {
  contract(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mlpipe-test-'))
    let aheadMs = 0
    const now = () => Date.now() + aheadMs
    const engine = openEngine({stateDirectory: directory, now, env: {PATH: process.env.PATH}})
    engine.serveBus()
    const server = await listen(engine, {port: 0, host: '127.0.0.1'})
    const client = connect(`http://127.0.0.1:${server.port}`)
    return {
      ...client,
      now,
      turnClock(ms) {
        aheadMs += ms
      },
      async close() {
        await client.close()
        await server.close()
        engine.kill()
        await engine.idle()
        engine.close()
        rmSync(directory, {recursive: true, force: true, maxRetries: 5})
      },
    }
  })
}
