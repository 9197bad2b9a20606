// oclif calls this when no command has the name that was typed.

import type {Hook} from '@oclif/core/hooks'
import {errorToJson, exitOf, renderError} from './render-error.ts'
import {screenOf, wantsJson} from './terminal.ts'
import {unknownCommand} from './translate-thrown.ts'

const commandNotFound: Hook<'command_not_found'> = async ({id, argv = [], config}) => {
  const commands = config.commands.filter(({hidden}) => !hidden).map((command) => asTyped(command.id))
  const topics = config.topics.map(({name}) => asTyped(name))
  const error = unknownCommand(asTyped(id), commands, topics)
  const {version} = config
  const colour = screenOf(process.stderr, process.env, argv.includes('--no-color')).colour
  if (wantsJson(argv, process.env)) process.stdout.write(`${JSON.stringify(errorToJson(error, version), null, 2)}\n`)
  else process.stderr.write(`${renderError(error, {colour, verbose: false, version})}\n`)
  process.exitCode = exitOf(error)
}

function asTyped(id: string): string {
  return id.replaceAll(':', ' ')
}

export default commandNotFound
