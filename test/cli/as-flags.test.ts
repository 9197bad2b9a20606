import {expect, it} from 'vitest'
import {asFlags} from '../../src/cli/as-flags.ts'

it.each([
  [['help'], ['--help']],
  [
    ['help', 'executions', 'logs'],
    ['executions', 'logs', '--help'],
  ],
  [['version'], ['--version']],
  [
    ['run', 'help'],
    ['run', 'help'],
  ],
  [[], []],
])('%j means %j', (typed, meant) => {
  expect(asFlags(typed)).toEqual(meant)
})
