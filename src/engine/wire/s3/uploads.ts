// Uploads in parts: starting and aborting one, and taking its parts.

import {createReadStream} from 'node:fs'
import type {Part, Upload} from '../../store/uploads.ts'
import {requireBucket} from './buckets.ts'
import {parseRange} from './byte-range.ts'
import {queryText, type S3Answer, type S3Call} from './call.ts'
import {type Algorithm, algorithms, checksumHeader, parseAlgorithm} from './checksums.ts'
import {findCopySource, renderCopy} from './copy-object.ts'
import {refuse, S3Error} from './faults.ts'
import {readKeptHeaders} from './kept-headers.ts'
import {openPayload, type Payload} from './payload.ts'
import {element, xmlAnswer} from './xml.ts'

const mostParts = 10_000

export async function createMultipartUpload(call: S3Call): Promise<S3Answer> {
  const {incoming, uploads, bucket, key, objects} = call
  await requireBucket(call)
  // Says now what would be wrong with the name in the end.
  await objects.head(bucket, key)
  await objects.createBucket(bucket)
  const kind = readChecksumKind(call)
  const {id} = uploads.start({bucket, key, headers: readKeptHeaders(incoming), ...kind}, call.now())
  const told: Record<string, string> = kind.algorithm
    ? {
        'x-amz-checksum-algorithm': kind.algorithm,
        'x-amz-checksum-type': kind.isComposite ? 'COMPOSITE' : 'FULL_OBJECT',
      }
    : {}
  const inner = element('Bucket', bucket) + element('Key', key) + element('UploadId', id)
  return xmlAnswer('InitiateMultipartUploadResult', inner, told)
}

/** A SHA can only be composite and CRC64NVME never is; the others are, unless the request says otherwise. */
function readChecksumKind({incoming}: S3Call): {algorithm?: Algorithm; isComposite: boolean} {
  const name = incoming.headers.get('x-amz-checksum-algorithm')
  const algorithm = parseAlgorithm(name)
  if (name !== undefined && !algorithm) {
    throw new S3Error(
      'InvalidRequest',
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types',
    )
  }
  if (!algorithm) return {isComposite: false}
  const type =
    incoming.headers.get('x-amz-checksum-type')?.toUpperCase() ??
    (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')
  const allowed = {
    CRC32: ['COMPOSITE', 'FULL_OBJECT'],
    CRC32C: ['COMPOSITE', 'FULL_OBJECT'],
    CRC64NVME: ['FULL_OBJECT'],
  }
  const types = algorithm === 'SHA1' || algorithm === 'SHA256' ? ['COMPOSITE'] : allowed[algorithm]
  if (types.includes(type)) return {algorithm, isComposite: type === 'COMPOSITE'}
  throw new S3Error(
    'InvalidRequest',
    `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
  )
}

export async function uploadPart(call: S3Call): Promise<S3Answer> {
  const upload = findUpload(call)
  const number = readPartNumber(call)
  const {headers} = call.incoming
  const sent = algorithms.find(
    (each) => headers.has(checksumHeader(each)) || headers.get('x-amz-trailer')?.trim() === checksumHeader(each),
  )
  if (upload.algorithm !== undefined && sent !== upload.algorithm) {
    const [expected, actual] = [upload.algorithm.toLowerCase(), sent?.toLowerCase() ?? 'null']
    const message = `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`
    return refuse('InvalidRequest', message)
  }
  const part = await takePart(call, upload, number, openPayload(call.incoming))
  const checksum: Record<string, string> = part.checksum
    ? {[checksumHeader(part.checksum.algorithm)]: part.checksum.value}
    : {}
  return {statusCode: 200, headers: {etag: `"${part.etag}"`, ...checksum}}
}

export async function uploadPartCopy(call: S3Call): Promise<S3Answer> {
  const upload = findUpload(call)
  const number = readPartNumber(call)
  const {entry} = await findCopySource(call)
  const header = call.incoming.headers.get('x-amz-copy-source-range')
  const range = parseRange(header, entry.size)
  if (range === 'unsatisfiable' || (header !== undefined && !range)) {
    return refuse(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    )
  }

  const body = createReadStream(entry.path, range ?? {})
  const request = {...call.incoming.request, body}
  const payload = openPayload({...call.incoming, request, headers: new Map()}, parseAlgorithm(upload.algorithm))
  const part = await takePart(call, upload, number, payload)
  return xmlAnswer('CopyPartResult', renderCopy(part.modifiedAtMs, part))
}

export async function abortMultipartUpload(call: S3Call): Promise<S3Answer> {
  const {id} = findUpload(call)
  call.uploads.abort(id)
  await call.uploads.sweep(id)
  return {statusCode: 204, headers: {}}
}

/** The upload that `?uploadId` names, while it is under way. */
export function findUpload(call: S3Call): Upload {
  const upload = findAnyUpload(call)
  if (upload.completed) throw new S3Error('NoSuchUpload')
  return upload
}

/** Also one that has been completed. */
export function findAnyUpload(call: S3Call): Upload {
  const upload = call.uploads.find(queryText(call, 'uploadId'))
  if (!upload || upload.bucket !== call.bucket || upload.key !== call.key) throw new S3Error('NoSuchUpload')
  return upload
}

async function takePart({uploads}: S3Call, upload: Upload, number: number, payload: Payload): Promise<Part> {
  const settle = () => ({etag: payload.md5(), checksum: payload.checksum()})
  const part = await uploads.putPart(upload, number, payload.chunks, settle)
  if (!part) throw new S3Error('NoSuchUpload')
  return part
}

function readPartNumber(call: S3Call): number {
  const text = queryText(call, 'partNumber')
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (number >= 1 && number <= mostParts) return number
  throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive')
}
