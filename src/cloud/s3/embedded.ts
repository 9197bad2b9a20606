// A file into the embedded engine: as one stream, whatever its size, since nothing can break off on the way.

import {createReadStream} from 'node:fs'
import {stat} from 'node:fs/promises'
import {PutObjectCommand, type S3Client} from '@aws-sdk/client-s3'
import {call} from '../call.ts'
import type {PutFileOptions} from '../ports.ts'
import {objectPlace} from './object-place.ts'

/** Below this a file is sent as one buffer, which saves the SDK its chunked encoding. */
const bufferLimitBytes = 8 * 1024 * 1024

export async function copyToEngine(
  client: S3Client,
  uri: string,
  path: string,
  onBytes: PutFileOptions['onBytes'],
): Promise<void> {
  const {size} = await stat(path)
  const Body = createReadStream(path, size <= bufferLimitBytes ? {highWaterMark: Math.max(size, 1)} : {})
  try {
    await call('PutObject', client.send(new PutObjectCommand({...objectPlace(uri), Body, ContentLength: size})))
  } finally {
    Body.destroy()
  }
  onBytes?.(size)
}
