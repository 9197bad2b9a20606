// Files to an S3 that checks every byte, over a socket.

import {appendFileSync, closeSync, openSync, writeFileSync, writeSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it, onTestFinished} from 'vitest'
import {connectCloud} from '../../../src/cloud/connect-cloud.ts'
import {planParts} from '../../../src/cloud/s3/part-plan.ts'
import {useEndpoint} from '../../support/aws-settings.ts'
import {type FakeS3Options, startFakeS3} from '../../support/fake-s3.ts'
import {seededRandom} from '../../support/seeded-random.ts'
import {tempDir} from '../../support/temp-dir.ts'

const mebibyte = 1024 * 1024
const uri = 's3://lake/raw/data.bin'

async function fakeS3(options: FakeS3Options = {}) {
  const s3 = await startFakeS3(options)
  onTestFinished(() => s3.close())
  useEndpoint(s3.url)
  const {objects} = await connectCloud({region: 'us-east-1', hasOwnEndpoint: true, version: '1.2.3'})
  return {s3, objects}
}

function randomBytes(size: number, seed = 1): Buffer {
  const random = seededRandom(seed)
  const bytes = Buffer.alloc(size)
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE(random.below(2 ** 32), at)
  return bytes
}

function fileOf(bytes: Buffer): string {
  const path = join(tempDir(), 'data.bin')
  writeFileSync(path, bytes)
  return path
}

it.each([
  ['an empty file', 0],
  ['a small file', 3],
  ['a file of just one part', 16 * mebibyte],
])('%s goes up in one request', async (_what, size) => {
  const {s3, objects} = await fakeS3()
  const bytes = randomBytes(size)
  const progress: number[] = []
  await objects.putFile(uri, fileOf(bytes), {onBytes: (sent) => progress.push(sent)})
  expect(s3.log).toEqual(['PUT object'])
  expect(s3.objects.get('raw/data.bin')?.bytes.equals(bytes)).toBe(true)
  expect(progress).toEqual([size])
})

it('a larger file goes up in parts, and is the same there', async () => {
  const {s3, objects} = await fakeS3()
  const bytes = randomBytes(40 * mebibyte + 5)
  const progress: number[] = []
  await objects.putFile(uri, fileOf(bytes), {onBytes: (sent) => progress.push(sent)})
  expect([...s3.log].sort()).toEqual(
    ['GET uploads', 'POST uploads', 'PUT part 1', 'PUT part 2', 'PUT part 3', 'POST upload'].sort(),
  )
  expect(s3.objects.get('raw/data.bin')?.bytes.equals(bytes)).toBe(true)
  expect(progress).toEqual([...progress].sort((a, b) => a - b))
  expect(progress.at(-1)).toBe(bytes.length)
})

it('what a try that broke off has brought there is not sent again, unless it has changed', async () => {
  let breaks = true
  const {s3, objects} = await fakeS3({breaksOff: (what) => breaks && what === 'PUT part 4'})
  const bytes = randomBytes(70 * mebibyte)
  const path = fileOf(bytes)
  await expect(objects.putFile(uri, path)).rejects.toMatchObject({
    code: 'service-unreachable',
    message: expect.stringContaining('UploadPart of s3://lake/raw/data.bin got no answer'),
  })
  expect(s3.objects.size).toBe(0)
  expect(s3.uploads.size).toBe(1)

  breaks = false
  s3.log.length = 0
  // The second part is another one now.
  bytes.writeUInt8(bytes.readUInt8(20 * mebibyte) ^ 1, 20 * mebibyte)
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 20 * mebibyte, 1, 20 * mebibyte)
  closeSync(file)
  const progress: number[] = []
  await objects.putFile(uri, path, {onBytes: (sent) => progress.push(sent)})
  expect(s3.log.filter((what) => what.startsWith('PUT')).sort()).toEqual(['PUT part 2', 'PUT part 4'])
  expect(s3.log).not.toContain('POST uploads')
  expect(progress.at(-1)).toBe(bytes.length)
  expect(s3.objects.get('raw/data.bin')?.bytes.equals(bytes)).toBe(true)
  expect(s3.uploads.size).toBe(0)
})

it('parts that break off now and then are sent again', async () => {
  const random = seededRandom(7)
  const {s3, objects} = await fakeS3({breaksOff: () => random.next() < 0.2})
  const bytes = randomBytes(50 * mebibyte, 2)
  await objects.putFile(uri, fileOf(bytes))
  expect(s3.objects.get('raw/data.bin')?.bytes.equals(bytes)).toBe(true)
})

it('a file that changes while it goes up is an error, and no object is made', async () => {
  const path = fileOf(randomBytes(40 * mebibyte))
  let hasChanged = false
  const {s3, objects} = await fakeS3({
    breaksOff: (what) => {
      if (what === 'PUT part 2' && !hasChanged) appendFileSync(path, 'x')
      hasChanged ||= what === 'PUT part 2'
      return false
    },
  })
  await expect(objects.putFile(uri, path)).rejects.toMatchObject({code: 'file-changed'})
  expect(s3.objects.size).toBe(0)
})

it('a lost answer to the last request does not count as a failure', async () => {
  const {s3, objects} = await fakeS3()
  const bytes = randomBytes(20 * mebibyte)
  // S3 completes the upload, and its answer is lost.
  let isLost = false
  const complete = s3.uploads.delete.bind(s3.uploads)
  s3.uploads.delete = (id) => {
    const isFirst = !isLost
    isLost = true
    complete(id)
    if (isFirst) throw new Error('the answer is lost')
    return true
  }
  await objects.putFile(uri, fileOf(bytes))
  expect(isLost).toBe(true)
  expect(s3.objects.get('raw/data.bin')?.bytes.equals(bytes)).toBe(true)
})

// Amazon S3 User Guide, "Amazon S3 multipart upload limits": parts of 5 MiB to 5 GiB, at most 10,000.
it.each([
  ['20 MiB', 20 * mebibyte],
  ['2 GiB', 2048 * mebibyte],
  ['156.25 GiB and a byte', 160_000 * mebibyte + 1],
  ['5 TiB', 5 * 1024 * 1024 * mebibyte],
])('a file of %s is cut into parts that S3 takes', (_text, size) => {
  const {partBytes, parts, lanes} = planParts(size)
  expect(parts).toBeLessThanOrEqual(10_000)
  expect(parts * partBytes).toBeGreaterThanOrEqual(size)
  expect((parts - 1) * partBytes).toBeLessThan(size)
  expect(partBytes).toBeGreaterThanOrEqual(16 * mebibyte)
  expect(lanes === 1 || lanes * partBytes <= 128 * mebibyte).toBe(true)
})
