// The machine that mlpipe runs on, as doctor asks about it.

import {execFile} from 'node:child_process'
import {access, constants, mkdir, mkdtemp, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {promisify} from 'node:util'
import type {Machine, ProgramAnswer} from '../actions/doctor/machine.ts'
import {systemProblem} from './system-problem.ts'

const run = promisify(execFile)
const longestMs = 10_000

export function thisMachine(env: NodeJS.ProcessEnv | Readonly<Record<string, string | undefined>>): Machine {
  return {
    nodeVersion: process.versions.node,
    ask: (program, args) => ask(program, args, env),
    sandbox: () => sandbox(env),
    whyReadOnly,
  }
}

async function ask(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<ProgramAnswer> {
  try {
    const {stdout, stderr} = await run(program, [...args], {env: {...env}, timeout: longestMs})
    return {kind: 'answered', text: lastLine(stdout) || lastLine(stderr)}
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if ('code' in error && error.code === 'ENOENT') return {kind: 'missing'}
    const said = 'stderr' in error && typeof error.stderr === 'string' ? lastLine(error.stderr) : ''
    return {kind: 'failed', text: said || error.message}
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? ''
}

/** Tried as a job would be started, in a directory that is gone afterwards. */
async function sandbox(env: Readonly<Record<string, string | undefined>>): ReturnType<Machine['sandbox']> {
  const {chooseSandbox} = await import('../engine/runners/launch/sandbox.ts')
  const directory = await mkdtemp(join(tmpdir(), 'mlpipe-doctor-'))
  try {
    await mkdir(join(directory, 'ml', 'tmp'), {recursive: true})
    await mkdir(join(directory, 'opt'))
    return {kind: (await chooseSandbox(env, directory)).kind}
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return {problem: error.message.replace(/^ClientError: /, '')}
  } finally {
    await rm(directory, {recursive: true, force: true})
  }
}

async function whyReadOnly(directory: string): Promise<string | undefined> {
  try {
    const found = await stat(directory)
    if (!found.isDirectory()) return 'it is no directory'
    await access(directory, constants.W_OK | constants.X_OK)
    return undefined
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const isMissing = 'code' in error && error.code === 'ENOENT'
    if (isMissing && dirname(directory) !== directory) return whyReadOnly(dirname(directory))
    return systemProblem(error) ?? error.message
  }
}
