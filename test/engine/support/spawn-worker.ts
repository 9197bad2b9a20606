// Starts a second process on a state directory.

import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'
import {onTestFinished} from 'vitest'

const script = fileURLToPath(new URL('worker.ts', import.meta.url))

export type Worker = {
  readonly process: ChildProcess
  /** The first line that the worker prints. */
  readonly line: Promise<string>
  readonly exitCode: Promise<number | null>
}

export function spawnWorker(stateDirectory: string, verb: 'run' | 'start', subject: string): Worker {
  const child = spawn(process.execPath, ['--import', 'tsx', script, stateDirectory, verb, subject], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const line = once(child.stdout, 'data').then(([data]) => String(data).trim())
  const exitCode = once(child, 'exit').then(([code]) => code as number | null)
  return {process: child, line, exitCode}
}
