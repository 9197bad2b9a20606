// What the streams can show: columns, colours, movement.

import type {Screen} from '../views/view.ts'

type Env = Readonly<Record<string, string | undefined>>
type Stream = {readonly isTTY?: boolean; readonly columns?: number}

/** A pipe or a file has no width: nothing is cut there unless COLUMNS says so. */
export function screenOf(stream: Stream, env: Env, noColour: boolean): Screen {
  const columns = Number(env['COLUMNS'])
  const width = Number.isInteger(columns) && columns > 0 ? columns : (stream.isTTY && stream.columns) || Infinity
  return {width, colour: hasColour(stream, env, noColour)}
}

/** FORCE_COLOR over NO_COLOR (https://no-color.org), as Node.js has it; then whether it is a terminal. */
function hasColour(stream: Stream, env: Env, noColour: boolean): boolean {
  if (noColour) return false
  const force = env['FORCE_COLOR']
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false'
  if (env['NO_COLOR']) return false
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}

/** Whether lines may be drawn over: a terminal that is not a CI log. */
export function canMove(stream: Stream, env: Env): boolean {
  return stream.isTTY === true && env['TERM'] !== 'dumb' && !env['CI']
}

/** oclif's reading of a boolean in an environment variable. */
export function isTruthy(text: string | undefined): boolean {
  return text !== undefined && ['true', '1', 'yes', 'y'].includes(text.toLowerCase())
}

/** Whether --json was given, found without parsing, so that even a parse error comes in the wanted format. */
export function wantsJson(argv: readonly string[], env: Env): boolean {
  const end = argv.indexOf('--')
  const flags = end === -1 ? argv : argv.slice(0, end)
  return flags.includes('--json') || isTruthy(env['MLPIPE_JSON'])
}
