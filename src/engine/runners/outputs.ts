// Puts what a job has written into the object store.

import type {Dirent} from 'node:fs'
import {lstat, readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {parseUri} from './inputs.ts'
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
    await context.deps.objects.putFile(bucket, joinKey(key, relativePath), join(directory, relativePath))
  }
  return files.length
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
