// CopyObject, and where a copy comes from.

import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {findRecord, type ObjectEntry, type ObjectRecord} from '../../store/object-records.ts'
import {requireBucket} from './buckets.ts'
import type {S3Answer, S3Call} from './call.ts'
import {type Algorithm, checksumMember, parseAlgorithm, startChecksum} from './checksums.ts'
import {checkWrite, judgeRead} from './conditions.ts'
import {refuse, S3Error} from './faults.ts'
import {copiedHeaders, replaces} from './kept-headers.ts'
import {element, xmlAnswer} from './xml.ts'

export async function copyObject(call: S3Call): Promise<S3Answer> {
  const {incoming, objects, bucket, key, db} = call
  await requireBucket(call)
  const source = await findCopySource(call)
  if (source.entry.bucket === bucket && source.entry.key === key && !replaces(incoming, 'x-amz-metadata-directive')) {
    return refuse('InvalidRequest', selfCopyMessage)
  }

  const wanted = parseAlgorithm(incoming.headers.get('x-amz-checksum-algorithm')) ?? recomputed(source.record)
  const record = {
    ...(await copiedContent(source, wanted)),
    headers: copiedHeaders(incoming, source.record.headers),
  }
  const settle = (present: ObjectEntry | undefined) => {
    checkWrite(incoming.headers, present, (there) => findRecord(db, there)?.etag)
    return record
  }
  const entry = await objects.putFile(bucket, key, source.entry.path, {settle, reason: 'CopyObject'})
  return xmlAnswer('CopyObjectResult', renderCopy(entry.modifiedMs, record))
}

export function renderCopy(modifiedMs: number, {etag, checksum}: Omit<ObjectRecord, 'headers'>): string {
  return [
    element('LastModified', new Date(modifiedMs).toISOString()),
    element('ETag', `"${etag}"`),
    checksum ? element(checksumMember(checksum.algorithm), checksum.value) : '',
  ].join('')
}

type CopySource = {readonly entry: ObjectEntry; readonly record: ObjectRecord}

/** The object that `x-amz-copy-source` names, when the conditions of the copy let it be read. */
export async function findCopySource({incoming, objects}: S3Call): Promise<CopySource> {
  const address = parseCopySource(incoming.headers.get('x-amz-copy-source') ?? '')
  if (!address)
    throw new S3Error('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey')
  const entry = await objects.head(address.bucket, address.key)
  if (!entry) throw new S3Error((await objects.hasBucket(address.bucket)) ? 'NoSuchKey' : 'NoSuchBucket')
  const [record = {etag: '', headers: {}}] = await objects.records([entry])
  const state = {etag: record.etag, modifiedMs: entry.modifiedMs}
  if (judgeRead(incoming.headers, state, 'x-amz-copy-source-') !== 'go') throw new S3Error('PreconditionFailed')
  return {entry, record}
}

function parseCopySource(header: string): {bucket: string; key: string} | undefined {
  const [encoded = '', version] = header.split('?versionId=')
  if (version !== undefined && version !== 'null') throw new S3Error('InvalidArgument', 'Invalid version id specified')
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decodeText(encoded))
  return match ? {bucket: match[1] ?? '', key: match[2] ?? ''} : undefined
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A copy is one whole, so what belonged to the parts of an upload is made anew from the bytes. */
function recomputed({checksum}: ObjectRecord): Algorithm | undefined {
  return checksum?.isComposite ? parseAlgorithm(checksum.algorithm) : undefined
}

async function copiedContent({entry, record}: CopySource, wanted: Algorithm | undefined) {
  const isWhole = !record.etag.includes('-')
  if (isWhole && wanted === undefined) return {etag: record.etag, checksum: record.checksum}
  const md5 = createHash('md5')
  const running = wanted && startChecksum(wanted)
  for await (const chunk of createReadStream(entry.path, {highWaterMark: 1 << 20})) {
    md5.update(chunk as Uint8Array)
    running?.update(chunk as Uint8Array)
  }
  const checksum = running &&
    wanted && {algorithm: wanted, value: running.digest().toString('base64'), isComposite: false}
  return {etag: md5.digest('hex'), checksum: checksum ?? record.checksum}
}

const selfCopyMessage =
  "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, " +
  'storage class, website redirect location or encryption attributes.'
