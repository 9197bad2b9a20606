// Puts what a job has written into the object store.

import type {Dirent} from 'node:fs'
import {lstat, readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {ObjectNameError} from '../store/objects.ts'
import {parseUri} from './inputs.ts'
import {clientFault} from './job-fault.ts'
import type {JobContext} from './job-plan.ts'

/** Every regular file below the directory goes to `<uri>/<relative path>`; symbolic links are not followed. Says how many there were. */
export async function uploadDirectory(
  context: JobContext,
  directory: string,
  uri: string,
  owner: string,
): Promise<number> {
  const {bucket, key} = parseUri(uri, owner)
  const files = await listFiles(directory)
  for (const relativePath of files) {
    await context.deps.objects
      .putFile(bucket, joinKey(key, relativePath), join(directory, relativePath))
      .catch((error: unknown) => {
        throw nameFault(error, relativePath, owner) ?? error
      })
  }
  return files.length
}

/** A file whose name is fit for a disk, but not for S3. A name that is not UTF-8 is listed as another one, which does not exist. */
function nameFault(error: unknown, relativePath: string, owner: string): Error | undefined {
  const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  const why = isAbsent && relativePath.includes('\uFFFD') ? 'A key must be UTF-8' : undefined
  const reason = error instanceof ObjectNameError ? error.message : why
  return reason === undefined ? undefined : clientFault(`${owner}: ${reason}: the file "${relativePath}"`)
}

/** Relative paths of all regular files, sorted; none when the directory is no directory. */
export async function listFiles(directory: string): Promise<string[]> {
  const found: string[] = []
  const visit = async (relative: string) => {
    for (const entry of await entriesOf(join(directory, relative))) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`
      if (entry.isDirectory()) await visit(path)
      else if (entry.isFile()) found.push(path)
    }
  }
  if (await isRealDirectory(directory)) await visit('')
  return found.sort()
}

/** Parts of a key with one slash between them, whatever slashes they had at their ends. */
export function joinKey(...parts: readonly string[]): string {
  return parts
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter((part) => part !== '')
    .join('/')
}

function entriesOf(directory: string): Promise<Dirent[]> {
  return readdir(directory, {withFileTypes: true})
}

async function isRealDirectory(directory: string): Promise<boolean> {
  const facts = await lstat(directory).catch(() => undefined)
  return facts?.isDirectory() ?? false
}
