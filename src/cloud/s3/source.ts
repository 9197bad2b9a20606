// The file that is to go up: its bytes by place, their checksums, and whether it stays what it was.

import {createHash} from 'node:crypto'
import type {FileHandle} from 'node:fs/promises'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {type PartPlan, planParts} from './part-plan.ts'

/** One file on its way: where it goes, and how its bytes are had. */
export type Source = {
  readonly size: number
  readonly plan: PartPlan
  /** Fills `buffer`, which is as long as the part, from the place in the file. */
  read(buffer: Buffer, position: number): Promise<void>
  /** Throws when the file is not what it was when the upload began. */
  ensureUnchanged(): Promise<void>
}

/** As the header x-amz-checksum-sha256 has it. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64')
}

export async function openSource(file: FileHandle, path: string): Promise<Source> {
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
