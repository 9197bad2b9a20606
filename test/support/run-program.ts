// The built program in a process of its own, while this one goes on and may answer it.

import {spawn} from 'node:child_process'
import {text} from 'node:stream/consumers'
import {fileURLToPath} from 'node:url'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

export type ProgramRun = {readonly exit: number | null; readonly stdout: string; readonly stderr: string}

/** With `env` and PATH for its whole environment. */
export async function runProgram(
  cwd: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ProgramRun> {
  const child = spawn(process.execPath, [program, ...argv], {
    cwd,
    env: {PATH: process.env.PATH, NO_COLOR: '1', CI: '1', AWS_EC2_METADATA_DISABLED: 'true', ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return {exit: await exit, stdout, stderr}
}
