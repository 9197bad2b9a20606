import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {expect, it} from 'vitest'
import {isAlive, ownIdentity} from '../../../src/engine/store/process-identity.ts'

it('knows this process as alive', () => {
  expect(isAlive(ownIdentity())).toBe(true)
})

it('tells a process from an earlier one that had the same id', () => {
  expect(isAlive({...ownIdentity(), start: '1'})).toBe(false)
})

it('knows an ended process as dead', async () => {
  const child = spawn('true')
  const pid = child.pid ?? 0
  await once(child, 'exit')
  expect(isAlive({pid, start: '1'})).toBe(false)
})
