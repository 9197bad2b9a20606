// ListObjects in both versions. Source: Amazon S3 API Reference, "ListObjectsV2" and "ListObjects".

import type {ObjectEntry} from '../../store/object-records.ts'
import {ownerElement} from './buckets.ts'
import {queryText, type S3Answer, type S3Call} from './call.ts'
import {S3Error} from './faults.ts'
import {encodeKeyText, type KeyGroup, pageOfKeys} from './key-pages.ts'
import {element, optionalElement, xmlAnswer} from './xml.ts'

const mostPerPage = 1000

export async function listObjectsV2(call: S3Call): Promise<S3Answer> {
  const token = call.incoming.request.query['continuation-token']
  const startAfter = queryText(call, 'start-after')
  const after = token === undefined ? startAfter : decodeToken(String(token))
  const page = await readPage(call, after)
  const {encode} = page
  return renderPage(call, page, queryText(call, 'fetch-owner') === 'true', [
    element('KeyCount', page.shown.length),
    optionalElement('StartAfter', encode(startAfter)),
    token === undefined ? '' : element('ContinuationToken', String(token)),
    page.isTruncated ? element('NextContinuationToken', encodeToken(page.shown.at(-1)?.name ?? '')) : '',
  ])
}

/** The first version gives NextMarker when there is a delimiter; without one the last key says as much. */
export async function listObjectsV1(call: S3Call): Promise<S3Answer> {
  const marker = queryText(call, 'marker')
  const page = await readPage(call, marker)
  const {encode} = page
  return renderPage(call, page, true, [
    element('Marker', encode(marker)),
    page.isTruncated && queryText(call, 'delimiter') !== ''
      ? element('NextMarker', encode(page.shown.at(-1)?.name ?? ''))
      : '',
  ])
}

type Page = {
  readonly most: number
  readonly shown: readonly KeyGroup<ObjectEntry>[]
  readonly isTruncated: boolean
  readonly encode: (text: string) => string
}

async function readPage(call: S3Call, after: string): Promise<Page> {
  const {objects, bucket} = call
  if (!(await objects.hasBucket(bucket))) throw new S3Error('NoSuchBucket')
  const prefix = queryText(call, 'prefix')
  const most = readMost(call, 'max-keys', mostPerPage)
  const encode = readEncoding(call)
  const query = {prefix, delimiter: queryText(call, 'delimiter'), after, most}
  return {most, encode, ...pageOfKeys(await objects.list(bucket, prefix), query)}
}

async function renderPage(
  call: S3Call,
  {most, shown, isTruncated, encode}: Page,
  hasOwner: boolean,
  own: readonly string[],
): Promise<S3Answer> {
  const entries = shown.flatMap(({item}) => item ?? [])
  const records = await call.objects.records(entries)
  const inner = [
    element('Name', call.bucket),
    element('Prefix', encode(queryText(call, 'prefix'))),
    element('MaxKeys', most),
    element('IsTruncated', isTruncated),
    optionalElement('Delimiter', encode(queryText(call, 'delimiter'))),
    optionalElement('EncodingType', queryText(call, 'encoding-type')),
    ...own,
    ...entries.map((entry, at) => renderKey(entry, records[at]?.etag ?? '', encode, hasOwner)),
    ...shown.map(({name, item}) => (item ? '' : `<CommonPrefixes>${element('Prefix', encode(name))}</CommonPrefixes>`)),
  ]
  return xmlAnswer('ListBucketResult', inner.join(''))
}

function renderKey(entry: ObjectEntry, etag: string, encode: (text: string) => string, hasOwner: boolean): string {
  const members = [
    element('Key', encode(entry.key)),
    element('LastModified', new Date(entry.modifiedMs).toISOString()),
    element('ETag', `"${etag}"`),
    element('Size', entry.size),
    hasOwner ? ownerElement() : '',
    element('StorageClass', 'STANDARD'),
  ]
  return `<Contents>${members.join('')}</Contents>`
}

/** How many the request wants on a page; more than S3 gives means as many as S3 gives. */
export function readMost(call: S3Call, name: string, limit: number): number {
  const text = queryText(call, name)
  if (text === '') return limit
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text), limit)
  throw new S3Error('InvalidArgument', `Provided ${name} not an integer or within integer range`)
}

export function readEncoding(call: S3Call): (text: string) => string {
  const type = queryText(call, 'encoding-type')
  if (type === '') return (text) => text
  if (type === 'url') return encodeKeyText
  throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request')
}

function encodeToken(key: string): string {
  return Buffer.from(key).toString('base64url')
}

function decodeToken(token: string): string {
  const key = Buffer.from(token, 'base64url').toString()
  if (token !== '' && encodeToken(key) === token) return key
  throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect')
}
