import {describe, expect, it} from 'vitest'
import {canMove, screenOf, wantsJson} from '../../src/cli/terminal.ts'

const terminal = {isTTY: true, columns: 100}
const pipe = {}

describe('width', () => {
  it.each([
    ['of the terminal', terminal, {}, 100],
    ['COLUMNS goes over it', terminal, {COLUMNS: '40'}, 40],
    ['COLUMNS counts in a pipe too', pipe, {COLUMNS: '40'}, 40],
    ['a pipe cuts nothing', pipe, {}, Number.POSITIVE_INFINITY],
    ['COLUMNS that is no number is ignored', terminal, {COLUMNS: 'wide'}, 100],
    ['a terminal that does not know its width', {isTTY: true, columns: 0}, {}, Number.POSITIVE_INFINITY],
  ])('%s', (_name, stream, env, width) => {
    expect(screenOf(stream, env, false).width).toBe(width)
  })
})

describe('colour', () => {
  // https://no-color.org; FORCE_COLOR as in the documentation of Node.js (tty, getColorDepth)
  it.each([
    ['on a terminal', terminal, {}, false, true],
    ['not in a pipe', pipe, {}, false, false],
    ['not with NO_COLOR', terminal, {NO_COLOR: '1'}, false, false],
    ['an empty NO_COLOR does not count', terminal, {NO_COLOR: ''}, false, true],
    ['FORCE_COLOR in a pipe', pipe, {FORCE_COLOR: '1'}, false, true],
    ['FORCE_COLOR over NO_COLOR', pipe, {FORCE_COLOR: '1', NO_COLOR: '1'}, false, true],
    ['FORCE_COLOR=0 means none', terminal, {FORCE_COLOR: '0'}, false, false],
    ['not with --no-color', terminal, {FORCE_COLOR: '1'}, true, false],
    ['not on a dumb terminal', terminal, {TERM: 'dumb'}, false, false],
  ])('%s', (_name, stream, env, noColour, colour) => {
    expect(screenOf(stream, env, noColour).colour).toBe(colour)
  })
})

it.each([
  ['a terminal', terminal, {}, true],
  ['a pipe', pipe, {}, false],
  ['a CI log', terminal, {CI: 'true'}, false],
  ['a dumb terminal', terminal, {TERM: 'dumb'}, false],
])('lines move on %s: %s', (_name, stream, env, moves) => {
  expect(canMove(stream, env)).toBe(moves)
})

it.each([
  ['the flag', ['-t', 'x', '--json'], {}, true],
  ['not behind --', ['--', '--json'], {}, false],
  ['the variable', [], {MLPIPE_JSON: '1'}, true],
  ['an empty variable', [], {MLPIPE_JSON: ''}, false],
  ['neither', ['--jsonx'], {}, false],
])('JSON is wanted by %s', (_name, argv, env, wanted) => {
  expect(wantsJson(argv, env)).toBe(wanted)
})
