// The S3 client, set up for AWS, for what stands in for it, or for the embedded engine.

import {S3Client} from '@aws-sdk/client-s3'
import {equipped} from '../client-middleware.ts'
import {type CloudOptions, clientSettings, connectionTimeoutMs, idleTimeoutMs} from '../client-options.ts'

const embeddedBucketSettings = {
  forcePathStyle: true,
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  disableS3ExpressSessionAuth: true,
} as const

/** A large part may take minutes on a slow line: only silence ends a request. */
const socketSettings = {requestHandler: {connectionTimeout: connectionTimeoutMs, socketTimeout: idleTimeoutMs}}

/** Stand-ins want the bucket in the path, and some of them never answer `Expect: 100-continue`. */
const standInSettings = {forcePathStyle: true, expectContinueHeader: false} as const

export function s3Client(options: CloudOptions): S3Client {
  const client = new S3Client({
    ...clientSettings(options, `s3.${options.region}.amazonaws.com`),
    ...(options.requestHandler ? embeddedBucketSettings : socketSettings),
    ...(options.hasOwnEndpoint ? standInSettings : {}),
  })
  return equipped(client, options)
}
