// What is said of a state directory that cannot be used: a reset is proposed only where it could help.
import {expect, it} from 'vitest'
import {openState} from '../../src/cli/open-state.ts'

const failing = (code: string) => () => {
  throw Object.assign(new Error('attempt to write a readonly database'), {code})
}

it.each([
  ['SQLITE_READONLY', 'you may not write its files'],
  ['SQLITE_READONLY_DIRECTORY', 'you may not write its files'],
  ['SQLITE_CANTOPEN', 'you may not open its files'],
  ['EACCES', 'permission denied'],
])('%s is told in words, and nothing is to be deleted for it', (code, words) => {
  expect(() => openState('/state', failing(code))).toThrow(
    expect.objectContaining({message: `the embedded engine cannot use its state in /state: ${words}`, nextSteps: []}),
  )
})

it('proposes a reset where the database itself is broken', () => {
  expect(() => openState('/state', failing('SQLITE_CORRUPT'))).toThrow(
    expect.objectContaining({nextSteps: [expect.stringContaining('mlpipe local reset')]}),
  )
})

it('lets mistakes of its own through', () => {
  const mistake = new TypeError('a mistake')
  expect(() =>
    openState('/state', () => {
      throw mistake
    }),
  ).toThrow(mistake)
})
