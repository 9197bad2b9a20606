// Writes a result into a file that the user named.

import {realpath, rename, rm, stat, writeFile} from 'node:fs/promises'
import {dirname, resolve} from 'node:path'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import type {World} from './world.ts'

/** Whole or not at all: the text goes beside the file first and takes its place then. */
export async function writeOutput(path: string, text: string, {cwd, newToken}: Pick<World, 'cwd' | 'newToken'>) {
  const named = resolve(cwd, path)
  // A link stays a link: what it points to is written.
  const target = await realpath(named).catch(() => named)
  const there = await stat(target).catch(() => undefined)
  if (there?.isDirectory()) throw cannotWrite(path, 'it is a folder')
  // A device or a pipe, such as /dev/stdout, must not be replaced by a file.
  const isSpecial = there !== undefined && !there.isFile()
  try {
    if (isSpecial) await writeFile(target, text)
    else await replaceFile(target, text, `${target}.${newToken().slice(0, 8)}`)
  } catch (error) {
    const problem = problemOf(error, dirname(path))
    if (problem === undefined) throw error
    throw cannotWrite(path, problem, error)
  }
}

async function replaceFile(target: string, text: string, temporary: string): Promise<void> {
  try {
    await writeFile(temporary, text)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, {force: true})
    throw error
  }
}

/** What the user can mend; undefined for anything else, such as a full disk. */
function problemOf(error: unknown, directory: string): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return `there is no folder ${directory}`
  if (code === 'ENOTDIR') return `${directory} is no folder`
  return code === 'EACCES' || code === 'EROFS' ? 'you may not write there' : undefined
}

function cannotWrite(path: string, problem: string, cause?: unknown): MlpipeError {
  return new MlpipeError({code: 'cannot-write', message: `cannot write ${path}: ${problem}`, cause})
}
