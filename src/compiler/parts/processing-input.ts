// An input of a processing job, as processing steps and checks write it.

import type {Json, JsonObject} from '../../definition/json.ts'

/** As files, and whole on every instance. */
const usualTransfer = {S3InputMode: 'File', S3DataDistributionType: 'FullyReplicated', S3CompressionType: 'None'}

export function processingInput(name: string, s3Uri: Json, folder: string, transfer: JsonObject = {}): JsonObject {
  return {
    InputName: name,
    AppManaged: false,
    S3Input: {S3Uri: s3Uri, LocalPath: folder, S3DataType: 'S3Prefix', ...usualTransfer, ...transfer},
  }
}
