// What S3 keeps of an object beside its bytes, conditions on reading and writing it, copies, and deleting many.

import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3'
import {expect, it} from 'vitest'
import {localCloud} from '../support/local-cloud.ts'

const Bucket = 'my-bucket'
const kept = {ContentType: 'text/csv', CacheControl: 'no-cache', ContentEncoding: 'gzip', Metadata: {'owner-of': 'me'}}

function put(s3: S3Client, Key: string, more: Partial<PutObjectCommandInput> = {}) {
  return s3.send(new PutObjectCommand({Bucket, Key, Body: 'hello', ...more}))
}

function head(s3: S3Client, Key: string) {
  return s3.send(new HeadObjectCommand({Bucket, Key}))
}

it('keeps headers and metadata, which outlive the process', async () => {
  const cloud = localCloud()
  await put(cloud.s3, 'a', kept)
  const {s3} = localCloud({stateDirectory: cloud.stateDirectory})
  expect(await head(s3, 'a')).toMatchObject(kept)
  await put(s3, 'a/b')
  expect(await head(s3, 'a')).toMatchObject(kept)
  await put(s3, 'a')
  expect(await head(s3, 'a')).toMatchObject({ContentType: 'application/octet-stream', Metadata: {}})
})

it('forgets what it knew of a file that a person changed', async () => {
  const {s3, stateDirectory} = localCloud()
  await put(s3, 'a', kept)
  writeFileSync(join(stateDirectory, 's3', Bucket, 'a'), 'other text')
  // MD5 of "other text", as `md5sum` prints it.
  expect(await head(s3, 'a')).toMatchObject({
    ETag: '"a6c6905fd3fb5f3020cbf2bf7a2f5f85"',
    ContentType: 'binary/octet-stream',
  })
})

it('gives headers in the answer that the request wants there', async () => {
  const {s3} = localCloud()
  await put(s3, 'a')
  const input = {Bucket, Key: 'a', ResponseContentType: 'text/html', ResponseCacheControl: 'no-store'}
  expect(await s3.send(new GetObjectCommand(input))).toMatchObject({ContentType: 'text/html', CacheControl: 'no-store'})
})

const etag = '"5d41402abc4b2a76b9719d911017c592"'
const before = new Date('2000-01-01T00:00:00Z')
const after = new Date('2100-01-01T00:00:00Z')

it.each<[string, Partial<GetObjectCommandInput>, number]>([
  ['If-Match with its ETag', {IfMatch: etag}, 200],
  ['If-Match with any', {IfMatch: '*'}, 200],
  ['If-Match with another', {IfMatch: '"x"'}, 412],
  ['If-Match that goes before If-Unmodified-Since', {IfMatch: etag, IfUnmodifiedSince: before}, 200],
  ['If-Unmodified-Since before its time', {IfUnmodifiedSince: before}, 412],
  ['If-Unmodified-Since after its time', {IfUnmodifiedSince: after}, 200],
  ['If-None-Match with its ETag', {IfNoneMatch: etag}, 304],
  ['If-None-Match with another', {IfNoneMatch: '"x"'}, 200],
  ['If-None-Match that goes before If-Modified-Since', {IfNoneMatch: '"x"', IfModifiedSince: after}, 200],
  ['If-Modified-Since before its time', {IfModifiedSince: before}, 200],
  ['If-Modified-Since after its time', {IfModifiedSince: after}, 304],
])('reads with %s', async (_name, condition, expected) => {
  const {s3} = localCloud()
  await put(s3, 'a')
  for (const command of [
    new GetObjectCommand({Bucket, Key: 'a', ...condition}),
    new HeadObjectCommand({Bucket, Key: 'a', ...condition}),
  ]) {
    const status = await s3.send(command as GetObjectCommand).then(
      (found) => found.$metadata.httpStatusCode,
      (error) => error.$metadata.httpStatusCode,
    )
    expect(status).toBe(expected)
  }
})

it('writes only what is not there with If-None-Match: *, also when many try at once', async () => {
  const {s3} = localCloud()
  const tries = Array.from({length: 8}, (_, at) => put(s3, 'a', {IfNoneMatch: '*', Body: `body ${at}`}))
  const done = await Promise.allSettled(tries)
  expect(done.filter(({status}) => status === 'fulfilled')).toHaveLength(1)
  await expect(put(s3, 'a', {IfNoneMatch: '*'})).rejects.toMatchObject({name: 'PreconditionFailed'})
})

it('writes over what is expected with If-Match', async () => {
  const {s3} = localCloud()
  await expect(put(s3, 'a', {IfMatch: etag})).rejects.toMatchObject({name: 'NoSuchKey'})
  await put(s3, 'a')
  await put(s3, 'a', {IfMatch: etag, Body: 'next'})
  await expect(put(s3, 'a', {IfMatch: etag})).rejects.toMatchObject({name: 'PreconditionFailed'})
})

it.each([
  ['as it is', (key: string) => `${Bucket}/${key}`, 'plain'],
  ['with a slash before it', (key: string) => `/${Bucket}/${key}`, 'plain'],
  ['with escapes', (key: string) => `${Bucket}/${encodeURIComponent(key)}`, 'ü &+%/x'],
])('copies an object that is named %s', async (_name, source, key) => {
  const {s3} = localCloud()
  await put(s3, key, {...kept, Tagging: 'a=1&b=2'})
  const copy = {Bucket, CopySource: source(key)}
  const {CopyObjectResult} = await s3.send(new CopyObjectCommand({...copy, Key: 'copy'}))
  expect(CopyObjectResult?.ETag).toBe(etag)
  expect(await head(s3, 'copy')).toMatchObject(kept)
  const tags = [
    {Key: 'a', Value: '1'},
    {Key: 'b', Value: '2'},
  ]
  expect((await s3.send(new GetObjectTaggingCommand({Bucket, Key: 'copy'}))).TagSet).toEqual(tags)
  await s3.send(new CopyObjectCommand({...copy, Key: 'new', MetadataDirective: 'REPLACE', Metadata: {b: 'c'}}))
  expect(await head(s3, 'new')).toMatchObject({Metadata: {b: 'c'}, ContentType: 'binary/octet-stream'})
})

it('copies an object onto itself only to change what is kept with it', async () => {
  const {s3} = localCloud()
  await put(s3, 'a', kept)
  const self = {Bucket, Key: 'a', CopySource: `${Bucket}/a`}
  await expect(s3.send(new CopyObjectCommand(self))).rejects.toMatchObject({name: 'InvalidRequest'})
  await s3.send(new CopyObjectCommand({...self, MetadataDirective: 'REPLACE', ContentType: 'text/html'}))
  expect(await head(s3, 'a')).toMatchObject({ContentType: 'text/html', Metadata: {}, ETag: etag})
})

it.each([
  ['an object that is not there', {CopySource: `${Bucket}/no`}, 'NoSuchKey'],
  ['from a bucket that is not there', {CopySource: 'nowhere/a'}, 'NoSuchBucket'],
  ['what is no object', {CopySource: 'nonsense'}, 'InvalidArgument'],
  ['another version', {CopySource: `${Bucket}/a?versionId=1`}, 'InvalidArgument'],
  ['another state', {CopySource: `${Bucket}/a`, CopySourceIfMatch: '"x"'}, 'PreconditionFailed'],
  ['the state that it has', {CopySource: `${Bucket}/a`, CopySourceIfNoneMatch: etag}, 'PreconditionFailed'],
])('does not copy %s', async (_name, input, name) => {
  const {s3} = localCloud()
  await put(s3, 'a')
  await expect(s3.send(new CopyObjectCommand({Bucket, Key: 'copy', ...input}))).rejects.toMatchObject({name})
})

it('deletes many, those that are not there as well, and tells of them unless it is to be quiet', async () => {
  const {s3} = localCloud()
  for (const key of ['a', 'b/c', 'd<&>']) await put(s3, key)
  const remove = (keys: string[], Quiet: boolean) =>
    s3.send(new DeleteObjectsCommand({Bucket, Delete: {Objects: keys.map((Key) => ({Key})), Quiet}}))
  const told = await remove(['a', 'd<&>', 'never'], false)
  expect(told.Deleted?.map(({Key}) => Key)).toEqual(['a', 'd<&>', 'never'])
  expect((await remove(['b/c'], true)).Deleted).toBeUndefined()
  const tooLong = 'k'.repeat(1025)
  expect((await remove([tooLong], true)).Errors).toMatchObject([{Key: tooLong, Code: 'KeyTooLongError'}])
  expect((await s3.send(new ListObjectsV2Command({Bucket}))).KeyCount).toBe(0)
})

it('deletes an object that once stood beside a directory for good', async () => {
  const {s3, stateDirectory} = localCloud()
  await put(s3, 'a/b')
  await put(s3, 'a', {Body: 'old'})
  rmSync(join(stateDirectory, 's3', Bucket, 'a'), {recursive: true})
  await put(s3, 'a', {Body: 'new'})
  expect((await s3.send(new ListObjectsV2Command({Bucket}))).KeyCount).toBe(1)
  await s3.send(new DeleteObjectCommand({Bucket, Key: 'a'}))
  expect((await s3.send(new ListObjectsV2Command({Bucket}))).KeyCount).toBe(0)
})
