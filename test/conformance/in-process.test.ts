// The contract, held by the JavaScript SDK with the engine in place of its HTTP handler: what `mlpipe` does on `local`.

import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {openEngine} from '../../src/engine/engine.ts'
import {requestHandler} from '../../src/engine/wire/request-handler.ts'
import {contract} from './contract.ts'
import {sdkClient} from './sdk-client.ts'

contract(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'mlpipe-test-'))
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const engine = openEngine({stateDirectory: directory, now, env: {PATH: process.env.PATH}})
  engine.serveBus()
  const client = sdkClient({requestHandler: requestHandler(engine)})
  return {
    ...client,
    now,
    turnClock(ms) {
      aheadMs += ms
    },
    async close() {
      await client.close()
      engine.kill()
      await engine.idle()
      engine.close()
      rmSync(directory, {recursive: true, force: true, maxRetries: 5})
    },
  }
})
