// Both versions of ListObjects, member by member (Amazon S3 API Reference, "ListObjects" and "ListObjectsV2").

import {
  ListObjectsCommand,
  type ListObjectsCommandInput,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import {expect, it} from 'vitest'
import {localCloud} from '../support/local-cloud.ts'

const Bucket = 'my-bucket'
const keys = ['a b', 'd/1', 'd/2', 'e/1', 'f+ü', 'g']

async function filled() {
  const {s3} = localCloud()
  for (const Key of keys) await s3.send(new PutObjectCommand({Bucket, Key, Body: 'x'}))
  return {
    v1: (input: Partial<ListObjectsCommandInput>) => s3.send(new ListObjectsCommand({Bucket, ...input})),
    v2: (input: Partial<ListObjectsV2CommandInput>) => s3.send(new ListObjectsV2Command({Bucket, ...input})),
  }
}

it('pages by marker, and names the next one when there is a delimiter', async () => {
  const {v1} = await filled()
  const first = await v1({Delimiter: '/', MaxKeys: 2})
  expect(first).toMatchObject({IsTruncated: true, NextMarker: 'd/', MaxKeys: 2, Marker: ''})
  expect(first.Contents?.map(({Key}) => Key)).toEqual(['a b'])
  const second = await v1({Delimiter: '/', MaxKeys: 2, Marker: first.NextMarker})
  expect(second.CommonPrefixes).toEqual([{Prefix: 'e/'}])
  expect(second.Contents?.map(({Key}) => Key)).toEqual(['f+ü'])
  const plain = await v1({MaxKeys: 2})
  expect(plain.NextMarker).toBeUndefined()
  expect(plain.Contents?.[0]?.Owner?.ID).toBe('000000000000')
  expect((await v1({Marker: 'd/2'})).Contents?.map(({Key}) => Key)).toEqual(['e/1', 'f+ü', 'g'])
})

it('counts keys and common prefixes, and goes on with the token', async () => {
  const {v2} = await filled()
  const first = await v2({Delimiter: '/', MaxKeys: 3})
  expect(first).toMatchObject({KeyCount: 3, MaxKeys: 3, IsTruncated: true, Delimiter: '/'})
  const rest = await v2({Delimiter: '/', ContinuationToken: first.NextContinuationToken})
  expect(rest).toMatchObject({KeyCount: 2, IsTruncated: false, ContinuationToken: first.NextContinuationToken})
  expect(rest.NextContinuationToken).toBeUndefined()
})

it('begins inside a common prefix when the key to begin after lies there', async () => {
  const {v2} = await filled()
  const page = await v2({Delimiter: '/', StartAfter: 'd/1'})
  expect(page.CommonPrefixes).toEqual([{Prefix: 'd/'}, {Prefix: 'e/'}])
  expect(page.StartAfter).toBe('d/1')
  expect((await v2({Prefix: 'd/', Delimiter: '/', StartAfter: 'd/'})).KeyCount).toBe(2)
})

it('gives owners when they are asked for, and none of a page of nothing', async () => {
  const {v2} = await filled()
  expect((await v2({FetchOwner: true})).Contents?.[0]?.Owner?.ID).toBe('000000000000')
  expect((await v2({})).Contents?.[0]?.Owner).toBeUndefined()
  expect(await v2({MaxKeys: 0})).toMatchObject({KeyCount: 0, MaxKeys: 0, IsTruncated: false})
  expect((await v2({MaxKeys: 5000})).MaxKeys).toBe(1000)
})

it('escapes what it repeats when it is asked to', async () => {
  const {v2} = await filled()
  const page = await v2({EncodingType: 'url', Prefix: 'f+', StartAfter: 'a b'})
  expect(page).toMatchObject({EncodingType: 'url', Prefix: 'f%2B', StartAfter: 'a%20b'})
  expect(page.Contents?.[0]?.Key).toBe('f%2B%C3%BC')
})

it.each<[string, Partial<ListObjectsV2CommandInput>]>([
  ['a negative number of keys', {MaxKeys: -1}],
  ['another encoding', {EncodingType: 'base64' as 'url'}],
  ['a token that it did not give', {ContinuationToken: 'a token'}],
  ['an empty token', {ContinuationToken: ''}],
])('refuses %s', async (_name, input) => {
  const {v2} = await filled()
  await expect(v2(input)).rejects.toMatchObject({name: 'InvalidArgument'})
})
