// What an earlier try that broke off has left in S3: its upload, and the parts that arrived.

import {
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
  type ListPartsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3'
import {call} from '../call.ts'
import {ServiceError} from '../service-error.ts'
import type {S3Place} from './object-place.ts'

export type Part = {readonly size: number; readonly sha256: string; readonly etag: string}

export type Upload = {readonly place: S3Place; readonly uploadId: string; readonly parts: ReadonlyMap<number, Part>}

/** The newest upload of the very key whose parts carry SHA-256 checksums; undefined also where the caller may not look. */
export async function unfinishedUpload(client: S3Client, place: S3Place): Promise<Upload | undefined> {
  try {
    const uploadId = await newestUpload(client, place)
    return uploadId === undefined ? undefined : {place, uploadId, parts: await partsOf(client, place, uploadId)}
  } catch (error) {
    const isOptional =
      error instanceof ServiceError && ['access-denied', 'not-found', 'unknown-operation'].includes(error.code)
    if (!isOptional) throw error
    return undefined
  }
}

async function newestUpload(client: S3Client, {Bucket, Key}: S3Place): Promise<string | undefined> {
  let newest: {readonly id: string; readonly startedAtMs: number} | undefined
  let page: ListMultipartUploadsCommandOutput | undefined
  do {
    const after = page ? {KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker} : {}
    const command = new ListMultipartUploadsCommand({Bucket, Prefix: Key, ...after})
    page = await call('ListMultipartUploads', client.send(command))
    for (const {Key: key, UploadId: id, ChecksumAlgorithm, Initiated} of page.Uploads ?? []) {
      if (key !== Key || id === undefined || ChecksumAlgorithm !== 'SHA256') continue
      const startedAtMs = Initiated?.getTime() ?? 0
      if (!newest || startedAtMs >= newest.startedAtMs) newest = {id, startedAtMs}
    }
  } while (page.IsTruncated && page.NextKeyMarker !== undefined)
  return newest?.id
}

async function partsOf(client: S3Client, place: S3Place, UploadId: string): Promise<Map<number, Part>> {
  const parts = new Map<number, Part>()
  let page: ListPartsCommandOutput | undefined
  do {
    const after = page?.NextPartNumberMarker === undefined ? {} : {PartNumberMarker: page.NextPartNumberMarker}
    page = await call('ListParts', client.send(new ListPartsCommand({...place, UploadId, ...after})))
    for (const {PartNumber, Size, ChecksumSHA256, ETag} of page.Parts ?? []) {
      if (PartNumber === undefined || Size === undefined || ChecksumSHA256 === undefined || ETag === undefined) continue
      parts.set(PartNumber, {size: Size, sha256: ChecksumSHA256, etag: ETag})
    }
  } while (page.IsTruncated && page.NextPartNumberMarker !== undefined)
  return parts
}
