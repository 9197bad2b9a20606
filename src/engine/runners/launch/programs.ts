// Finds programs as a shell would, and looks through the shims of version managers once instead of at every start.

import {execFile} from 'node:child_process'
import {accessSync, closeSync, constants, openSync, readSync, statSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {promisify} from 'node:util'
import {JobFault} from '../job-fault.ts'

export type Env = Readonly<Record<string, string | undefined>>

const run = promisify(execFile)
const pythonNames = new Set(['python', 'python3'])
const behindShims = new Map<string, Promise<string>>()

/** The path of the program that PATH names, or undefined. */
export function findProgram(name: string, env: Env): string | undefined {
  for (const directory of (env.PATH ?? '').split(delimiter)) {
    if (!directory.startsWith('/')) continue
    const path = join(directory, name)
    if (isExecutable(path)) return path
  }
  return undefined
}

/**
 * `python` and `python3` as the interpreter's own path: images have both names, machines often one. Every other program is left
 * as it is. A shim (a script, such as pyenv's) is asked once per process, in `directory`, what it stands for: each start
 * through it would cost some 50 ms, and within the job's own directory it would not see the project's version file.
 */
export async function resolveProgram(name: string, env: Env, directory: string): Promise<string> {
  if (!pythonNames.has(name)) return name
  const path = findProgram(name, env) ?? findProgram(name === 'python' ? 'python3' : 'python', env)
  if (path === undefined)
    throw new JobFault(
      `ClientError: ${name} is not on PATH; the embedded engine runs the step's code with the local Python`,
    )
  if (!isScript(path)) return path

  const key = `${path}\0${directory}`
  const known = behindShims.get(key) ?? askShim(path, env, directory)
  behindShims.set(key, known)
  return known
}

async function askShim(path: string, env: Env, directory: string): Promise<string> {
  try {
    const {stdout} = await run(path, ['-c', 'import sys; print(sys.executable)'], {
      cwd: directory,
      env: {...env},
      timeout: 10_000,
    })
    const executable = stdout.trim()
    return isExecutable(executable) ? executable : path
  } catch {
    return path
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function isScript(path: string): boolean {
  const start = Buffer.alloc(2)
  try {
    const file = openSync(path, 'r')
    readSync(file, start)
    closeSync(file)
  } catch {
    return false
  }
  return start.toString('latin1') === '#!'
}
