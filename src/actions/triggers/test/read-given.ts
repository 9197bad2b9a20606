// An event, a pattern or metrics given on the command line: a file, `-` for standard input, or the JSON itself.

import {createReadStream} from 'node:fs'
import {access, readFile} from 'node:fs/promises'
import {resolve} from 'node:path'
import {text} from 'node:stream/consumers'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'

export type Given = {readonly text: string /** For a sentence. */; readonly shown: string}

export async function readGiven(given: string, noun: 'event' | 'pattern' | 'metrics', cwd: string): Promise<Given> {
  const isList = noun === 'metrics' && given.trimStart().startsWith('[')
  if (isList || given.trimStart().startsWith('{')) return {text: given, shown: `the ${noun} given`}
  if (given === '-') {
    return {text: await text(createReadStream('', {fd: 0, autoClose: false})), shown: 'standard input'}
  }
  try {
    return {text: withoutMark(await readFile(resolve(cwd, given), 'utf8')), shown: given}
  } catch (error) {
    throw unreadable(given, noun, error)
  }
}

export async function isThere(path: string, cwd: string): Promise<boolean> {
  return access(resolve(cwd, path)).then(
    () => true,
    () => false,
  )
}

/** `noun`: what the file should hold. */
export function unreadable(path: string, noun: string, error: unknown): MlpipeError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const [known = 'cannot be read'] = problems[code] ?? []
  return new MlpipeError({
    code: `${noun}-unreadable`,
    message: `the file ${path}, which should hold the ${noun}, ${known}`,
    cause: error,
  })
}

const problems: Readonly<Record<string, readonly [string]>> = {
  ENOENT: ['does not exist'],
  EISDIR: ['is a folder'],
  EACCES: ['cannot be read with your permissions'],
}

function withoutMark(content: string): string {
  return content.replace(/^\uFEFF/, '')
}
