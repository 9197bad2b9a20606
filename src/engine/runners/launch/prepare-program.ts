// Makes a command ready to start as a process of this machine, in the sandbox that was chosen.

import type {Command} from '../job-plan.ts'
import {mapMlText} from '../ml-paths.ts'
import {type JobProcess, startProcess} from './job-process.ts'
import {openOutputPipe} from './output-pipe.ts'
import {type Env, resolveProgram} from './programs.ts'
import {type Sandbox, sandboxCommand} from './sandbox.ts'

/** Where the program is to run, and what it may know of this machine. */
export type Premises = {
  readonly jobDirectory: string
  /** What the program sees as /opt/ml. */
  readonly mlDirectory: string
  readonly stateDirectory: string
  readonly env: Env
  note(text: string): void
}

export type PreparedProgram = {
  /** With the interpreter that was found. */
  readonly argv: readonly string[]
  start(onLine: (line: string) => void, channel?: 'channel'): JobProcess
  /** Gives up what was opened for a start that does not come. */
  discard(): void
}

/** The command's environment is the whole one; without a sandbox, every /opt/ml in it becomes the program's own directory. */
export async function prepareProgram(
  command: Command,
  sandbox: Sandbox,
  {jobDirectory, mlDirectory, stateDirectory, env, note}: Premises,
): Promise<PreparedProgram> {
  const [name = '', ...rest] = command.argv
  const argv = [await resolveProgram(name, env, stateDirectory), ...rest]
  if (sandbox.kind === 'none') note(remarkOnPaths(mlDirectory))
  const seen = asSeenInside({...command, argv}, sandbox, mlDirectory)
  const pipe = await openOutputPipe(jobDirectory, env)
  return {
    argv,
    start(onLine, channel) {
      const {prefix, setUp} = sandboxCommand(sandbox, jobDirectory)
      return startProcess({prefix, setUp, ...seen, pipe, onLine, hasChannel: channel !== undefined})
    },
    discard: () => pipe?.closeWriter(),
  }
}

function asSeenInside(command: Command, sandbox: Sandbox, mlDirectory: string): Command {
  if (sandbox.kind !== 'none') return command
  const map = (text: string) => mapMlText(text, mlDirectory)
  return {
    argv: command.argv.map(map),
    workingDirectory: map(command.workingDirectory),
    environment: Object.fromEntries(Object.entries(command.environment).map(([name, value]) => [name, map(value)])),
  }
}

function remarkOnPaths(mlDirectory: string): string {
  return (
    `no sandbox: /opt/ml stands for ${mlDirectory} in the entrypoint, arguments, environment and configuration; ` +
    'a script with /opt/ml written into it does not find it. Install bubblewrap (bwrap) for a real /opt/ml'
  )
}
