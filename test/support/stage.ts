// Where the built program is tried: on the embedded engine, or on an engine behind a port, reached as AWS is. The same story
// has to come out on both.

import {spawnSync} from 'node:child_process'
import {appendFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {serving} from './serving.ts'
import {tempDir} from './temp-dir.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

export type Ran = {readonly exit: number | null; readonly stdout: string; readonly stderr: string}

export type Stage = {
  /** Runs `mlpipe args` in a directory, to its end. */
  mlpipe(cwd: string, ...args: string[]): Ran
  /** Makes a spec fit for this stage. */
  prepare(specFile: string): void
}

export const stages: readonly (readonly [name: string, open: () => Promise<Stage>])[] = [
  ['the embedded engine', async () => stage(process.env, '')],
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

/** Asked as the lines say that the server prints to be pasted. */
async function openServed(): Promise<Stage> {
  const {endpoint, stdout} = await serving(tempDir())
  await fetch(`${endpoint}/${bucket}`, {method: 'PUT'})
  const pasted = [...stdout().matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value])
  const env = {...process.env, ...Object.fromEntries(pasted), MLPIPE_TARGET: 'prod', MLPIPE_YES: '1'}
  return stage(env, servedTarget)
}

function stage(env: NodeJS.ProcessEnv, targets: string): Stage {
  return {
    mlpipe(cwd, ...args) {
      const {status, stdout, stderr} = spawnSync(process.execPath, [program, ...args], {cwd, env, encoding: 'utf8'})
      return {exit: status, stdout, stderr}
    },
    prepare: (specFile) => appendFileSync(specFile, targets),
  }
}
