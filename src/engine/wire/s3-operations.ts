// The S3 operations that a pipeline's tools need, on the store of plain files.

import {createReadStream} from 'node:fs'
import type {ObjectEntry, ObjectStore} from '../store/objects.ts'
import {parseRange} from './byte-range.ts'
import {decodeChunked} from './chunked-body.ts'
import {bodyChunks, type WireResponse} from './message.ts'
import type {S3Answer, S3Call} from './s3-call.ts'
import {element, xmlDocument} from './s3-xml.ts'

const noSuchKey = {code: 'NoSuchKey', message: 'The specified key does not exist.', status: 404}
const noSuchBucket = {code: 'NoSuchBucket', message: 'The specified bucket does not exist', status: 404}
const defaultMaxKeys = 1000

export async function putObject({incoming, objects, bucket, key}: S3Call): Promise<S3Answer> {
  const {headers, request} = incoming
  const isChunked =
    headers.get('content-encoding')?.includes('aws-chunked') ||
    headers.get('x-amz-content-sha256')?.startsWith('STREAMING-') ||
    headers.has('x-amz-decoded-content-length')
  const chunks = bodyChunks(request.body)
  const entry = await objects.putStream(bucket, key, isChunked ? decodeChunked(chunks) : chunks)
  const [etag = ''] = await objects.etags([entry])
  return {statusCode: 200, headers: {etag: `"${etag}"`}}
}

export async function getObject({incoming, objects, bucket, key}: S3Call): Promise<S3Answer> {
  const entry = await objects.head(bucket, key)
  if (!entry) return {fault: (await objects.hasBucket(bucket)) ? noSuchKey : noSuchBucket}

  const range = parseRange(incoming.headers.get('range'), entry.size)
  if (range === 'unsatisfiable') {
    return {fault: {code: 'InvalidRange', message: 'The requested range is not satisfiable', status: 416}}
  }
  if (!range) {
    const headers = await describe(objects, entry, entry.size)
    return {statusCode: 200, headers, body: createReadStream(entry.path)}
  }

  const length = range.end - range.start + 1
  const headers = {
    ...(await describe(objects, entry, length)),
    'content-range': `bytes ${range.start}-${range.end}/${entry.size}`,
  }
  return {statusCode: 206, headers, body: createReadStream(entry.path, range)}
}

export async function headObject({objects, bucket, key}: S3Call): Promise<S3Answer> {
  const entry = await objects.head(bucket, key)
  return entry ? {statusCode: 200, headers: await describe(objects, entry, entry.size)} : {fault: noSuchKey}
}

/** Removing what is not there succeeds, as on S3. */
export async function deleteObject({objects, bucket, key}: S3Call): Promise<S3Answer> {
  await objects.remove(bucket, key)
  return {statusCode: 204, headers: {}}
}

export async function createBucket({objects, bucket}: S3Call): Promise<S3Answer> {
  await objects.createBucket(bucket)
  return {statusCode: 200, headers: {location: `/${bucket}`}}
}

export async function headBucket({objects, bucket}: S3Call): Promise<S3Answer> {
  return (await objects.hasBucket(bucket)) ? {statusCode: 200, headers: {}} : {fault: noSuchBucket}
}

/** ListObjectsV2; the first version's `marker` is taken as well, since both mean "after this key". */
export async function listObjects({incoming, objects, bucket}: S3Call): Promise<S3Answer> {
  if (!(await objects.hasBucket(bucket))) return {fault: noSuchBucket}
  const query = (name: string): string => String(incoming.request.query[name] ?? '')
  const prefix = query('prefix')
  const delimiter = query('delimiter')
  const token = query('continuation-token')
  const after = token === '' ? query('start-after') || query('marker') : decodeToken(token)
  const maxKeys = parseMaxKeys(query('max-keys'))

  const groups = groupKeys(await objects.list(bucket, prefix), prefix, delimiter)
  const rest = groups.filter(({name}) => Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0)
  const shown = rest.slice(0, maxKeys)
  const isTruncated = shown.length < rest.length && maxKeys > 0
  const etags = await objects.etags(shown.flatMap(({entry}) => entry ?? []))
  const encode = query('encoding-type') === 'url' ? encodeKeyText : (text: string) => text
  const inner = [
    element('Name', bucket),
    element('Prefix', encode(prefix)),
    element('MaxKeys', maxKeys),
    element('KeyCount', shown.length),
    element('IsTruncated', isTruncated),
    delimiter === '' ? '' : element('Delimiter', encode(delimiter)),
    query('encoding-type') === 'url' ? element('EncodingType', 'url') : '',
    token === '' ? '' : element('ContinuationToken', token),
    isTruncated ? element('NextContinuationToken', encodeToken(shown.at(-1)?.name ?? '')) : '',
    ...shown.map((group) =>
      group.entry ? renderKey(group.entry, etags.shift() ?? '', encode) : renderPrefix(group, encode),
    ),
  ]
  return {
    statusCode: 200,
    headers: {'content-type': 'application/xml'},
    body: xmlDocument('ListBucketResult', inner.join('')),
  }
}

/** A key of its own, or a common prefix that stands for all keys under it. */
type KeyGroup = {readonly name: string; readonly entry?: ObjectEntry}

function groupKeys(entries: readonly ObjectEntry[], prefix: string, delimiter: string): KeyGroup[] {
  if (delimiter === '') return entries.map((entry) => ({name: entry.key, entry}))
  const groups: KeyGroup[] = []
  for (const entry of entries) {
    const at = entry.key.indexOf(delimiter, prefix.length)
    const group = at < 0 ? {name: entry.key, entry} : {name: entry.key.slice(0, at + delimiter.length)}
    if (groups.at(-1)?.name !== group.name) groups.push(group)
  }
  return groups
}

function renderPrefix({name}: KeyGroup, encode: (text: string) => string): string {
  return `<CommonPrefixes>${element('Prefix', encode(name))}</CommonPrefixes>`
}

function renderKey(entry: ObjectEntry, etag: string, encode: (text: string) => string): string {
  const members = [
    element('Key', encode(entry.key)),
    element('LastModified', new Date(entry.modifiedMs).toISOString()),
    element('ETag', `"${etag}"`),
    element('Size', entry.size),
    element('StorageClass', 'STANDARD'),
  ]
  return `<Contents>${members.join('')}</Contents>`
}

async function describe(objects: ObjectStore, entry: ObjectEntry, length: number): Promise<WireResponse['headers']> {
  const [etag = ''] = await objects.etags([entry])
  return {
    'accept-ranges': 'bytes',
    'content-length': String(length),
    'content-type': 'application/octet-stream',
    etag: `"${etag}"`,
    'last-modified': new Date(entry.modifiedMs).toUTCString(),
  }
}

function parseMaxKeys(text: string): number {
  return /^\d{1,9}$/.test(text) ? Math.min(Number(text), defaultMaxKeys) : defaultMaxKeys
}

function encodeKeyText(text: string): string {
  return text.split('/').map(encodeURIComponent).join('/')
}

function encodeToken(key: string): string {
  return Buffer.from(key).toString('base64url')
}

function decodeToken(token: string): string {
  return Buffer.from(token, 'base64url').toString()
}
