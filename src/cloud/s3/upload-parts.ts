// A multipart upload. When it fails it is left as it is: the next try finds it and sends only what is missing (parts that
// nobody comes back for cost storage until a lifecycle rule, AbortIncompleteMultipartUpload, takes them away).

import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import {call} from '../call.ts'
import type {PutFileOptions} from '../ports.ts'
import {isNotFound, wasRepeated} from '../service-error.ts'
import type {S3Place} from './object-place.ts'
import {type Source, sha256} from './source.ts'
import {type Upload, unfinishedUpload} from './unfinished-upload.ts'

export async function uploadParts(
  client: S3Client,
  place: S3Place,
  source: Source,
  onBytes: PutFileOptions['onBytes'],
): Promise<void> {
  const earlier = await unfinishedUpload(client, place)
  if (earlier) {
    try {
      return await finish(client, earlier, source, onBytes)
    } catch (error) {
      // It was aborted meanwhile, by a lifecycle rule perhaps.
      if (!isNotFound(error)) throw error
    }
  }
  const command = new CreateMultipartUploadCommand({...place, ChecksumAlgorithm: 'SHA256'})
  const {UploadId = ''} = await call('CreateMultipartUpload', client.send(command))
  await finish(client, {place, uploadId: UploadId, parts: new Map()}, source, onBytes)
}

async function finish(
  client: S3Client,
  upload: Upload,
  source: Source,
  onBytes: PutFileOptions['onBytes'],
): Promise<void> {
  const {partBytes, parts, lanes} = source.plan
  const done: CompletedPart[] = []
  let next = 1
  let sent = 0
  let hasFailed = false

  const lane = async (): Promise<void> => {
    const buffer = Buffer.allocUnsafe(Math.min(partBytes, source.size))
    while (next <= parts && !hasFailed) {
      const number = next
      next += 1
      const position = (number - 1) * partBytes
      const bytes = buffer.subarray(0, Math.min(partBytes, source.size - position))
      await source.read(bytes, position)
      done.push(await ensurePart(client, upload, number, bytes))
      sent += bytes.length
      onBytes?.(sent)
    }
  }
  const outcomes = await Promise.allSettled(
    Array.from({length: lanes}, () =>
      lane().catch((error: unknown) => {
        hasFailed = true
        throw error
      }),
    ),
  )
  const failure = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failure) throw failure.reason

  await source.ensureUnchanged()
  const byNumber = done.sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0))
  await complete(client, upload, byNumber, source.size)
}

/** Sends the part, unless an earlier try has brought the very same bytes there. */
async function ensurePart(client: S3Client, upload: Upload, PartNumber: number, Body: Buffer): Promise<CompletedPart> {
  const ChecksumSHA256 = sha256(Body)
  const there = upload.parts.get(PartNumber)
  if (there && there.size === Body.length && there.sha256 === ChecksumSHA256) {
    return {PartNumber, ETag: there.etag, ChecksumSHA256}
  }
  const command = new UploadPartCommand({...upload.place, UploadId: upload.uploadId, PartNumber, Body, ChecksumSHA256})
  const {ETag} = await call('UploadPart', client.send(command))
  return {PartNumber, ETag, ChecksumSHA256}
}

async function complete(client: S3Client, upload: Upload, Parts: CompletedPart[], size: number): Promise<void> {
  const {place, uploadId: UploadId} = upload
  const command = new CompleteMultipartUploadCommand({...place, UploadId, MultipartUpload: {Parts}})
  try {
    await call('CompleteMultipartUpload', client.send(command))
  } catch (error) {
    // The answer to the first request was lost, and the upload is complete: there is none any more.
    if (!isNotFound(error) || !wasRepeated(error)) throw error
    const {ContentLength} = await call('HeadObject', client.send(new HeadObjectCommand(place)))
    if (ContentLength !== size) throw error
  }
}
