// What is known of an object beside its bytes: ETag, headers and checksum. A record belongs to one state of the file (size and
// time), so that a file which a person changed by hand is measured anew.

import {createHash} from 'node:crypto'
import {createReadStream, statSync} from 'node:fs'
import type {Db} from './database.ts'
import {encodeKey} from './object-path.ts'

export type ObjectEntry = {
  bucket: string
  key: string
  size: number
  modifiedMs: number
  /** The plain file. */
  path: string
}

export type Checksum = {
  readonly algorithm: string
  /** Base64; of a composite one with `-` and the number of parts. */
  readonly value: string
  /** Made of the checksums of an upload's parts, not of the object's bytes. */
  readonly isComposite: boolean
}

export type ObjectRecord = {
  /** The MD5 in hex; of an object uploaded in parts the MD5 of their MD5s, with `-` and their number. */
  readonly etag: string
  /** Content-Type and the like, and the user's `x-amz-meta-…`, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly checksum?: Checksum | undefined
}

export function findRecord(db: Db, {bucket, key, size, modifiedMs}: ObjectEntry): ObjectRecord | undefined {
  const row = db.get<{etag: string; headers: string; checksum: string | null}>(
    'SELECT etag, headers, checksum FROM objectRecords WHERE bucket = ? AND path = ? AND size = ? AND modifiedMs = ?',
    ...[bucket, pathText(key), size, modifiedMs],
  )
  if (!row) return undefined
  return {
    etag: row.etag,
    headers: JSON.parse(row.headers),
    checksum: row.checksum === null ? undefined : JSON.parse(row.checksum),
  }
}

export function keepRecord(db: Db, entry: ObjectEntry, {etag, headers, checksum}: ObjectRecord): void {
  db.run(
    'INSERT OR REPLACE INTO objectRecords (bucket, path, size, modifiedMs, etag, headers, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ...[entry.bucket, pathText(entry.key), entry.size, entry.modifiedMs],
    ...[etag, JSON.stringify(headers), checksum === undefined ? null : JSON.stringify(checksum)],
  )
}

export function dropRecord(db: Db, bucket: string, key: string): void {
  db.run('DELETE FROM objectRecords WHERE bucket = ? AND path = ?', bucket, pathText(key))
}

/**
 * The records in the order of the entries. What is missing is measured, and written together: each commit waits for the disk.
 * An object that has gone meanwhile has no ETag.
 */
export async function readRecords(db: Db, entries: readonly ObjectEntry[]): Promise<ObjectRecord[]> {
  const records: ObjectRecord[] = []
  const measured: {entry: ObjectEntry; record: ObjectRecord}[] = []
  for (const entry of entries) {
    const known = findRecord(db, entry)
    const record = known ?? {etag: (await measureMd5(entry.path)) ?? '', headers: {}}
    if (!known && record.etag !== '') measured.push({entry, record})
    records.push(record)
  }
  if (measured.length === 0) return records
  db.transaction(() => {
    // What another has written meanwhile has a record of its own, which must stay.
    for (const {entry, record} of measured) if (isUnchanged(entry)) keepRecord(db, entry, record)
  })
  return records
}

function isUnchanged({path, size, modifiedMs}: ObjectEntry): boolean {
  const facts = statSync(path, {throwIfNoEntry: false})
  return facts?.size === size && facts.mtimeMs === modifiedMs
}

/** Undefined when the file is not there. */
export async function measureMd5(path: string): Promise<string | undefined> {
  const hash = createHash('md5')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  return hash.digest('hex')
}

function pathText(key: string): string {
  return encodeKey(key).join('/')
}
