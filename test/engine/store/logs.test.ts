import {readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {setImmediate as nextTurn} from 'node:timers/promises'
import {expect, it} from 'vitest'
import {logPath, openLog, readLog, readLogBackward} from '../../../src/engine/store/logs.ts'
import {tempDir} from '../../support/temp-dir.ts'

function logOf(...lines: string[]): string {
  const path = logPath(tempDir(), 'Processing', 'job')
  const log = openLog(path, () => Date.UTC(2026, 0, 1))
  for (const line of lines) log.write(line)
  log.close()
  return path
}

const messages = (page: {events: readonly {message: string}[]}) => page.events.map(({message}) => message)

it('writes lines that people can read', () => {
  const path = logOf('one\n', 'two\nthree\r\n', '')
  const stamp = '2026-01-01T00:00:00.000Z'
  expect(readFileSync(path, 'utf8')).toBe(`${stamp} one\n${stamp} two\n${stamp} three\n${stamp} \n`)
})

it('makes no file for a job that says nothing', () => {
  const path = join(tempDir(), 'x.log')
  openLog(path, Date.now).close()
  expect(() => readFileSync(path)).toThrow('ENOENT')
})

it('cuts a line that no page could hold', () => {
  const path = logOf('x'.repeat(200_000))
  expect(messages(readLog(path, 0, 10, 1_048_576)).map(({length}) => length)).toEqual([65_536, 65_536, 65_536, 3392])
})

it('reads forwards and backwards in pages that meet', () => {
  const lines = Array.from({length: 100}, (_, index) => `line ${index} ü`)
  const path = logOf(...lines)
  const forward: string[] = []
  let at = 0
  for (let page = readLog(path, at, 7, 500); page.events.length > 0; page = readLog(path, at, 7, 500)) {
    forward.push(...messages(page))
    at = page.end
  }
  expect(forward).toEqual(lines)
  const backward: string[] = []
  for (let page = readLogBackward(path, at, 7, 500); page.events.length > 0; page = readLogBackward(path, at, 7, 500)) {
    backward.unshift(...messages(page))
    at = page.start
  }
  expect(backward).toEqual(lines)
})

it('leaves a line that is still being written for the next page', () => {
  const path = logOf('one')
  const whole = readLog(path, 0, 10, 1000)
  expect(readLog(path, 0, 10, whole.end - 1)).toMatchObject({events: [], end: 0})
})

it('leaves out what a full disk does not take, and says so when it takes something again', async () => {
  const directory = tempDir({logs: 'a file where the folder is to be'})
  const path = logPath(directory, 'Processing', 'job')
  const log = openLog(path, () => Date.UTC(2026, 0, 1))
  log.write('lost')
  log.write('lost too')
  await nextTurn()
  rmSync(join(directory, 'logs'))
  log.write('kept')
  log.close()
  expect(messages(readLog(path, 0, 10, 10_000))).toEqual(['mlpipe: 2 lines of the log could not be written', 'kept'])
})

it('writes a line soon, not only at the end', async () => {
  const path = logPath(tempDir(), 'Processing', 'job')
  const log = openLog(path, Date.now)
  log.write('now')
  await nextTurn()
  expect(messages(readLog(path, 0, 10, 10_000))).toEqual(['now'])
  log.close()
})
