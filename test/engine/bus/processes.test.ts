// Several processes at the deliveries of one state directory, and some that are killed over them: each is started once.

import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'
import {expect, it, onTestFinished} from 'vitest'
import {openDatabase} from '../../../src/engine/store/database.ts'
import {findDue, insertDelivery} from '../../../src/engine/store/deliveries.ts'
import {pipelineArn, triggerRoleArn} from '../support/event-clients.ts'
import {type LocalCloud, localCloud, putPipeline, until} from '../support/local-cloud.ts'
import {executionsOf, putRule, quick, sendEvents, serveBus} from './bus-fixture.ts'

const script = fileURLToPath(new URL('../support/bus-server.ts', import.meta.url))

async function busServer({stateDirectory}: LocalCloud, ...argv: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', script, stateDirectory, ...argv], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let lines: string[] = []
  let printed = ''
  child.stdout.on('data', (data) => {
    printed += String(data)
    lines = printed.split('\n').slice(0, -1)
  })
  const ended = once(child, 'close').then(([, signal]) => signal as string | null)
  await until(() => lines.includes('serving'))
  return {ended, started: () => lines.filter((line) => line === 'started').length}
}

/** How many are still to be delivered. */
function countWaiting({stateDirectory}: LocalCloud): number {
  const db = openDatabase(stateDirectory)
  try {
    return findDue(db, Date.now(), 1000).length
  } finally {
    db.close()
  }
}

/** The ids of the events by which executions were started. */
function startedEvents({stateDirectory}: LocalCloud): string[] {
  const db = openDatabase(stateDirectory)
  try {
    const rows = db.all<{description: string}>('SELECT description FROM executions')
    return rows.map(({description}) => description.replace('Started by rule r, event ', ''))
  } finally {
    db.close()
  }
}

/** Of events that came while a server was there. */
function writeDeliveries({stateDirectory}: LocalCloud, count: number): string[] {
  const ids = Array.from({length: count}, (_, index) => `event-${index}`)
  const target = JSON.stringify({Id: 'pipeline', Arn: pipelineArn, RoleArn: triggerRoleArn})
  const sourceArn = 'arn:aws:events:us-east-1:000000000000:rule/r'
  const db = openDatabase(stateDirectory)
  db.transaction(() => {
    for (const id of ids) {
      const event = JSON.stringify({id, detail: {}})
      insertDelivery(db, {id: `${id}/${sourceArn}/pipeline`, sourceArn, target, event, createdAtMs: Date.now()})
    }
  })
  db.close()
  return ids
}

async function withRule(): Promise<LocalCloud> {
  const cloud = localCloud()
  await putPipeline(cloud, 'train', quick)
  await putRule(cloud)
  return cloud
}

it('a server that is killed amid 200 deliveries, again and again, starts each of them once', {
  timeout: 180_000,
}, async () => {
  const cloud = await withRule()
  const ids = writeDeliveries(cloud, 200)
  const first = await busServer(cloud, '40', 'inside')
  expect(await first.ended).toBe('SIGKILL')
  expect(countWaiting(cloud)).toBe(200 - 39)
  expect(await executionsOf(cloud)).toHaveLength(39)

  const second = await busServer(cloud, '60', 'behind')
  expect(await second.ended).toBe('SIGKILL')
  expect(countWaiting(cloud)).toBe(200 - 39 - 60)

  const reports = serveBus(cloud)
  await cloud.engine.idle()
  expect(countWaiting(cloud)).toBe(0)
  expect(reports).toHaveLength(200 - 39 - 60)
  expect(startedEvents(cloud).sort()).toEqual([...ids].sort())
})

it('two servers at once share the work, and do none of it twice', {timeout: 180_000}, async () => {
  const cloud = await withRule()
  const servers = await Promise.all([busServer(cloud), busServer(cloud)])
  const ids = await sendEvents(cloud, 100)
  const started = () => servers.map((server) => server.started())
  await until(() => countWaiting(cloud) === 0)
  await until(() => started().reduce((sum, count) => sum + count, 0) === 100)
  expect(Math.min(...started())).toBeGreaterThan(0)
  expect(startedEvents(cloud).sort()).toEqual([...ids].sort())
})
