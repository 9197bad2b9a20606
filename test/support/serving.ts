// `mlpipe local serve` as a process of its own, for one test.

import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'
import {onTestFinished} from 'vitest'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

export type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string}

export type Serving = {
  readonly child: ChildProcess
  readonly endpoint: string
  readonly port: number
  readonly stdout: () => string
  readonly stderr: () => string
  readonly ended: Promise<Ended>
}

/** Starts the command and gives its end. */
export function startServe(directory: string, argv: readonly string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, 'local', 'serve', ...argv], {
    ...{cwd: directory, env: {...process.env, CI: '1', ...env}},
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const ended: Promise<Ended> = once(child, 'close').then(([code]) => ({code, stdout, stderr}))
  return {child, ended, stdout: () => stdout, stderr: () => stderr}
}

/** Starts the command and waits until it takes requests. */
export async function serving(directory: string, ...argv: string[]): Promise<Serving> {
  const started = startServe(directory, argv)
  const isReady = () => /AWS_REGION=?.*\n/.test(started.stdout())
  await new Promise<void>((resolve, reject) => {
    started.child.stdout.on('data', () => {
      if (isReady()) resolve()
    })
    started.ended.then(({stderr}) => reject(new Error(`it ended: ${stderr}`)), reject)
  })
  const endpoint = /http:\/\/[^\s"]+:\d+/.exec(started.stdout())?.[0] ?? ''
  return {...started, endpoint, port: Number(endpoint.split(':').at(-1))}
}
