// Runs a command class in this process, as oclif would, and gives back what it printed and its exit code.

import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core/config'
import {captureOutput} from '@oclif/test'

type CommandClass = {
  id: string
  run(argv: string[], config: Config): Promise<unknown>
}

export type Ran = {readonly stdout: string; readonly stderr: string; readonly exitCode: number}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `id` as it is typed, with colons for blanks: the bundle sets it from the file's name. */
export async function runCommand(command: CommandClass, id: string, argv: readonly string[]): Promise<Ran> {
  const config = await Config.load({root})
  const before = process.exitCode
  command.id = id
  process.exitCode = undefined
  try {
    const {stdout, stderr, error} = await captureOutput(() => command.run([...argv], config))
    if (error) throw error
    return {stdout, stderr, exitCode: Number(process.exitCode ?? 0)}
  } finally {
    process.exitCode = before
  }
}
