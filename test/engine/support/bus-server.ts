// A process of its own that serves the bus: `bus-server.ts <state directory> [<count> inside|behind]`. Each delivery is a line. With a
// count it kills itself at that delivery: inside its transaction, when the start is written, or behind it, before the line.

import {argv, kill, pid, stdout} from 'node:process'
import {deliver} from '../../../src/engine/bus/deliver.ts'
import {openEngine} from '../../../src/engine/engine.ts'

const [, , stateDirectory = '', count = '0', moment = ''] = argv
const engine = openEngine({stateDirectory, now: Date.now, env: {PATH: process.env.PATH}})
let attempts = 0
const dieAt = (place: string) => {
  if (attempts === Number(count) && moment === place) kill(pid, 'SIGKILL')
}
engine.serveBus({
  deliver(...args) {
    attempts += 1
    const outcome = deliver(...args)
    dieAt('inside')
    return outcome
  },
  onDelivered(report) {
    dieAt('behind')
    stdout.write(`${report.kind}\n`)
  },
})
stdout.write('serving\n')
// Its poll keeps no process alive.
setInterval(() => {}, 60_000)
