// Putting, reading and removing one object.

import {closeSync, createReadStream, fstatSync, openSync} from 'node:fs'
import type {Readable} from 'node:stream'
import {findRecord, type ObjectEntry, type ObjectRecord} from '../../store/object-records.ts'
import {requireBucket} from './buckets.ts'
import {type ByteRange, parseRange} from './byte-range.ts'
import {queryText, type S3Answer, type S3Call} from './call.ts'
import {checksumHeader} from './checksums.ts'
import {checkWrite, judgeRead} from './conditions.ts'
import {refuse} from './faults.ts'
import {readKeptHeaders, shownHeaders} from './kept-headers.ts'
import {openPayload} from './payload.ts'

export async function putObject(call: S3Call): Promise<S3Answer> {
  const {incoming, objects, bucket, key, db} = call
  await requireBucket(call)
  const payload = openPayload(incoming)
  const headers = readKeptHeaders(incoming)
  const present = await objects.head(bucket, key)
  // Measured now, since nothing can be waited for in the transaction that looks at it.
  if (present && incoming.headers.has('if-match')) await objects.records([present])

  let record: ObjectRecord = {etag: '', headers}
  const settle = (there: ObjectEntry | undefined) => {
    checkWrite(incoming.headers, there, (entry) => findRecord(db, entry)?.etag)
    record = {etag: payload.md5(), headers, checksum: payload.checksum()}
    return record
  }
  await objects.putStream(bucket, key, payload.chunks, {settle})
  return {statusCode: 200, headers: {etag: `"${record.etag}"`, ...checksumHeaders(record)}}
}

export async function getObject(call: S3Call): Promise<S3Answer> {
  return readObject(call, openFile)
}

export async function headObject(call: S3Call): Promise<S3Answer> {
  return readObject(call, () => undefined)
}

/** Removing what is not there succeeds, as on S3. */
export async function deleteObject(call: S3Call): Promise<S3Answer> {
  const {objects, bucket, key} = call
  await requireBucket(call)
  await objects.remove(bucket, key)
  return {statusCode: 204, headers: {}}
}

export function checksumHeaders({checksum}: ObjectRecord): Record<string, string> {
  if (!checksum) return {}
  return {
    [checksumHeader(checksum.algorithm)]: checksum.value,
    'x-amz-checksum-type': checksum.isComposite ? 'COMPOSITE' : 'FULL_OBJECT',
  }
}

type Open = (entry: ObjectEntry, range: ByteRange | undefined) => Readable | 'changed' | undefined

async function readObject(call: S3Call, open: Open): Promise<S3Answer> {
  const {incoming, objects, bucket, key} = call
  const entry = await objects.head(bucket, key)
  if (!entry) return refuse((await objects.hasBucket(bucket)) ? 'NoSuchKey' : 'NoSuchBucket')
  const [record] = await objects.records([entry])
  if (!record) return refuse('NoSuchKey')

  const state = {etag: record.etag, modifiedMs: entry.modifiedMs}
  const verdict = judgeRead(incoming.headers, state)
  const headers = {
    ...shownHeaders(record),
    ...overriddenHeaders(call),
    'accept-ranges': 'bytes',
    etag: `"${record.etag}"`,
    'last-modified': new Date(entry.modifiedMs).toUTCString(),
  }
  if (verdict === 'failed') return refuse('PreconditionFailed')
  if (verdict === 'not-modified') return {statusCode: 304, headers}

  const range = parseRange(incoming.headers.get('range'), entry.size)
  if (range === 'unsatisfiable') return refuse('InvalidRange')
  const body = open(entry, range)
  if (body === 'changed') return readObject(call, open)
  const length = range ? range.end - range.start + 1 : entry.size
  const sized = {...headers, 'content-length': String(length), ...wantedChecksum(call, record, range)}
  const answer = range
    ? {statusCode: 206, headers: {...sized, 'content-range': `bytes ${range.start}-${range.end}/${entry.size}`}}
    : {statusCode: 200, headers: sized}
  return body === undefined ? answer : {...answer, body}
}

/** Opened now, so that what is sent is what the headers tell of, whatever becomes of the object meanwhile. */
function openFile({path, size, modifiedMs}: ObjectEntry, range: ByteRange | undefined): Readable | 'changed' {
  const fd = openIfThere(path)
  if (fd === undefined) return 'changed'
  const facts = fstatSync(fd)
  if (facts.size === size && facts.mtimeMs === modifiedMs) return createReadStream(path, {fd, start: 0, ...range})
  closeSync(fd)
  return 'changed'
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** A client checks the checksum against what it reads: it goes with the whole object only. */
function wantedChecksum(
  {incoming}: S3Call,
  record: ObjectRecord,
  range: ByteRange | undefined,
): Record<string, string> {
  const isWanted = incoming.headers.get('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED'
  return isWanted && !range ? checksumHeaders(record) : {}
}

/** `response-content-type` and the like: headers that the request wants to have in the answer. */
function overriddenHeaders(call: S3Call): Record<string, string> {
  const names = [
    'content-type',
    'content-language',
    'expires',
    'cache-control',
    'content-disposition',
    'content-encoding',
  ]
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = queryText(call, `response-${name}`)
      return value === '' ? [] : [[name, value]]
    }),
  )
}
