// The payload of an S3 request: read once, as a stream, and held to what its headers and trailers say of it. A body that is too
// short or has another checksum fails at its end, and so never becomes an object.

import {createHash} from 'node:crypto'
import type {Checksum} from '../../store/object-records.ts'
import {bodyChunks, type Incoming} from '../message.ts'
import {
  type Algorithm,
  algorithms,
  checksumBytes,
  checksumHeader,
  parseAlgorithm,
  type Running,
  startChecksum,
} from './checksums.ts'
import {decodeChunked} from './chunked-body.ts'
import {S3Error} from './faults.ts'

export type Payload = {
  readonly chunks: AsyncIterable<Uint8Array>
  /** What follows is known when the chunks have been read. MD5 in hex. */
  md5(): string
  checksum(): Checksum | undefined
  /** Of the bytes that were read. */
  size(): number
}

type Headers = Incoming['headers']

/** S3: 5 GiB in one request ("Uploading objects"). */
const mostBytes = 5 * 1024 ** 3
/** A list of 10,000 parts with their checksums has 1.5 MB. */
const mostXmlBytes = 4 * 1024 ** 2

/** `wanted`: also computed when the client does not send one. */
export function openPayload({request, headers}: Incoming, wanted?: Algorithm): Payload {
  const isChunked = isAwsChunked(headers)
  const declared = readDeclared(headers)
  const length = declaredLength(headers, isChunked)
  if ((length ?? 0) > mostBytes) throw new S3Error('EntityTooLarge')

  const algorithm = declared.algorithm ?? wanted
  const signedSha256 = /^[0-9a-f]{64}$/.exec(headers.get('x-amz-content-sha256') ?? '')?.[0]
  const running = new Map<Algorithm, Running>()
  if (algorithm) running.set(algorithm, startChecksum(algorithm))
  if (signedSha256 !== undefined && !isChunked) running.set('SHA256', startChecksum('SHA256'))
  const hash = createHash('md5')
  const trailers = new Map<string, string>()
  let size = 0
  let md5 = Buffer.alloc(0)
  const sums = new Map<Algorithm, Buffer>()

  const source = isChunked
    ? decodeChunked(bodyChunks(request.body), (name, value) => trailers.set(name, value))
    : bodyChunks(request.body)

  async function* read(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      size += chunk.length
      if (size > (length ?? mostBytes)) throw new S3Error(length === undefined ? 'EntityTooLarge' : 'IncompleteBody')
      hash.update(chunk)
      for (const each of running.values()) each.update(chunk)
      yield chunk
    }
    if (length !== undefined && size < length) throw new S3Error('IncompleteBody')
    md5 = hash.digest()
    for (const [name, each] of running) sums.set(name, each.digest())
    check()
  }

  const check = (): void => {
    if (declared.md5 !== undefined && declared.md5 !== md5.toString('base64')) {
      throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.')
    }
    if (signedSha256 !== undefined && !isChunked && sums.get('SHA256')?.toString('hex') !== signedSha256) {
      throw new S3Error('XAmzContentSHA256Mismatch')
    }
    if (!declared.algorithm) return
    const expected = declared.value ?? trailers.get(checksumHeader(declared.algorithm))
    if (expected === undefined) throw new S3Error('MalformedTrailerError')
    if (expected !== sums.get(declared.algorithm)?.toString('base64')) {
      throw new S3Error('BadDigest', `The ${declared.algorithm} you specified did not match the calculated checksum.`)
    }
  }

  return {
    chunks: read(),
    md5: () => md5.toString('hex'),
    size: () => size,
    checksum: () => {
      const sum = algorithm && sums.get(algorithm)
      return sum && {algorithm, value: sum.toString('base64'), isComposite: false}
    },
  }
}

/** The text of a body that holds a document. */
export async function readXmlBody(incoming: Incoming): Promise<string> {
  const payload = openPayload(incoming)
  const chunks: Uint8Array[] = []
  for await (const chunk of payload.chunks) {
    if (payload.size() > mostXmlBytes) throw new S3Error('EntityTooLarge')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Which kind of checksum the client sends, and the checksum itself when it does not come as a trailer. */
function readDeclared(headers: Headers): {md5?: string; algorithm?: Algorithm; value?: string} {
  const md5 = headers.get('content-md5')
  if (md5 !== undefined && !isBase64Of(md5, 16)) throw new S3Error('InvalidDigest')
  const given = algorithms.flatMap((algorithm) => {
    const value = headers.get(checksumHeader(algorithm))
    return value === undefined ? [] : [{algorithm, value}]
  })
  const trailed = parseAlgorithm(/^x-amz-checksum-(\w+)$/.exec(headers.get('x-amz-trailer')?.trim() ?? '')?.[1])
  if (given.length + (trailed ? 1 : 0) > 1) {
    const message = 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.'
    throw new S3Error('InvalidRequest', message)
  }
  const [first] = given
  if (first && !isBase64Of(first.value, checksumBytes(first.algorithm))) {
    throw new S3Error('InvalidRequest', `Value for ${checksumHeader(first.algorithm)} header is invalid.`)
  }
  return {...(md5 === undefined ? {} : {md5}), ...first, ...(trailed ? {algorithm: trailed} : {})}
}

function isBase64Of(text: string, bytes: number): boolean {
  const decoded = Buffer.from(text, 'base64')
  return decoded.length === bytes && decoded.toString('base64') === text
}

function isAwsChunked(headers: Headers): boolean {
  return (
    (headers.get('content-encoding')?.includes('aws-chunked') ?? false) ||
    (headers.get('x-amz-content-sha256')?.startsWith('STREAMING-') ?? false) ||
    headers.has('x-amz-decoded-content-length')
  )
}

function declaredLength(headers: Headers, isChunked: boolean): number | undefined {
  const text = headers.get(isChunked ? 'x-amz-decoded-content-length' : 'content-length')
  return text === undefined || !/^\d{1,15}$/.test(text) ? undefined : Number(text)
}
