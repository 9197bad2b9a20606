// The plain files of objects: finding them, putting them in their place, walking over them.

import {mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync} from 'node:fs'
import {readdir} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {besideDirectory, decodeDirectory, decodeFile} from './object-path.ts'

export type FileFacts = {readonly size: number; readonly mtimeMs: number}

export function findFile(path: string): {path: string; facts: FileFacts} | undefined {
  for (const candidate of [path, path + besideDirectory]) {
    const facts = statIfFile(candidate)
    if (facts) return {path: candidate, facts}
  }
  return undefined
}

export function statIfFile(path: string): FileFacts | undefined {
  try {
    const facts = statSync(path)
    return facts.isFile() ? facts : undefined
  } catch {
    return undefined
  }
}

/** Renames the draft to its place, making way where `a` and `a/b` meet. Several processes may do so at once: hence the tries. */
export function moveIntoPlace(draft: string, path: string, bucketPath: string): string {
  for (let attempt = 0; ; attempt += 1) {
    try {
      makeDirectories(dirname(path), bucketPath)
      const place = isDirectory(path) ? path + besideDirectory : path
      renameSync(draft, place)
      // The object may have stood beside a directory that has gone since.
      if (place === path) rmSync(path + besideDirectory, {force: true})
      return place
    } catch (error) {
      if (attempt >= 20) throw error
    }
  }
}

/** As `mkdir -p`; a file in the way is an object, which moves to its place beside the directory. */
function makeDirectories(directory: string, bucketPath: string): void {
  try {
    mkdirSync(directory, {recursive: true})
  } catch (error) {
    const inTheWay = firstFileAbove(directory, bucketPath)
    if (inTheWay === undefined) throw error
    renameSync(inTheWay, inTheWay + besideDirectory)
    mkdirSync(directory, {recursive: true})
  }
}

function firstFileAbove(directory: string, bucketPath: string): string | undefined {
  for (let at = directory; at.length > bucketPath.length; at = dirname(at)) if (statIfFile(at)) return at
  return undefined
}

export function isDirectory(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false
}

/** Every file whose key begins with `prefix`, in no order. */
export async function listFiles(
  directory: string,
  base: string,
  prefix: string,
): Promise<{key: string; path: string}[]> {
  const children = await readdir(directory, {withFileTypes: true}).catch(() => [])
  const found: {key: string; path: string}[] = []
  for (const child of children) {
    const path = join(directory, child.name)
    if (!child.isDirectory()) {
      const key = base + decodeFile(child.name)
      if (child.isFile() && key.startsWith(prefix)) found.push({key, path})
      continue
    }
    const inner = base + decodeDirectory(child.name)
    if (inner.startsWith(prefix) || prefix.startsWith(inner)) found.push(...(await listFiles(path, inner, prefix)))
  }
  return found
}

/** Removes the directory that a removed file leaves empty, and those above it. */
export function removeEmptyDirectories(start: string, bucketPath: string): void {
  for (let at = start; at.length > bucketPath.length; at = dirname(at)) if (!removeIfEmpty(at)) return
}

/** Removes a tree that holds directories only; false, and what holds a file is left, when it holds one. */
export function removeDirectoryTree(directory: string): boolean {
  for (const child of readdirSync(directory, {withFileTypes: true})) {
    if (!child.isDirectory() || !removeDirectoryTree(join(directory, child.name))) return false
  }
  return removeIfEmpty(directory)
}

function removeIfEmpty(directory: string): boolean {
  try {
    rmdirSync(directory)
    return true
  } catch {
    return false
  }
}
