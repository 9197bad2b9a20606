// S3's objects as plain files under `<stateDirectory>/s3/<bucket>/<key>`, so that people can open what a step wrote.
// A bucket comes into being with its first object. A write is whole or absent (temporary file, then rename); it
// survives the death of the process, but is not forced to the platter as the database's commits are.

import {createHash, randomBytes} from 'node:crypto'
import {
  constants,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import {copyFile, mkdir, readdir, rm, rmdir, stat, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {pipeline} from 'node:stream/promises'
import type {Db} from './database.ts'
import {besideDirectory, bucketPattern, decodeDirectory, decodeFile, encodeKey, maxKeyBytes} from './object-path.ts'

export type ObjectEntry = {
  bucket: string
  key: string
  size: number
  modifiedMs: number
  /** The plain file. */
  path: string
}

export type ObjectStore = {
  put(bucket: string, key: string, body: Uint8Array): Promise<ObjectEntry>
  putStream(bucket: string, key: string, body: AsyncIterable<Uint8Array>): Promise<ObjectEntry>
  /** Copies the file, sharing blocks where the file system can. */
  putFile(bucket: string, key: string, sourcePath: string): Promise<ObjectEntry>
  head(bucket: string, key: string): Promise<ObjectEntry | undefined>
  /** Every object whose key begins with `prefix`, sorted by key as S3 does, by UTF-8 bytes. */
  list(bucket: string, prefix: string): Promise<ObjectEntry[]>
  remove(bucket: string, key: string): Promise<void>
  /** The object's text, read at once; undefined when there is no such object. */
  readText(bucket: string, key: string): string | undefined
  /** MD5s in hex, without quotes, in the order of the entries; each is computed when first asked for. */
  etags(entries: readonly ObjectEntry[]): Promise<string[]>
  createBucket(bucket: string): Promise<void>
  hasBucket(bucket: string): Promise<boolean>
}

/** No write takes as long; measured by the file system's clock. */
const draftLifeMs = 86_400_000

type FileFacts = {readonly size: number; readonly mtimeMs: number}

/** A name that S3 refuses as well. */
export class ObjectNameError extends Error {
  readonly code: 'InvalidBucketName' | 'KeyTooLongError' | 'InvalidRequest'

  constructor(code: ObjectNameError['code'], message: string) {
    super(message)
    this.code = code
  }
}

export function openObjects(stateDirectory: string, db: Db): ObjectStore {
  const root = join(stateDirectory, 's3')
  const temporary = join(stateDirectory, 'tmp')
  sweepDrafts(temporary)

  const bucketPath = (bucket: string): string => {
    if (bucketPattern.test(bucket)) return join(root, bucket)
    throw new ObjectNameError('InvalidBucketName', 'The specified bucket is not valid.')
  }

  const pathOf = (bucket: string, key: string): string => {
    if (key === '') throw new ObjectNameError('InvalidRequest', 'An object key must not be empty.')
    if (Buffer.byteLength(key) > maxKeyBytes) throw new ObjectNameError('KeyTooLongError', 'Your key is too long')
    return join(bucketPath(bucket), ...encodeKey(key))
  }

  const write = async (bucket: string, key: string, fill: (path: string) => Promise<unknown>) => {
    const wanted = pathOf(bucket, key)
    await mkdir(temporary, {recursive: true})
    const draft = join(temporary, randomBytes(12).toString('hex'))
    try {
      await fill(draft)
      const path = moveIntoPlace(draft, wanted, bucketPath(bucket))
      return toEntry(bucket, key, path, statSync(path))
    } finally {
      await rm(draft, {force: true})
    }
  }

  const head = async (bucket: string, key: string) => {
    const found = findFile(pathOf(bucket, key))
    return found ? toEntry(bucket, key, found.path, found.facts) : undefined
  }

  return {
    head,
    put: (bucket, key, body) => write(bucket, key, (path) => writeFile(path, body)),
    putStream: (bucket, key, body) => write(bucket, key, (path) => pipeline(body, createWriteStream(path))),
    putFile: (bucket, key, source) => write(bucket, key, (path) => copyFile(source, path, constants.COPYFILE_FICLONE)),
    async list(bucket, prefix) {
      const files = await listFiles(bucketPath(bucket), '', prefix)
      const sorted = files.sort((left, right) => compareUtf8(left.key, right.key))
      return sorted.flatMap(({key, path}) => {
        const facts = statIfFile(path)
        return facts ? [toEntry(bucket, key, path, facts)] : []
      })
    },
    etags: (entries) => readEtags(db, entries),
    async remove(bucket, key) {
      const found = findFile(pathOf(bucket, key))
      if (!found) return
      await rm(found.path, {force: true})
      db.run('DELETE FROM objectEtags WHERE path = ?', found.path)
      await removeEmptyDirectories(dirname(found.path), bucketPath(bucket))
    },
    readText(bucket, key) {
      const found = findFile(pathOf(bucket, key))
      return found ? readFileSync(found.path, 'utf8') : undefined
    },
    async createBucket(bucket) {
      await mkdir(bucketPath(bucket), {recursive: true})
    },
    async hasBucket(bucket) {
      const found = await stat(bucketPath(bucket)).catch(() => undefined)
      return found?.isDirectory() ?? false
    },
  }
}

/** Removes what processes that were killed in the middle of a write have left. */
function sweepDrafts(directory: string): void {
  const old = Date.now() - draftLifeMs
  for (const name of existsSync(directory) ? readdirSync(directory) : []) {
    const path = join(directory, name)
    if ((statIfFile(path)?.mtimeMs ?? old) < old) rmSync(path, {force: true})
  }
}

function findFile(path: string): {path: string; facts: FileFacts} | undefined {
  for (const candidate of [path, path + besideDirectory]) {
    const facts = statIfFile(candidate)
    if (facts) return {path: candidate, facts}
  }
  return undefined
}

function statIfFile(path: string): FileFacts | undefined {
  try {
    const facts = statSync(path)
    return facts.isFile() ? facts : undefined
  } catch {
    return undefined
  }
}

/** Renames the draft to its place, making way where `a` and `a/b` meet. Several processes may do so at once: hence the tries. */
function moveIntoPlace(draft: string, path: string, bucketPath: string): string {
  for (let attempt = 0; ; attempt += 1) {
    try {
      makeDirectories(dirname(path), bucketPath)
      const place = isDirectory(path) ? path + besideDirectory : path
      renameSync(draft, place)
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

function isDirectory(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false
}

async function listFiles(directory: string, base: string, prefix: string): Promise<{key: string; path: string}[]> {
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

async function removeEmptyDirectories(start: string, bucketPath: string): Promise<void> {
  for (let at = start; at.length > bucketPath.length; at = dirname(at)) {
    const wasRemoved = await rmdir(at).then(
      () => true,
      () => false,
    )
    if (!wasRemoved) return
  }
}

function compareUtf8(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

function toEntry(bucket: string, key: string, path: string, facts: FileFacts): ObjectEntry {
  return {bucket, key, size: facts.size, modifiedMs: facts.mtimeMs, path}
}

/** MD5s are kept with the file's size and time, and written together: each commit waits for the disk. */
async function readEtags(db: Db, entries: readonly ObjectEntry[]): Promise<string[]> {
  const etags: string[] = []
  const measured: {entry: ObjectEntry; etag: string}[] = []
  for (const entry of entries) {
    const known = findEtag(db, entry)
    const etag = known ?? (await measureEtag(entry))
    if (known === undefined) measured.push({entry, etag})
    etags.push(etag)
  }
  if (measured.length === 0) return etags
  db.transaction(() => {
    for (const {entry, etag} of measured) keepEtag(db, entry, etag)
  })
  return etags
}

function findEtag(db: Db, {path, size, modifiedMs}: ObjectEntry): string | undefined {
  const sql = 'SELECT etag FROM objectEtags WHERE path = ? AND size = ? AND modifiedMs = ?'
  return db.get<{etag: string}>(sql, path, size, modifiedMs)?.etag
}

async function measureEtag({path}: ObjectEntry): Promise<string> {
  const hash = createHash('md5')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}

function keepEtag(db: Db, {path, size, modifiedMs}: ObjectEntry, etag: string): void {
  const sql = 'INSERT OR REPLACE INTO objectEtags (path, size, modifiedMs, etag) VALUES (?, ?, ?, ?)'
  db.run(sql, path, size, modifiedMs, etag)
}

/** Bucket and key of an `s3://` URI; undefined when it is none. */
export function parseS3Uri(uri: string): {bucket: string; key: string} | undefined {
  const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri)
  return match ? {bucket: match[1] ?? '', key: match[2] ?? ''} : undefined
}
