// Removes many objects with few requests.

import {DeleteObjectsCommand, type S3Client} from '@aws-sdk/client-s3'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {call} from '../call.ts'

/** DeleteObjects takes a thousand keys (Amazon S3 API Reference). */
const mostKeys = 1000

/** Entries that failed in an answer of 200 are errors like any other. */
export async function removeAll(client: S3Client, bucket: string, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += mostKeys) {
    const Objects = keys.slice(at, at + mostKeys).map((Key) => ({Key}))
    const command = new DeleteObjectsCommand({Bucket: bucket, Delete: {Objects, Quiet: true}})
    const {Errors: [first, ...others] = []} = await call('DeleteObjects', client.send(command))
    if (first) throw notRemoved(bucket, first.Key ?? '', first.Message ?? first.Code ?? '', others.length)
  }
}

function notRemoved(bucket: string, key: string, reason: string, others: number): MlpipeError {
  const more = others === 0 ? '' : `, and ${others} others`
  const message = `DeleteObjects left s3://${bucket}/${key}${more}: ${reason}`
  return new MlpipeError({code: 'not-removed', message, who: 'service', nextSteps: ['run the command again']})
}
