// Writes a result into a file that the user named.

import {lstat, realpath, rename, rm, stat, writeFile} from 'node:fs/promises'
import {dirname, resolve} from 'node:path'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {defaultSpecName} from '../project/read-spec-file.ts'
import type {World} from './world.ts'

/** What a result was made from, and must not be lost: the spec, as `-f` names it, and a definition in a file. */
export type MadeFrom = {readonly file: string | undefined; readonly definition?: string | undefined}

/** Whole or not at all: the text goes beside the file first and takes its place then. */
export async function writeOutput(
  path: string,
  text: string,
  {cwd, newToken}: Pick<World, 'cwd' | 'newToken'>,
  madeFrom?: MadeFrom,
) {
  if (path === '') throw cannotWrite("''", 'it names no file')
  if (path === '-') throw cannotWrite(path, 'without -o it goes to standard output, and ./- is a file of that name')
  const named = resolve(cwd, path)
  // A link stays a link: what it points to is written.
  const target = await realpath(named).catch(() => named)
  const there = await stat(target).catch(() => undefined)
  if (there?.isDirectory() || path.endsWith('/'))
    throw cannotWrite(path, there ? 'it is a folder' : 'there is no such folder')
  for (const input of madeFrom ? [madeFrom.file ?? defaultSpecName, madeFrom.definition] : []) {
    if (there && input !== undefined && (await isSame(resolve(cwd, input), target)))
      throw cannotWrite(path, 'this was made from it, and would take its place')
  }
  // A device or a pipe, such as /dev/stdout, must not be replaced by a file, and no link that leads nowhere yet.
  const isSpecial = there ? !there.isFile() : await isLink(target)
  try {
    if (isSpecial) await writeFile(target, text)
    else await replaceFile(target, text, `${target}.${newToken().slice(0, 8)}`)
  } catch (error) {
    const problem = problemOf(error, dirname(path))
    if (problem === undefined) throw error
    throw cannotWrite(path, problem, error)
  }
}

async function isSame(path: string, target: string): Promise<boolean> {
  return (await realpath(path).catch(() => path)) === target
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isSymbolicLink() ?? false
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
  if (code === 'ENAMETOOLONG') return 'the name is too long'
  if (code === 'ELOOP') return 'its links lead back to themselves'
  if (code === 'ENOTDIR') return `${directory} is no folder`
  return code === 'EACCES' || code === 'EROFS' ? 'you may not write there' : undefined
}

function cannotWrite(path: string, problem: string, cause?: unknown): MlpipeError {
  return new MlpipeError({code: 'cannot-write', message: `cannot write ${path}: ${problem}`, cause})
}
