// The files of a watched folder that may count, however deep they lie.

import type {Dirent} from 'node:fs'
import {readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'

export type FoundFile = {
  readonly path: string
  /** With `/` between its parts. */
  readonly relativePath: string
  readonly size: number
  readonly modifiedMs: number
}

/** What editors, browsers and copying programs write before a file is whole. */
const unfinished = /^\.|(~|\.tmp|\.part|\.crdownload)$/i

/** By path. Folders that are links are not followed, so that none is walked for ever; nor is `excluded`. */
export async function scanFolder(directory: string, excluded: string): Promise<FoundFile[]> {
  const entries = await readdir(directory, {withFileTypes: true})
  return filesOf(directory, '', entries, excluded)
}

async function filesOf(
  directory: string,
  base: string,
  entries: readonly Dirent[],
  excluded: string,
): Promise<FoundFile[]> {
  const found: FoundFile[] = []
  for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name)
    if (unfinished.test(entry.name) || path === excluded) continue
    const relativePath = base + entry.name
    if (entry.isDirectory()) {
      const inner = await readdir(path, {withFileTypes: true}).catch(() => [])
      found.push(...(await filesOf(path, `${relativePath}/`, inner, excluded)))
      continue
    }
    const facts = await stat(path).catch(() => undefined)
    if (facts?.isFile()) found.push({path, relativePath, size: facts.size, modifiedMs: facts.mtimeMs})
  }
  return found
}
