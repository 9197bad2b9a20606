// A process of its own that serves endpoints on a port, which it prints: `endpoint-server.ts <state directory>`.

import {argv, stdout} from 'node:process'
import {openEngine} from '../../../src/engine/engine.ts'
import {listen} from '../../../src/engine/wire/http-server.ts'

const [, , stateDirectory = ''] = argv
const engine = openEngine({stateDirectory, now: Date.now, env: {PATH: process.env.PATH}})
engine.serveEndpoints()
const {port} = await listen(engine, {port: 0, host: '127.0.0.1'})
stdout.write(`${port}\n`)
