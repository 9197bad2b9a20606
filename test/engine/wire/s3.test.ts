// S3 through the real SDK client.

import {randomBytes} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Readable} from 'node:stream'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {expect, it} from 'vitest'
import {requestHandler} from '../../../src/engine/wire/request-handler.ts'
import {localCloud} from '../support/local-cloud.ts'

const Bucket = 'my-bucket'

function put(s3: S3Client, Key: string, Body: string | Uint8Array | Readable = 'x') {
  return s3.send(new PutObjectCommand({Bucket, Key, Body}))
}

async function getText(s3: S3Client, Key: string, Range?: string) {
  const found = await s3.send(new GetObjectCommand({Bucket, Key, ...(Range ? {Range} : {})}))
  return {text: await found.Body?.transformToString(), found}
}

it('keeps an object as a plain file and gives it back', async () => {
  const {s3, stateDirectory} = localCloud()
  // MD5 of "hello", as `md5sum` prints it.
  expect((await put(s3, 'a/b.txt', 'hello')).ETag).toBe('"5d41402abc4b2a76b9719d911017c592"')
  expect(readFileSync(join(stateDirectory, 's3', Bucket, 'a', 'b.txt'), 'utf8')).toBe('hello')
  const {text, found} = await getText(s3, 'a/b.txt')
  expect(text).toBe('hello')
  expect(found).toMatchObject({ContentLength: 5, ETag: '"5d41402abc4b2a76b9719d911017c592"'})
  expect(await s3.send(new HeadObjectCommand({Bucket, Key: 'a/b.txt'}))).toMatchObject({ContentLength: 5})
})

it('takes bytes, an empty body, and a stream of unknown length in aws-chunked form', async () => {
  const {s3} = localCloud()
  const bytes = randomBytes(300_000)
  await put(s3, 'bytes', bytes)
  await put(s3, 'empty', '')
  const pieces = Array.from({length: 30}, (_, index) => bytes.subarray(index * 10_000, (index + 1) * 10_000))
  await put(s3, 'stream', Readable.from(pieces))
  for (const Key of ['bytes', 'stream']) {
    const found = await s3.send(new GetObjectCommand({Bucket, Key}))
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true)
  }
  expect((await getText(s3, 'empty')).text).toBe('')
})

it.each([
  ['bytes=0-3', '0123', 'bytes 0-3/10'],
  ['bytes=7-', '789', 'bytes 7-9/10'],
  ['bytes=-2', '89', 'bytes 8-9/10'],
  ['bytes=8-100', '89', 'bytes 8-9/10'],
])('gives the range %s', async (range, expected, contentRange) => {
  const {s3} = localCloud()
  await put(s3, 'digits', '0123456789')
  const {text, found} = await getText(s3, 'digits', range)
  expect(text).toBe(expected)
  expect(found.ContentRange).toBe(contentRange)
  expect(found.$metadata.httpStatusCode).toBe(206)
})

it('takes the bucket from the host name as well', async () => {
  const {s3, engine} = localCloud()
  await put(s3, 'a/b', 'hello')
  const credentials = {accessKeyId: 'local', secretAccessKey: 'local'}
  const virtual = new S3Client({region: 'us-east-1', credentials, requestHandler: requestHandler(engine)})
  expect((await getText(virtual, 'a/b')).text).toBe('hello')
})

it('names its faults as S3 does', async () => {
  const {s3} = localCloud()
  await expect(getText(s3, 'x')).rejects.toMatchObject({name: 'NoSuchBucket'})
  await put(s3, 'there')
  await expect(getText(s3, 'x')).rejects.toMatchObject({name: 'NoSuchKey'})
  await expect(getText(s3, 'there', 'bytes=5-6')).rejects.toMatchObject({name: 'InvalidRange'})
  await expect(s3.send(new HeadObjectCommand({Bucket, Key: 'x'}))).rejects.toMatchObject({name: 'NotFound'})
  await expect(s3.send(new HeadBucketCommand({Bucket: 'other-bucket'}))).rejects.toMatchObject({name: 'NotFound'})
  const badName = new PutObjectCommand({Bucket: 'Bad_Name', Key: 'x', Body: ''})
  await expect(s3.send(badName)).rejects.toMatchObject({name: 'InvalidBucketName'})
  await expect(put(s3, 'k'.repeat(1025))).rejects.toMatchObject({name: 'KeyTooLongError'})
})

it('makes a bucket, and deletes an object, also one that is not there', async () => {
  const {s3} = localCloud()
  await s3.send(new CreateBucketCommand({Bucket}))
  await s3.send(new HeadBucketCommand({Bucket}))
  await put(s3, 'a')
  await s3.send(new DeleteObjectCommand({Bucket, Key: 'a'}))
  await s3.send(new DeleteObjectCommand({Bucket, Key: 'a'}))
  await expect(getText(s3, 'a')).rejects.toMatchObject({name: 'NoSuchKey'})
})

it('lists by prefix and delimiter, in the order of UTF-8, page by page', async () => {
  const {s3} = localCloud()
  for (const key of ['b', 'a/2', 'a/1', 'a/x/1', 'a/x/2', 'a.txt', 'é & <ü>', 'z']) await put(s3, key)
  const list = async (input: Partial<ListObjectsV2CommandInput> = {}) => {
    const page = await s3.send(new ListObjectsV2Command({Bucket, ...input}))
    return {
      keys: page.Contents?.map(({Key}) => Key),
      prefixes: page.CommonPrefixes?.map(({Prefix}) => Prefix),
      next: page.NextContinuationToken,
    }
  }
  expect((await list()).keys).toEqual(['a.txt', 'a/1', 'a/2', 'a/x/1', 'a/x/2', 'b', 'z', 'é & <ü>'])
  expect((await list({Prefix: 'a/x'})).keys).toEqual(['a/x/1', 'a/x/2'])
  expect(await list({Prefix: 'a/', Delimiter: '/'})).toMatchObject({keys: ['a/1', 'a/2'], prefixes: ['a/x/']})
  expect(await list({Delimiter: '/'})).toMatchObject({keys: ['a.txt', 'b', 'z', 'é & <ü>'], prefixes: ['a/']})
  expect((await list({StartAfter: 'b'})).keys).toEqual(['z', 'é & <ü>'])
  const first = await list({MaxKeys: 3})
  const second = await list({MaxKeys: 5, ContinuationToken: first.next})
  expect([...(first.keys ?? []), ...(second.keys ?? [])]).toHaveLength(8)
  expect(second.next).toBeUndefined()
  expect((await list({Prefix: 'nothing'})).keys).toBeUndefined()
})

it.each([
  ['../../../escape'],
  ['/absolute'],
  ['a//b'],
  ['trailing/'],
  ['.'],
  ['dir/..'],
  ['%2e%2e/x'],
  ['100%'],
  ['a%object'],
  ['x%more/y'],
  ['näme with spaces + plus?&=#'],
  ['l'.repeat(700)],
  [`${'ü'.repeat(300)}/end`],
  ['line\nbreak'],
  ['back\\slash'],
])('keeps the key %j apart from all others and inside the bucket', async (key) => {
  const {s3} = localCloud()
  await put(s3, 'plain', 'other')
  await put(s3, key, 'mine')
  expect((await getText(s3, key)).text).toBe('mine')
  expect((await getText(s3, 'plain')).text).toBe('other')
  const page = await s3.send(new ListObjectsV2Command({Bucket, EncodingType: 'url'}))
  const keys = page.Contents?.map(({Key}) => decodeURIComponent(Key ?? ''))
  expect(keys?.sort()).toEqual([key, 'plain'].sort())
})

it.each([[['a', 'a/b', 'a/b/c']], [['a/b/c', 'a/b', 'a']], [['a/b', 'a', 'a/b/c']]])(
  'keeps a key beside keys under it: %j',
  async (keys) => {
    const {s3} = localCloud()
    for (const key of keys) await put(s3, key, `first ${key}`)
    for (const key of keys) await put(s3, key, `text of ${key}`)
    for (const key of keys) expect((await getText(s3, key)).text).toBe(`text of ${key}`)
    const page = await s3.send(new ListObjectsV2Command({Bucket}))
    expect(page.Contents?.map(({Key}) => Key)).toEqual(['a', 'a/b', 'a/b/c'])
    await s3.send(new DeleteObjectCommand({Bucket, Key: 'a/b'}))
    expect((await getText(s3, 'a')).text).toBe('text of a')
    expect((await getText(s3, 'a/b/c')).text).toBe('text of a/b/c')
  },
)
