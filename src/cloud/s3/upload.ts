// A file to S3: in one request when it is small, in parts when it is not. Every byte is covered by a SHA-256 that S3 checks.

import {open} from 'node:fs/promises'
import {PutObjectCommand, type S3Client} from '@aws-sdk/client-s3'
import {call} from '../call.ts'
import type {PutFileOptions} from '../ports.ts'
import {objectPlace} from './object-place.ts'
import {smallestPartBytes} from './part-plan.ts'
import {openSource, sha256} from './source.ts'
import {uploadParts} from './upload-parts.ts'

export async function uploadFile(
  client: S3Client,
  uri: string,
  path: string,
  onBytes: PutFileOptions['onBytes'],
): Promise<void> {
  const file = await open(path)
  try {
    const source = await openSource(file, path)
    const place = objectPlace(uri)
    if (source.size > smallestPartBytes) return await uploadParts(client, place, source, onBytes)

    const Body = Buffer.alloc(source.size)
    await source.read(Body, 0)
    await source.ensureUnchanged()
    await call('PutObject', client.send(new PutObjectCommand({...place, Body, ChecksumSHA256: sha256(Body)})))
    onBytes?.(source.size)
  } finally {
    await file.close()
  }
}
