// Multipart uploads that are under way: rows for the uploads and their parts, and a file for each part at
// `<stateDirectory>/uploads/<upload>/<name>`. A row is written when its file is whole, so what a process that was killed
// leaves is a file without a row, which goes with its upload.

import {randomBytes} from 'node:crypto'
import {createReadStream, createWriteStream} from 'node:fs'
import {mkdir, rm, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {pipeline} from 'node:stream/promises'
import type {Db} from './database.ts'
import type {Checksum, ObjectRecord} from './object-records.ts'

export type NewUpload = {
  readonly bucket: string
  readonly key: string
  readonly headers: ObjectRecord['headers']
  /** What the parts are checked with, when it was asked for. */
  readonly algorithm?: string | undefined
  readonly isComposite: boolean
}

export type Upload = NewUpload & {
  readonly id: string
  readonly startedAtMs: number
  /** The object that came of it: a client that did not hear the answer asks again. */
  readonly completed?: ObjectRecord | undefined
}

export type Part = {
  readonly number: number
  readonly size: number
  readonly modifiedAtMs: number
  readonly etag: string
  readonly checksum?: Checksum | undefined
  readonly path: string
}

export type UploadStore = {
  start(upload: NewUpload, nowMs: number): Upload
  /** Completed ones are found for a day. */
  find(id: string): Upload | undefined
  /** Those under way in the bucket, oldest first. */
  list(bucket: string): Upload[]
  /** Undefined when the upload has ended meanwhile. `settle` is asked when all is written; a part before of that number goes. */
  putPart(
    upload: Upload,
    number: number,
    body: AsyncIterable<Uint8Array>,
    settle: () => Pick<Part, 'etag' | 'checksum'>,
  ): Promise<Part | undefined>
  /** By number. */
  parts(id: string): Part[]
  /** False when the upload has ended meanwhile. The files stay until `sweep`. */
  complete(id: string, record: ObjectRecord, nowMs: number): boolean
  abort(id: string): void
  /** Removes the files of an upload that has ended. */
  sweep(id: string): Promise<void>
}

const completedLifeMs = 86_400_000

type UploadRow = {
  id: string
  bucket: string
  key: string
  startedAtMs: number
  headers: string
  algorithm: string | null
  isComposite: number
  completed: string | null
}

type PartRow = {number: number; file: string; size: number; modifiedAtMs: number; etag: string; checksum: string | null}

export function openUploads(stateDirectory: string, db: Db): UploadStore {
  const directoryOf = (id: string) => join(stateDirectory, 'uploads', id)
  const isUnderWay = (id: string) =>
    db.get('SELECT id FROM uploads WHERE id = ? AND completedAtMs IS NULL', id) !== undefined
  const partRows = (id: string) => db.all<PartRow>('SELECT * FROM uploadParts WHERE uploadId = ? ORDER BY number', id)

  return {
    start({bucket, key, headers, algorithm, isComposite}, nowMs) {
      const id = randomBytes(24).toString('hex')
      db.run(
        'INSERT INTO uploads (id, bucket, key, startedAtMs, headers, algorithm, isComposite) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ...[id, bucket, JSON.stringify(key), nowMs, JSON.stringify(headers), algorithm ?? null, Number(isComposite)],
      )
      return {id, bucket, key, startedAtMs: nowMs, headers, algorithm, isComposite}
    },
    find(id) {
      const row = db.get<UploadRow>('SELECT * FROM uploads WHERE id = ?', id)
      return row && toUpload(row)
    },
    list(bucket) {
      const sql = 'SELECT * FROM uploads WHERE bucket = ? AND completedAtMs IS NULL ORDER BY startedAtMs, id'
      return db.all<UploadRow>(sql, bucket).map(toUpload)
    },
    async putPart({id}, number, body, settle) {
      const directory = directoryOf(id)
      await mkdir(directory, {recursive: true})
      const file = randomBytes(12).toString('hex')
      const path = join(directory, file)
      try {
        await pipeline(body, createWriteStream(path))
        const {size, mtimeMs} = await stat(path)
        const part = {number, size, modifiedAtMs: mtimeMs, path, ...settle()}
        const replaced = db.transaction(() => {
          if (!isUnderWay(id)) return undefined
          const before = partRows(id).find((row) => row.number === number)
          insertPart(db, id, file, part)
          return {before}
        })
        if (!replaced) {
          await rm(path, {force: true})
          return undefined
        }
        if (replaced.before) await rm(join(directory, replaced.before.file), {force: true})
        return part
      } catch (error) {
        await rm(path, {force: true})
        throw error
      }
    },
    parts: (id) =>
      partRows(id).map(({file, checksum, ...row}) => ({
        ...row,
        checksum: checksum === null ? undefined : JSON.parse(checksum),
        path: join(directoryOf(id), file),
      })),
    complete: (id, record, nowMs) =>
      db.transaction(() => {
        if (!isUnderWay(id)) return false
        db.run('UPDATE uploads SET completed = ?, completedAtMs = ? WHERE id = ?', JSON.stringify(record), nowMs, id)
        db.run('DELETE FROM uploadParts WHERE uploadId = ?', id)
        db.run('DELETE FROM uploads WHERE completedAtMs < ?', nowMs - completedLifeMs)
        return true
      }),
    abort(id) {
      db.transaction(() => {
        db.run('DELETE FROM uploadParts WHERE uploadId = ?', id)
        db.run('DELETE FROM uploads WHERE id = ?', id)
      })
    },
    sweep: (id) => rm(directoryOf(id), {recursive: true, force: true, maxRetries: 3}),
  }
}

/** The bytes of the parts, one after the other. */
export async function* readParts(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const {path} of parts) {
    for await (const chunk of createReadStream(path, {highWaterMark: 1 << 20})) yield chunk as Uint8Array
  }
}

function insertPart(db: Db, id: string, file: string, part: Part): void {
  db.run(
    'INSERT OR REPLACE INTO uploadParts (uploadId, number, file, size, modifiedAtMs, etag, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ...[id, part.number, file, part.size, part.modifiedAtMs, part.etag],
    part.checksum === undefined ? null : JSON.stringify(part.checksum),
  )
}

function toUpload(row: UploadRow): Upload {
  return {
    id: row.id,
    bucket: row.bucket,
    key: JSON.parse(row.key),
    startedAtMs: row.startedAtMs,
    headers: JSON.parse(row.headers),
    algorithm: row.algorithm ?? undefined,
    isComposite: row.isComposite === 1,
    completed: row.completed === null ? undefined : JSON.parse(row.completed),
  }
}
