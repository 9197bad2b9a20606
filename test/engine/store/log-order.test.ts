// Several logs as one, and a place in it from which reading goes on.
import {appendFileSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import {readInOrder} from '../../../src/engine/store/log-order.ts'
import {seekLog} from '../../../src/engine/store/logs.ts'
import {tempDir} from '../../support/temp-dir.ts'

const line = (atMs: number, message: string) => `${new Date(atMs).toISOString()} ${message}\n`

function logs(texts: Readonly<Record<string, readonly (readonly [number, string])[]>>) {
  const directory = tempDir()
  mkdirSync(directory, {recursive: true})
  return Object.entries(texts).map(([name, events]) => {
    const path = join(directory, `${name}.log`)
    writeFileSync(path, events.map(([atMs, message]) => line(atMs, message)).join(''))
    return {name, path}
  })
}

const messages = (events: Iterable<{readonly message: string}>) => [...events].map(({message}) => message)

it('events come by time, then by log, then as they were written', () => {
  const both = logs({
    b: [
      [1, 'b1'],
      [3, 'b3'],
      [3, 'b3 again'],
      [9, 'b9'],
    ],
    a: [
      [2, 'a2'],
      [3, 'ä3'],
      [4, 'a4'],
    ],
    empty: [],
  })
  expect(messages(readInOrder(both, {timestampMs: 0}))).toEqual(['b1', 'a2', 'ä3', 'b3', 'b3 again', 'a4', 'b9'])
  expect(messages(readInOrder(both, {timestampMs: 3}))).toEqual(['ä3', 'b3', 'b3 again', 'a4', 'b9'])
})

it('reading goes on after any event, also when the logs have grown', () => {
  const both = logs({
    a: [
      [1, 'one'],
      [1, 'two'],
      [2, 'three'],
    ],
    b: [
      [1, 'four'],
      [2, 'five'],
    ],
  })
  const all = [...readInOrder(both, {timestampMs: 0})]
  for (const [index, event] of all.entries()) {
    expect(messages(readInOrder(both, event))).toEqual(all.slice(index + 1).map(({message}) => message))
  }
  const last = all.at(-1)
  appendFileSync(both[0]?.path ?? '', line(2, 'late, and before the last by name'))
  appendFileSync(both[1]?.path ?? '', line(2, 'late'))
  expect(messages(readInOrder(both, last ?? {timestampMs: 0}))).toEqual(['late'])
})

it('a time is found in a long log without reading it from the beginning', () => {
  const events = Array.from({length: 60_000}, (_, index) => [index * 10, `event ${index} ${'x'.repeat(40)}`] as const)
  const [log = {name: '', path: ''}] = logs({long: events})
  const place = seekLog(log.path, 400_000)
  expect(place).toBeGreaterThan(2_000_000)
  const [first] = readInOrder([log], {timestampMs: 400_000})
  expect(first).toMatchObject({timestampMs: 400_000, message: expect.stringMatching(/^event 40000 /)})
})
