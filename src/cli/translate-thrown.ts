// What oclif and Node.js throw for mistakes that are the user's or the machine's, as MlpipeError.

import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {nearestName, suggestName} from '../text/nearest-name.ts'
import {exitCodes} from './exit-codes.ts'
import {systemProblem} from './system-problem.ts'

export type CommandShape = {
  /** As it is typed, without `mlpipe`. */
  readonly id: string
  readonly flags: readonly string[]
}

/** An MlpipeError where the cause is known; everything else comes back as it was. */
export function translateThrown(error: unknown, command: CommandShape): unknown {
  if (error instanceof MlpipeError || !(error instanceof Error)) return error
  return parseError(error, command) ?? systemError(error) ?? error
}

/** `mlpipe typo`: oclif found no such command. With blanks between topic and command, arguments look like a name too. */
export function unknownCommand(typed: string, commands: readonly string[], topics: readonly string[]): MlpipeError {
  if (typed.startsWith('-')) {
    const message = `flags come after the command, as in mlpipe validate ${typed}`
    return new MlpipeError({code: 'unknown-command', message, nextSteps: ['mlpipe --help']})
  }
  const command = commands.find((name) => typed.startsWith(`${name} `))
  if (command !== undefined) return unexpectedArgument(command, typed.slice(command.length + 1))

  const nearest = nearestName(typed, [...commands, ...topics])
  return new MlpipeError({
    code: 'unknown-command',
    message: `"${typed}" is not a command of mlpipe${nearest === undefined ? '' : `: did you mean "${nearest}"?`}`,
    nextSteps: [nearest === undefined ? 'mlpipe --help' : `mlpipe ${nearest}`],
  })
}

/** oclif's errors carry `oclif`, the parser's also `parse`; which one it is shows in their other members (oclif core 4). */
function parseError(error: Error, {id, flags}: CommandShape): MlpipeError | undefined {
  if (!('parse' in error) && !('oclif' in error)) return undefined

  const nextSteps = helpOf(id)
  if ('flags' in error && Array.isArray(error.flags)) {
    const messages = error.flags.map((flag) => unknownFlag(String(flag), flags))
    return new MlpipeError({code: 'unknown-flag', message: messages.join('\n'), nextSteps})
  }
  if ('args' in error && Array.isArray(error.args)) {
    const names = error.args.map((arg: unknown) => (typeof arg === 'string' ? arg : argumentName(arg)))
    const isMissing = error.args.some((arg: unknown) => typeof arg !== 'string')
    const list = names.join(', ')
    if (!isMissing) return unexpectedArgument(id, list)
    return new MlpipeError({code: 'missing-argument', message: `mlpipe ${id} needs ${list}`, nextSteps})
  }
  return new MlpipeError({code: 'usage', message: ownWords(error.message), nextSteps})
}

function unexpectedArgument(id: string, argument: string): MlpipeError {
  const message = `mlpipe ${id} does not take "${argument}"`
  return new MlpipeError({code: 'unexpected-argument', message, nextSteps: helpOf(id)})
}

function helpOf(id: string): string[] {
  return [`mlpipe ${id} --help`]
}

function unknownFlag(flag: string, known: readonly string[]): string {
  const suggestion = flag.startsWith('--')
    ? suggestName(
        flag,
        known.map((name) => `--${name}`),
      )
    : undefined
  return `there is no flag ${flag}${suggestion?.startsWith('did') ? `: ${suggestion}` : ''}`
}

function argumentName(arg: unknown): string {
  return typeof arg === 'object' && arg !== null && 'name' in arg ? String(arg.name).toUpperCase() : ''
}

/** oclif's sentence without its hint and its capital. */
function ownWords(message: string): string {
  const text = message
    .replace(/\nSee more help with --help$/, '')
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/^Parsing (--\S+)\s+/, '$1: ')
    .replace(/: Expected /g, ': expected ')
    .trim()
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

function systemError(error: Error): MlpipeError | undefined {
  if (!('syscall' in error)) return undefined
  const problem = systemProblem(error)
  if (problem === undefined) return undefined
  const path = 'path' in error && typeof error.path === 'string' ? ` ${error.path}` : ''
  const message = `cannot ${String(error.syscall)}${path}: ${problem}`
  return new MlpipeError({code: 'system-refused', message, exit: exitCodes.service, cause: error})
}
