// Where the built program is tried: on the embedded engine, or on an engine behind a port, reached as AWS is. The same story
// has to come out on both.

import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {appendFileSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

export const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

export type Ran = {readonly exit: number | null; readonly stdout: string; readonly stderr: string}

export type Stage = {
  readonly env: NodeJS.ProcessEnv
  /** Runs `mlpipe args` in a directory, to its end. */
  mlpipe(cwd: string, ...args: string[]): Ran
  /** Makes a spec fit for this stage. */
  prepare(specFile: string): void
  close(): Promise<void>
}

export const stages: readonly (readonly [name: string, open: () => Promise<Stage>])[] = [
  ['the embedded engine', async () => stage(process.env, '', async () => {})],
  ['an engine that is served, as AWS', openServed],
]

const bucket = 'mlpipe-served'

/** The target of a served engine, as a spec declares it. */
const servedTarget = `
targets:
  prod:
    region: us-east-1
    account: "000000000000"
    role: arn:aws:iam::000000000000:role/mlpipe-local
    bucket: ${bucket}
`

async function openServed(): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'mlpipe-test-'))
  const served = await serve(directory)
  await fetch(`${served.endpoint}/${bucket}`, {method: 'PUT'})
  const env = {...process.env, ...served.environment, MLPIPE_TARGET: 'prod', MLPIPE_YES: '1'}
  return stage(env, servedTarget, async () => {
    await served.close()
    rmSync(directory, {recursive: true, force: true, maxRetries: 5})
  })
}

function stage(env: NodeJS.ProcessEnv, targets: string, close: () => Promise<void>): Stage {
  return {
    env,
    mlpipe(cwd, ...args) {
      const {status, stdout, stderr} = spawnSync(process.execPath, [program, ...args], {cwd, env, encoding: 'utf8'})
      return {exit: status, stdout, stderr}
    },
    prepare: (specFile) => appendFileSync(specFile, targets),
    close,
  }
}

export type Served = {
  readonly endpoint: string
  readonly environment: Readonly<Record<string, string>>
  readonly pid: number
  /** Asks it to end, and waits until it has. */
  close(): Promise<void>
}

/** Starts `mlpipe local serve` on a state directory, and waits until it can be asked. */
export async function serve(stateDirectory: string, ...flags: string[]): Promise<Served> {
  const args = [program, 'local', 'serve', '--state', stateDirectory, '--json', ...flags]
  const child = spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'inherit']})
  const ended = once(child, 'close')
  const ready = await firstDocument(child.stdout)
  return {
    ...(ready as Pick<Served, 'endpoint' | 'environment' | 'pid'>),
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function firstDocument(stdout: AsyncIterable<Buffer>): Promise<unknown> {
  let text = ''
  for await (const chunk of stdout) {
    text += String(chunk)
    try {
      return JSON.parse(text)
    } catch {
      // It goes on in the next chunk.
    }
  }
  throw new Error(`the server ended before it was ready: ${text}`)
}
