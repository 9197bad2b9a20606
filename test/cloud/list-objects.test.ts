// Listing objects in pages. The answers have the shape of the S3 API reference, ListObjectsV2, "Response syntax".

import {Readable} from 'node:stream'
import {PutObjectCommand} from '@aws-sdk/client-s3'
import {expect, it} from 'vitest'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import {requestHandler} from '../../src/engine/wire/request-handler.ts'
import {localCloud} from '../engine/support/local-cloud.ts'

type Request = {readonly path: string; readonly query: Readonly<Record<string, string>>}

async function objectsOf(pages: readonly string[]) {
  const asked: Request[] = []
  const handle = async ({path, query}: Request) => {
    asked.push({path, query})
    const body = Readable.from([Buffer.from(pages[asked.length - 1] ?? '')])
    return {response: {statusCode: 200, headers: {'content-type': 'application/xml'}, body}}
  }
  const {objects} = await connectCloud({region: 'us-east-1', requestHandler: {handle: handle as never}})
  return {objects, asked}
}

const page = (inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>${inner}</ListBucketResult>`
const modifiedAtMs = Date.UTC(2026, 0, 1)
const content = (key: string, etag: string, size: number) =>
  `<Contents><Key>${key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;${etag}&quot;</ETag><Size>${size}</Size></Contents>`

it('goes on with the token until there is none, and takes the quotes off the ETags', async () => {
  const {objects, asked} = await objectsOf([
    page(
      `<IsTruncated>true</IsTruncated><NextContinuationToken>t/1=</NextContinuationToken>${content('raw/a', 'aa', 1)}`,
    ),
    page(`<IsTruncated>true</IsTruncated><NextContinuationToken>t/2=</NextContinuationToken>`),
    page(`<IsTruncated>false</IsTruncated>${content('raw/b', 'bb-2', 6_000_000_000)}`),
  ])
  expect(await objects.list('s3://b/raw/')).toEqual([
    {key: 'raw/a', etag: 'aa', size: 1, modifiedAtMs},
    {key: 'raw/b', etag: 'bb-2', size: 6_000_000_000, modifiedAtMs},
  ])
  expect(asked.map(({query}) => [query['prefix'], query['continuation-token']])).toEqual([
    ['raw/', undefined],
    ['raw/', 't/1='],
    ['raw/', 't/2='],
  ])
})

it.each([
  ['that all is on', '<IsTruncated>false</IsTruncated>', true],
  ['with more behind it', '<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>', false],
])('gives a first page %s for one request', async (_name, rest, isWhole) => {
  const {objects, asked} = await objectsOf([page(`${rest}${content('raw/a', 'aa', 1)}`)])
  const listed = [{key: 'raw/a', etag: 'aa', size: 1, modifiedAtMs}]
  expect(await objects.firstPage('s3://b/raw/')).toEqual({objects: listed, isWhole})
  expect(asked).toHaveLength(1)
})

it.each(['s3://b', 's3://b/'])('lists a whole bucket: %s', async (uri) => {
  const {objects, asked} = await objectsOf([page('<IsTruncated>false</IsTruncated>')])
  expect(await objects.list(uri)).toEqual([])
  expect(asked[0]?.query['prefix'] ?? '').toBe('')
})

it('reads the pages of the embedded engine', async () => {
  const {engine, s3} = localCloud()
  const keys = Array.from({length: 1003}, (_, index) => `raw/${index}`)
  for (const Key of keys) await s3.send(new PutObjectCommand({Bucket: 'lake', Key, Body: Buffer.from('x')}))
  await s3.send(new PutObjectCommand({Bucket: 'lake', Key: 'other', Body: Buffer.from('x')}))
  const {objects} = await connectCloud({region: 'us-east-1', requestHandler: requestHandler(engine)})
  const found = await objects.list('s3://lake/raw/')
  expect(found.map(({key}) => key).sort()).toEqual(keys.sort())
  // MD5 of "x".
  const page = await objects.firstPage('s3://lake/raw/')
  expect([page.objects.length, page.isWhole]).toEqual([1000, false])
  const ages = found.map(({modifiedAtMs = 0}) => Date.now() - modifiedAtMs)
  expect(ages.every((age) => age < 60_000)).toBe(true)
  expect(new Set(found.map(({etag}) => etag))).toEqual(new Set(['9dd4e461268c8034f5c8564e155c67a6']))
})
