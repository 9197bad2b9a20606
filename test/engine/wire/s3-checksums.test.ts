// What S3 checks of a body, and the checksums that it keeps. Check values of the algorithms: catalogue of parametrised CRCs,
// for the text "123456789".

import {createHash} from 'node:crypto'
import {Readable} from 'node:stream'
import {type ChecksumAlgorithm, GetObjectCommand, HeadObjectCommand, PutObjectCommand} from '@aws-sdk/client-s3'
import {expect, it} from 'vitest'
import {checksumHeader, startChecksum} from '../../../src/engine/wire/s3/checksums.ts'
import {decodeChunked} from '../../../src/engine/wire/s3/chunked-body.ts'
import {localCloud} from '../support/local-cloud.ts'

const text = '123456789'
const sha256 = createHash('sha256').update(text).digest()

const known = [
  ['CRC32', Buffer.from('cbf43926', 'hex').toString('base64')],
  ['CRC32C', Buffer.from('e3069283', 'hex').toString('base64')],
  ['CRC64NVME', Buffer.from('ae8b14860a799888', 'hex').toString('base64')],
  ['SHA1', createHash('sha1').update(text).digest('base64')],
  ['SHA256', sha256.toString('base64')],
] as const

/** PUT as it comes over the wire, past the SDK, which would send nothing wrong. */
async function putRaw(headers: Record<string, string>, body: string | Readable = text) {
  const {engine, s3} = localCloud()
  const request = {method: 'PUT', hostname: 's3.amazonaws.com', path: '/b-1/k', query: {}, isInProcess: true}
  const answer = await engine.handle({...request, headers, body})
  const code = /<Code>(\w+)<\/Code>/.exec(Buffer.from((answer.body as Uint8Array) ?? []).toString())?.[1]
  const kept = await s3.send(new HeadObjectCommand({Bucket: 'b-1', Key: 'k'})).catch(() => undefined)
  return {status: answer.statusCode, code, isKept: kept !== undefined, headers: answer.headers}
}

it.each(known)('computes %s, in one piece and in many', (algorithm, expected) => {
  const whole = startChecksum(algorithm)
  whole.update(Buffer.from(text))
  const pieces = startChecksum(algorithm)
  for (const character of text) pieces.update(Buffer.from(character))
  expect(whole.digest().toString('base64')).toBe(expected)
  expect(pieces.digest().toString('base64')).toBe(expected)
})

it.each(known)('checks %s and keeps it', async (algorithm, value) => {
  const header = checksumHeader(algorithm)
  expect(await putRaw({[header]: value})).toMatchObject({status: 200, headers: {[header]: value}})
  const wrong = startChecksum(algorithm).digest().toString('base64')
  expect(await putRaw({[header]: wrong})).toMatchObject({status: 400, code: 'BadDigest', isKept: false})
  expect(await putRaw({[header]: 'AA'})).toMatchObject({status: 400, code: 'InvalidRequest', isKept: false})
})

it.each(known.filter(([algorithm]) => algorithm !== 'CRC64NVME'))(
  'gives %s back to a client that asks for it, with the whole object only',
  async (ChecksumAlgorithm, value) => {
    const {s3} = localCloud()
    const place = {Bucket: 'b-1', Key: 'k'}
    const algorithm: ChecksumAlgorithm = ChecksumAlgorithm
    await s3.send(new PutObjectCommand({...place, Body: text, ChecksumAlgorithm: algorithm}))
    const member = `Checksum${ChecksumAlgorithm}`
    const asked = await s3.send(new GetObjectCommand({...place, ChecksumMode: 'ENABLED'}))
    expect(asked).toMatchObject({[member]: value, ChecksumType: 'FULL_OBJECT'})
    expect(await asked.Body?.transformToString()).toBe(text)
    expect(await s3.send(new HeadObjectCommand({...place, ChecksumMode: 'ENABLED'}))).toMatchObject({[member]: value})
    const part = await s3.send(new GetObjectCommand({...place, ChecksumMode: 'ENABLED', Range: 'bytes=0-3'}))
    expect(part).not.toHaveProperty(member)
  },
)

it.each([
  ['Content-MD5 that is none', {'content-md5': 'x'}, 'InvalidDigest'],
  ['Content-MD5 of something else', {'content-md5': createHash('md5').digest('base64')}, 'BadDigest'],
  ['a signed SHA-256 of something else', {'x-amz-content-sha256': '0'.repeat(64)}, 'XAmzContentSHA256Mismatch'],
  ['two checksums', {'x-amz-checksum-sha1': '', 'x-amz-checksum-crc32': ''}, 'InvalidRequest'],
  ['a body that is too short', {'content-length': '10'}, 'IncompleteBody'],
  ['a body that is too long', {'content-length': '8'}, 'IncompleteBody'],
  ['more than S3 takes at once', {'content-length': String(5 * 1024 ** 3 + 1)}, 'EntityTooLarge'],
])('refuses %s, and keeps nothing', async (_name, headers, code) => {
  expect(await putRaw(headers as Record<string, string>)).toMatchObject({status: 400, code, isKept: false})
})

it('takes a body that is as it says', async () => {
  const headers = {
    'content-length': '9',
    'content-md5': createHash('md5').update(text).digest('base64'),
    'x-amz-content-sha256': sha256.toString('hex'),
  }
  expect(await putRaw(headers)).toMatchObject({status: 200, headers: {etag: '"25f9e794323b453885f5181f1b624d0b"'}})
})

const chunked = {
  'content-encoding': 'aws-chunked',
  'x-amz-decoded-content-length': '9',
  'x-amz-trailer': 'x-amz-checksum-crc32',
}
const chunks = '4;chunk-signature=abc\r\n1234\r\n5\r\n56789\r\n0\r\n'

it.each([
  ['the right checksum', `${chunks}x-amz-checksum-crc32:y/Q5Jg==\r\n\r\n`, undefined],
  ['a signature after it', `${chunks}x-amz-checksum-crc32:y/Q5Jg==\r\nx-amz-trailer-signature:abc\r\n\r\n`, undefined],
  ['a wrong checksum', `${chunks}x-amz-checksum-crc32:AAAAAA==\r\n\r\n`, 'BadDigest'],
  ['no trailer', `${chunks}\r\n`, 'MalformedTrailerError'],
  ['something else', `${chunks}nonsense\r\n\r\n`, 'MalformedTrailerError'],
  ['no end', '4\r\n1234\r\n5\r\n567', 'IncompleteBody'],
  ['no chunks', 'plain text\r\n', 'IncompleteBody'],
  ['less than was said', '4\r\n1234\r\n0\r\nx-amz-checksum-crc32:m+Pgow==\r\n\r\n', 'IncompleteBody'],
])('reads aws-chunked with %s', async (_name, body, code) => {
  const answer = await putRaw(chunked, body)
  expect(answer).toMatchObject({status: code ? 400 : 200, code, isKept: code === undefined})
})

it('reads aws-chunked however it is cut', async () => {
  const bytes = Buffer.from(`${chunks}x-amz-checksum-crc32:y/Q5Jg==\r\n\r\n`)
  for (let size = 1; size < bytes.length; size += 1) {
    const pieces = Array.from({length: Math.ceil(bytes.length / size)}, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    )
    const trailers: string[] = []
    const read: Uint8Array[] = []
    for await (const piece of decodeChunked(Readable.from(pieces), (name, value) => trailers.push(name, value)))
      read.push(piece)
    expect(Buffer.concat(read).toString()).toBe(text)
    expect(trailers).toEqual(['x-amz-checksum-crc32', 'y/Q5Jg=='])
  }
})
