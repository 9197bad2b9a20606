// Local code and data under their content hash: what a file or folder holds, in one name that is the same on every machine.

import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {readdir, realpath, stat} from 'node:fs/promises'
import {basename, join, resolve} from 'node:path'

export type BundleFile = {
  /** Relative to the bundle, with forward slashes. */
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

export type Bundle = {
  readonly kind: 'file' | 'folder'
  /**
   * SHA-256, hexadecimal: of a file its content; of a folder the list of its files' names and contents.
   * Times, owners, permissions and the place on disk do not count.
   */
  readonly sha256: string
  /** SHA-256 of the list of names and contents, also for a single file. */
  readonly listSha256: string
  readonly bytes: number
  /** Sorted by name; a file is a bundle of one. */
  readonly files: readonly BundleFile[]
}

export type BundleProblem = {
  readonly problem: 'missing' | 'empty' | 'unreadable' | 'not-a-file'
  readonly detail: string
}

/** Never part of a bundle: caches and leftovers that would change its hash without changing what it does. */
const ignoredNames = new Set([
  '.git',
  '.DS_Store',
  '.ipynb_checkpoints',
  '.mlpipe',
  '__pycache__',
  '.pytest_cache',
  '.venv',
])

/** Reads a file or folder given relative to the spec's directory. Symbolic links are followed. */
export async function readBundle(directory: string, path: string): Promise<Bundle | BundleProblem> {
  const absolute = resolve(directory, path)
  try {
    const found = await stat(absolute)
    if (found.isFile()) {
      const file = await readFileEntry(basename(absolute), absolute, found.size)
      return {kind: 'file', sha256: file.sha256, listSha256: hashFileList([file]), bytes: file.bytes, files: [file]}
    }
    if (!found.isDirectory()) return {problem: 'not-a-file', detail: 'it is neither a file nor a folder'}
    const files = await readFolder(absolute)
    if (files.length === 0) return {problem: 'empty', detail: 'the folder holds no files'}
    const listSha256 = hashFileList(files)
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    return {kind: 'folder', sha256: listSha256, listSha256, bytes, files}
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') return {problem: 'missing', detail: 'there is no such file or folder'}
    if (code === 'EACCES' || code === 'EPERM' || code === 'ELOOP') return {problem: 'unreadable', detail: code}
    throw error
  }
}

/** The hash of a list of files: names and contents, in the order of the names. */
export function hashFileList(files: readonly Pick<BundleFile, 'name' | 'sha256'>[]): string {
  const hash = createHash('sha256')
  for (const {name, sha256} of files) hash.update(`${name}\0${sha256}\n`)
  return hash.digest('hex')
}

async function readFolder(root: string): Promise<BundleFile[]> {
  const files: BundleFile[] = []
  const visit = async (folder: string, prefix: string, above: readonly string[]): Promise<void> => {
    const real = await realpath(folder)
    if (above.includes(real)) return
    for (const name of (await readdir(folder)).sort()) {
      if (ignoredNames.has(name) || name.endsWith('.pyc')) continue
      const path = join(folder, name)
      const found = await stat(path)
      if (found.isDirectory()) await visit(path, `${prefix}${name}/`, [...above, real])
      else if (found.isFile()) files.push(await readFileEntry(`${prefix}${name}`, path, found.size))
    }
  }
  await visit(root, '', [])
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function readFileEntry(name: string, path: string, bytes: number): Promise<BundleFile> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, {highWaterMark: 1 << 20})) hash.update(chunk as Uint8Array)
  return {name, path, bytes, sha256: hash.digest('hex')}
}
