// A file to S3: in one request when it is small, in parts when it is not. Every byte is covered by a SHA-256 that S3 checks.

import {createHash} from 'node:crypto'
import {type FileHandle, open} from 'node:fs/promises'
import {PutObjectCommand, type S3Client} from '@aws-sdk/client-s3'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {PutFileOptions} from '../ports.ts'
import {call} from '../sagemaker/call.ts'
import {objectPlace} from './object-place.ts'
import {type PartPlan, planParts, smallestPartBytes} from './part-plan.ts'
import {uploadParts} from './upload-parts.ts'

/** One file on its way: where it goes, and how its bytes are had. */
export type Source = {
  readonly size: number
  readonly plan: PartPlan
  /** Fills `buffer`, which is as long as the part, from the place in the file. */
  read(buffer: Buffer, position: number): Promise<void>
  /** Throws when the file is not what it was when the upload began. */
  ensureUnchanged(): Promise<void>
}

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

/** As the header x-amz-checksum-sha256 has it. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64')
}

async function openSource(file: FileHandle, path: string): Promise<Source> {
  const before = await file.stat()
  return {
    size: before.size,
    plan: planParts(before.size),
    async read(buffer, position) {
      let filled = 0
      while (filled < buffer.length) {
        const {bytesRead} = await file.read(buffer, filled, buffer.length - filled, position + filled)
        if (bytesRead === 0) throw fileChanged(path)
        filled += bytesRead
      }
    },
    async ensureUnchanged() {
      const now = await file.stat()
      if (now.size !== before.size || now.mtimeMs !== before.mtimeMs) throw fileChanged(path)
    },
  }
}

function fileChanged(path: string): MlpipeError {
  return new MlpipeError({
    code: 'file-changed',
    message: `${path} changed while it was uploaded, so that what is in S3 would be neither the old nor the new`,
    nextSteps: ['run the command again when nothing writes to the file'],
  })
}
