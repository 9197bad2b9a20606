// How far the uploads of a deploy have come, in one line.

import type {ProgressEvent} from '../../actions/reporter.ts'
import {bytes, count} from '../time.ts'

export type UploadProgress = Extract<ProgressEvent, {kind: 'upload-progress'}>

/** `uploading 3 of 7 files, 120 of 512 MiB` */
export function uploadingLine({files, bytes: {sent, total}}: UploadProgress): string {
  const [sentText, totalText] = [bytes(sent), bytes(total)]
  const [amount = '', unit] = sentText.split(' ')
  const share = totalText.endsWith(` ${unit}`) ? amount : sentText
  return `uploading ${files.sent} of ${count(files.total, 'file')}, ${share} of ${totalText}`
}

export function isUploaded({files}: UploadProgress): boolean {
  return files.sent === files.total
}

/** Below this an upload is over before a line of it is read. */
const sparseFromBytes = 16 * 1024 * 1024
const sparseParts = 10

/** Lines for a log: one for every tenth of a large upload. */
export function sparseUploadLines(): (progress: UploadProgress) => string[] {
  let told = 0
  return (progress) => {
    const {sent, total} = progress.bytes
    if (total < sparseFromBytes) return []
    const part = Math.floor((sparseParts * sent) / total)
    if (part <= told) return []
    told = part
    return [uploadingLine(progress)]
  }
}
