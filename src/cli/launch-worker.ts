// Starts a process of its own for one execution; it goes on when this process has ended.

import {spawn} from 'node:child_process'
import {closeSync, mkdirSync, openSync} from 'node:fs'
import {basename, join} from 'node:path'

/** The way this program was started is the way its worker is. What the worker says goes to `worker.log`. */
export function launchWorker(programRoot: string, stateDirectory: string, executionArn: string): void {
  mkdirSync(stateDirectory, {recursive: true})
  const log = openSync(join(stateDirectory, 'worker.log'), 'a')
  try {
    const child = spawn(
      process.execPath,
      [...programArguments(programRoot), 'local', 'worker', executionArn, '--state', stateDirectory],
      {detached: true, stdio: ['ignore', log, log], env: {...process.env, MLPIPE_JSON: '', MLPIPE_QUIET: ''}},
    )
    child.unref()
  } finally {
    closeSync(log)
  }
}

function programArguments(programRoot: string): string[] {
  const started = process.argv[1] ?? ''
  if (basename(started) === 'dev.js') return [...process.execArgv, started]
  return [join(programRoot, 'bin', 'run.js')]
}
