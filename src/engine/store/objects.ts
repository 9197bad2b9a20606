// S3's objects as plain files under `<stateDirectory>/s3/<bucket>/<key>`, so that people can open what a step wrote.
// A bucket comes into being with its first object. A write is whole or absent (temporary file, then rename); it
// survives the death of the process, but is not forced to the platter as the database's commits are.

import {randomBytes} from 'node:crypto'
import {constants, existsSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs'
import {copyFile, mkdir, open, readdir, rm, stat, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {pipeline} from 'node:stream/promises'
import type {Db} from './database.ts'
import {
  type FileFacts,
  findFile,
  isDirectory,
  listFiles,
  moveIntoPlace,
  removeDirectoryTree,
  removeEmptyDirectories,
  statIfFile,
} from './object-files.ts'
import {bucketPattern, encodeKey, maxKeyBytes} from './object-path.ts'
import {dropRecord, keepRecord, measureMd5, type ObjectEntry, type ObjectRecord, readRecords} from './object-records.ts'

/**
 * Asked in the transaction that puts an object in its place, with the object that stands there: what it throws leaves
 * everything as it was.
 */
export type Settle = (present: ObjectEntry | undefined) => ObjectRecord

/** Which of S3's operations put the object. */
export type PutReason = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload'

export type Put = {readonly settle?: Settle; readonly reason?: PutReason}

/** Told of what happens to objects. */
export type ObjectObserver = {
  /** Whether it wants to be told of this bucket: an ETag costs reading the object. */
  observes(bucket: string): boolean
  /** In the transaction that puts or removes them, so that it is told of what happens, and of nothing else. */
  created(entry: ObjectEntry, etag: string, reason: PutReason): void
  removed(bucket: string, key: string): void
}

export type ObjectStore = {
  put(bucket: string, key: string, body: Uint8Array): Promise<ObjectEntry>
  putStream(bucket: string, key: string, body: AsyncIterable<Uint8Array>, put?: Put): Promise<ObjectEntry>
  /** Copies the file, sharing blocks where the file system can. */
  putFile(bucket: string, key: string, sourcePath: string, put?: Put): Promise<ObjectEntry>
  head(bucket: string, key: string): Promise<ObjectEntry | undefined>
  /** Every object whose key begins with `prefix`, sorted by key as S3 does, by UTF-8 bytes. */
  list(bucket: string, prefix: string): Promise<ObjectEntry[]>
  remove(bucket: string, ...keys: readonly string[]): Promise<void>
  /** The object's text, read at once; undefined when there is no such object. */
  readText(bucket: string, key: string): string | undefined
  /** What is known of the objects, in their order; an ETag that is not known yet is measured. */
  records(entries: readonly ObjectEntry[]): Promise<ObjectRecord[]>
  createBucket(bucket: string): Promise<void>
  /** False when it holds an object. */
  removeBucket(bucket: string): Promise<boolean>
  hasBucket(bucket: string): Promise<boolean>
  /** By name. */
  buckets(): Promise<{readonly name: string; readonly createdMs: number}[]>
}

/** An object that is whole, and not yet in its place. */
type Draft = {
  readonly path: string
  readonly settle: Settle | undefined
  readonly measured: ObjectRecord | undefined
  readonly isObserved: boolean
  readonly reason: PutReason
}

/** No write takes as long; measured by the file system's clock. */
const draftLifeMs = 86_400_000

/** A name that S3 refuses as well. */
export class ObjectNameError extends Error {
  readonly code: 'InvalidBucketName' | 'KeyTooLongError' | 'InvalidRequest'

  constructor(code: ObjectNameError['code'], message: string) {
    super(message)
    this.code = code
  }
}

export function openObjects(stateDirectory: string, db: Db, observer?: ObjectObserver): ObjectStore {
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

  const find = (bucket: string, key: string): ObjectEntry | undefined => {
    const found = findFile(pathOf(bucket, key))
    return found ? toEntry(bucket, key, found.path, found.facts) : undefined
  }

  /** File, record and what is told of them change together: the transaction keeps other writers of the key out until all is there. */
  const place = (bucket: string, key: string, draft: Draft): ObjectEntry =>
    db.transaction(() => {
      const record = draft.settle?.(find(bucket, key)) ?? draft.measured
      const path = moveIntoPlace(draft.path, pathOf(bucket, key), bucketPath(bucket))
      const entry = toEntry(bucket, key, path, statSync(path))
      if (record) keepRecord(db, entry, record)
      else dropRecord(db, bucket, key)
      if (draft.isObserved) observer?.created(entry, record?.etag ?? '', draft.reason)
      return entry
    })

  const write = async (bucket: string, key: string, fill: (path: string) => Promise<unknown>, put: Put = {}) => {
    pathOf(bucket, key)
    await mkdir(temporary, {recursive: true})
    const path = join(temporary, randomBytes(12).toString('hex'))
    const {settle, reason = 'PutObject'} = put
    try {
      await fill(path)
      const isObserved = observer?.observes(bucket) ?? false
      const measured = isObserved && !settle ? {etag: (await measureMd5(path)) ?? '', headers: {}} : undefined
      return place(bucket, key, {path, settle, measured, isObserved, reason})
    } finally {
      await rm(path, {force: true})
    }
  }

  return {
    head: async (bucket, key) => find(bucket, key),
    put: (bucket, key, body) => write(bucket, key, (path) => writeFile(path, body)),
    putStream: (bucket, key, body, put) => write(bucket, key, (path) => writeStream(path, body), put),
    putFile: (bucket, key, source, put) =>
      write(bucket, key, (path) => copyFile(source, path, constants.COPYFILE_FICLONE), put),
    async list(bucket, prefix) {
      const files = await listFiles(bucketPath(bucket), '', prefix)
      const sorted = files.sort((left, right) => compareUtf8(left.key, right.key))
      return sorted.flatMap(({key, path}) => {
        const facts = statIfFile(path)
        return facts ? [toEntry(bucket, key, path, facts)] : []
      })
    },
    records: (entries) => readRecords(db, entries),
    async remove(bucket, ...keys) {
      const found = keys.flatMap((key) => find(bucket, key) ?? [])
      if (found.length === 0) return
      const isObserved = observer?.observes(bucket) ?? false
      db.transaction(() => {
        for (const {key, path} of found) {
          rmSync(path, {force: true})
          dropRecord(db, bucket, key)
          if (isObserved) observer?.removed(bucket, key)
          removeEmptyDirectories(dirname(path), bucketPath(bucket))
        }
      })
    },
    readText(bucket, key) {
      const found = findFile(pathOf(bucket, key))
      return found ? readFileSync(found.path, 'utf8') : undefined
    },
    async createBucket(bucket) {
      await mkdir(bucketPath(bucket), {recursive: true})
    },
    removeBucket: async (bucket) => removeDirectoryTree(bucketPath(bucket)),
    hasBucket: async (bucket) => isDirectory(bucketPath(bucket)),
    async buckets() {
      const children = await readdir(root, {withFileTypes: true}).catch(() => [])
      const names = children
        .filter((child) => child.isDirectory() && bucketPattern.test(child.name))
        .map(({name}) => name)
      return Promise.all(
        names.sort().map(async (name) => ({name, createdMs: (await stat(join(root, name))).birthtimeMs})),
      )
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

function compareUtf8(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

function toEntry(bucket: string, key: string, path: string, facts: FileFacts): ObjectEntry {
  return {bucket, key, size: facts.size, modifiedMs: facts.mtimeMs, path}
}

/** Bucket and key of an `s3://` URI; undefined when it is none. */
export function parseS3Uri(uri: string): {bucket: string; key: string} | undefined {
  const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri)
  return match ? {bucket: match[1] ?? '', key: match[2] ?? ''} : undefined
}

/** The file is opened before anything is read: a body that fails at once would otherwise be told of before the file is made, and the file stay. */
async function writeStream(path: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'w')
  await pipeline(body, file.createWriteStream())
}
