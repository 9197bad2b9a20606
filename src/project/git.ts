// Where a spec stands in git: the commit, and whether the files beside it are as committed.

import {execFile} from 'node:child_process'
import {access} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {promisify} from 'node:util'

export type GitState = {readonly commit: string; readonly isDirty: boolean}

const run = promisify(execFile)

/** Undefined outside a repository, before its first commit, and where there is no git. Reads, and writes nothing. */
export async function gitState(directory: string): Promise<GitState | undefined> {
  // A program is not started for nothing.
  if (!(await isInRepository(directory))) return undefined
  const options = ['--no-optional-locks', '-C', directory, 'status', '--porcelain=v2', '--branch']
  // What the embedded engine keeps there is nobody's change.
  const found = await run('git', [...options, '--', '.', ':(exclude).mlpipe']).catch(() => undefined)
  const lines = found?.stdout.split('\n').filter((line) => line !== '') ?? []
  const commit = lines.map((line) => /^# branch\.oid ([0-9a-f]+)$/.exec(line)?.[1]).find((oid) => oid !== undefined)
  if (commit === undefined) return undefined
  return {commit, isDirty: lines.some((line) => !line.startsWith('#'))}
}

async function isInRepository(directory: string): Promise<boolean> {
  const isHere = await access(join(directory, '.git')).then(
    () => true,
    () => false,
  )
  const parent = dirname(directory)
  return isHere || (parent !== directory && isInRepository(parent))
}
