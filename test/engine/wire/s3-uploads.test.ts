// Uploads in parts, through the real SDK client. Rules: Amazon S3 API Reference, "CompleteMultipartUpload" and its neighbours.

import {createHash, randomBytes} from 'node:crypto'
import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {Readable} from 'node:stream'
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  DeleteBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import {expect, it} from 'vitest'
import {type LocalCloud, localCloud} from '../support/local-cloud.ts'

const Bucket = 'my-bucket'
const Key = 'deep/ü&<.bin'
const mebibyte = 1024 ** 2
const large = randomBytes(5 * mebibyte)

async function begin({s3}: LocalCloud, input: Partial<CreateMultipartUploadCommandInput> = {}) {
  const place = {Bucket, Key: input.Key ?? Key}
  const {UploadId} = await s3.send(new CreateMultipartUploadCommand({...place, ...input}))
  const upload = {...place, UploadId}
  return {
    upload,
    part: async (PartNumber: number, Body: Uint8Array, more: object = {}): Promise<CompletedPart> => {
      const {ETag, ChecksumSHA256} = await s3.send(new UploadPartCommand({...upload, PartNumber, Body, ...more}))
      return {PartNumber, ETag, ...(ChecksumSHA256 === undefined ? {} : {ChecksumSHA256})}
    },
    complete: (Parts: CompletedPart[], more: Partial<CompleteMultipartUploadCommandInput> = {}) =>
      s3.send(new CompleteMultipartUploadCommand({...upload, MultipartUpload: {Parts}, ...more})),
    parts: async () => (await s3.send(new ListPartsCommand(upload))).Parts ?? [],
  }
}

function md5(bytes: Uint8Array): Buffer {
  return createHash('md5').update(bytes).digest()
}

it('makes an object of its parts, with their ETag, headers and metadata, which outlive the process', async () => {
  const cloud = localCloud()
  const {part, complete, parts} = await begin(cloud, {ContentType: 'text/csv', Metadata: {owner: 'me'}})
  const second = await part(7, Buffer.from('the end'))
  const first = await part(2, large)
  expect(await parts()).toMatchObject([
    {PartNumber: 2, Size: 5 * mebibyte, ETag: `"${md5(large).toString('hex')}"`},
    {PartNumber: 7, Size: 7},
  ])
  // The MD5 of the parts' MD5s and their number, as S3 makes the ETag of such an object.
  const digest = md5(Buffer.concat([md5(large), md5(Buffer.from('the end'))])).toString('hex')
  expect((await complete([first, second])).ETag).toBe(`"${digest}-2"`)

  const {s3, stateDirectory} = localCloud({stateDirectory: cloud.stateDirectory})
  const found = await s3.send(new GetObjectCommand({Bucket, Key}))
  const expected = Buffer.concat([large, Buffer.from('the end')])
  expect(Buffer.from((await found.Body?.transformToByteArray()) ?? []).equals(expected)).toBe(true)
  expect(found).toMatchObject({ETag: `"${digest}-2"`, ContentType: 'text/csv', Metadata: {owner: 'me'}})
  const [listed] = (await s3.send(new ListObjectsV2Command({Bucket}))).Contents ?? []
  expect(listed).toMatchObject({Key, ETag: `"${digest}-2"`, Size: expected.length})
  expect(readdirSync(join(stateDirectory, 'uploads'))).toEqual([])
  expect(readdirSync(join(stateDirectory, 'tmp'))).toEqual([])
})

it('goes on with an upload after a restart: an acknowledged part is there', async () => {
  const before = localCloud()
  const begun = await begin(before, {ChecksumAlgorithm: 'SHA256'})
  const first = await begun.part(1, large, {ChecksumAlgorithm: 'SHA256'})
  const {s3} = localCloud({stateDirectory: before.stateDirectory})
  const [kept] = (await s3.send(new ListPartsCommand(begun.upload))).Parts ?? []
  expect(kept?.ChecksumSHA256).toBe(createHash('sha256').update(large).digest('base64'))
  const Parts = [{PartNumber: 1, ETag: kept?.ETag, ChecksumSHA256: kept?.ChecksumSHA256}]
  expect(first).toEqual(Parts[0])
  await s3.send(new CompleteMultipartUploadCommand({...begun.upload, MultipartUpload: {Parts}}))
  expect((await s3.send(new HeadObjectCommand({Bucket, Key}))).ContentLength).toBe(large.length)
})

it('keeps the composite checksum of a SHA-256 upload, and wants the checksum of each part', async () => {
  const cloud = localCloud()
  const {part, complete} = await begin(cloud, {ChecksumAlgorithm: 'SHA256'})
  await expect(part(1, large, {ChecksumAlgorithm: 'CRC32'})).rejects.toThrow(
    'Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32',
  )
  const first = await part(1, large, {ChecksumAlgorithm: 'SHA256'})
  await expect(complete([{PartNumber: 1, ETag: first.ETag}])).rejects.toThrow('It was missing for part 1')
  await expect(complete([{...first, ChecksumSHA256: 'AAAA'}])).rejects.toMatchObject({name: 'InvalidPart'})
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
  const value = `${sha256(sha256(large)).toString('base64')}-1`
  expect(await complete([first])).toMatchObject({ChecksumSHA256: value, ChecksumType: 'COMPOSITE'})
  const head = await cloud.s3.send(new HeadObjectCommand({Bucket, Key, ChecksumMode: 'ENABLED'}))
  expect(head).toMatchObject({ChecksumSHA256: value, ChecksumType: 'COMPOSITE'})
})

it('computes the checksum of the whole object when the upload asks for it', async () => {
  const cloud = localCloud()
  const {part, complete} = await begin(cloud, {ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT'})
  const first = await part(1, Buffer.from('123456789'), {ChecksumAlgorithm: 'CRC32'})
  // CRC-32 of "123456789" is CBF43926, the check value of the algorithm.
  const value = Buffer.from('cbf43926', 'hex').toString('base64')
  await expect(complete([first], {ChecksumCRC32: 'AAAAAA=='})).rejects.toMatchObject({name: 'BadDigest'})
  expect(await complete([first], {ChecksumCRC32: value})).toMatchObject({
    ChecksumCRC32: value,
    ChecksumType: 'FULL_OBJECT',
  })
})

it.each([
  ['COMPOSITE', 'CRC64NVME'],
  ['FULL_OBJECT', 'SHA256'],
] as const)('refuses a %s checksum of %s', async (ChecksumType, ChecksumAlgorithm) => {
  await expect(begin(localCloud(), {ChecksumType, ChecksumAlgorithm})).rejects.toMatchObject({name: 'InvalidRequest'})
})

it('refuses what does not make an object', async () => {
  const {part, complete} = await begin(localCloud())
  const first = await part(1, Buffer.from('too small to be followed'))
  const second = await part(2, Buffer.from('x'))
  const wrong = {PartNumber: 2, ETag: first.ETag}
  await expect(complete([first, second])).rejects.toMatchObject({name: 'EntityTooSmall'})
  await expect(complete([second, first])).rejects.toMatchObject({name: 'InvalidPartOrder'})
  await expect(complete([first, first])).rejects.toMatchObject({name: 'InvalidPartOrder'})
  await expect(complete([first, wrong])).rejects.toMatchObject({name: 'InvalidPart'})
  await expect(complete([{...second, PartNumber: 3}])).rejects.toMatchObject({name: 'InvalidPart'})
  await expect(complete([])).rejects.toMatchObject({name: 'MalformedXML'})
  await expect(complete([second], {MpuObjectSize: 2})).rejects.toMatchObject({name: 'InvalidRequest'})
  await expect(part(0, Buffer.from(''))).rejects.toMatchObject({name: 'InvalidArgument'})
  await expect(part(10_001, Buffer.from(''))).rejects.toMatchObject({name: 'InvalidArgument'})
  await complete([second], {MpuObjectSize: 1})
})

it('takes the newer of two parts of one number, and no other file stays', async () => {
  const cloud = localCloud()
  const {part, complete, parts, upload} = await begin(cloud)
  const old = await part(1, Buffer.from('old'))
  const fresh = await part(1, Buffer.from('new!'))
  expect(await parts()).toMatchObject([{PartNumber: 1, Size: 4}])
  expect(readdirSync(join(cloud.stateDirectory, 'uploads', upload.UploadId ?? ''))).toHaveLength(1)
  await expect(complete([old])).rejects.toMatchObject({name: 'InvalidPart'})
  await complete([fresh])
  const found = await cloud.s3.send(new GetObjectCommand({Bucket, Key}))
  expect(await found.Body?.transformToString()).toBe('new!')
})

it('answers again when completion is asked for again, and makes one object', async () => {
  const cloud = localCloud()
  const {part, complete} = await begin(cloud)
  const first = await part(1, large)
  const answers = await Promise.all([complete([first]), complete([first])])
  expect(answers[0].ETag).toBe(answers[1].ETag)
  expect((await complete([first])).ETag).toBe(answers[0].ETag)
  await expect(part(2, Buffer.from('late'))).rejects.toMatchObject({name: 'NoSuchUpload'})
})

it('does not replace what is there when the completion forbids it', async () => {
  const cloud = localCloud()
  const {part, complete, parts} = await begin(cloud)
  await cloud.s3.send(new PutObjectCommand({Bucket, Key, Body: 'there'}))
  const first = await part(1, Buffer.from('x'))
  await expect(complete([first], {IfNoneMatch: '*'})).rejects.toMatchObject({name: 'PreconditionFailed'})
  expect(await parts()).toHaveLength(1)
})

it('forgets an aborted upload and its files', async () => {
  const cloud = localCloud()
  const {part, complete, parts, upload} = await begin(cloud)
  const first = await part(1, Buffer.from('x'))
  await cloud.s3.send(new AbortMultipartUploadCommand(upload))
  expect(existsSync(join(cloud.stateDirectory, 'uploads', upload.UploadId ?? ''))).toBe(false)
  await expect(parts()).rejects.toMatchObject({name: 'NoSuchUpload'})
  await expect(part(2, Buffer.from(''))).rejects.toMatchObject({name: 'NoSuchUpload'})
  await expect(complete([first])).rejects.toMatchObject({name: 'NoSuchUpload'})
})

it('keeps nothing of a part whose body breaks off', async () => {
  const cloud = localCloud()
  const {upload, parts} = await begin(cloud)
  async function* broken() {
    yield Buffer.from('half')
    throw new Error('cut off')
  }
  const Body = Readable.from(broken())
  const sent = cloud.s3.send(new UploadPartCommand({...upload, PartNumber: 1, Body, ContentLength: 100}))
  await expect(sent).rejects.toThrow()
  expect(await parts()).toEqual([])
  expect(readdirSync(join(cloud.stateDirectory, 'uploads', upload.UploadId ?? ''))).toEqual([])
})

it('copies parts from an object', async () => {
  const cloud = localCloud()
  await cloud.s3.send(new PutObjectCommand({Bucket, Key: 'source +ü', Body: '0123456789'}))
  const {upload, complete} = await begin(cloud)
  const CopySource = `${Bucket}/${encodeURIComponent('source +ü')}`
  const copy = (CopySourceRange: string) =>
    cloud.s3.send(new UploadPartCopyCommand({...upload, PartNumber: 1, CopySource, CopySourceRange}))
  await expect(copy('bytes=5-20')).resolves.toBeDefined()
  await expect(copy('5-6')).rejects.toMatchObject({name: 'InvalidArgument'})
  const {CopyPartResult} = await copy('bytes=2-4')
  await complete([{PartNumber: 1, ETag: CopyPartResult?.ETag}])
  const found = await cloud.s3.send(new GetObjectCommand({Bucket, Key}))
  expect(await found.Body?.transformToString()).toBe('234')
})

it('lists parts page by page', async () => {
  const cloud = localCloud()
  const {part, upload} = await begin(cloud)
  for (const number of [1, 3, 5]) await part(number, Buffer.from('x'))
  const first = await cloud.s3.send(new ListPartsCommand({...upload, MaxParts: 2}))
  expect(first).toMatchObject({IsTruncated: true, NextPartNumberMarker: '3', MaxParts: 2})
  const marker = {PartNumberMarker: first.NextPartNumberMarker}
  const rest = await cloud.s3.send(new ListPartsCommand({...upload, ...marker}))
  expect(rest.Parts?.map(({PartNumber}) => PartNumber)).toEqual([5])
  expect(rest.IsTruncated).toBe(false)
})

it('lists the uploads under way by key and age, prefix and delimiter, page by page', async () => {
  const cloud = localCloud()
  const started: string[] = []
  for (const key of ['b', 'a/2', 'a/1', 'a/1']) started.push((await begin(cloud, {Key: key})).upload.UploadId ?? '')
  const list = async (input: object = {}) => {
    const page = await cloud.s3.send(new ListMultipartUploadsCommand({Bucket, ...input}))
    return {...page, ids: page.Uploads?.map(({UploadId = ''}) => started.indexOf(UploadId))}
  }
  expect((await list()).ids?.slice(2)).toEqual([1, 0])
  expect(new Set((await list({Prefix: 'a/1'})).ids)).toEqual(new Set([2, 3]))
  expect(await list({Delimiter: '/'})).toMatchObject({ids: [0], CommonPrefixes: [{Prefix: 'a/'}]})
  const seen: number[] = []
  let markers = {}
  for (let page = await list({MaxUploads: 1}); ; page = await list({MaxUploads: 1, ...markers})) {
    seen.push(...(page.ids ?? []))
    if (!page.IsTruncated) break
    markers = {KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker}
  }
  expect(seen).toEqual((await list()).ids)
})

it('removes the uploads of a bucket with it', async () => {
  const cloud = localCloud()
  await cloud.s3.send(new CreateBucketCommand({Bucket}))
  const {part, parts} = await begin(cloud)
  await part(1, Buffer.from('x'))
  await cloud.s3.send(new DeleteBucketCommand({Bucket}))
  await expect(parts()).rejects.toMatchObject({name: 'NoSuchUpload'})
})
