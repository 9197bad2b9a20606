// Buckets through the AWS SDK: is there one, where is it, and does it tell EventBridge of its objects?

import {GetBucketLocationCommand, HeadBucketCommand} from '@aws-sdk/client-s3'
import type {Bucket, BucketsPort} from './account-ports.ts'
import {call, isDenied} from './call.ts'
import type {CloudOptions} from './client-options.ts'
import {responseOf} from './errors/response.ts'
import {s3Client} from './s3/client.ts'
import {readNotifications, sendEvents} from './s3/send-events.ts'
import {isNotFound, ServiceError} from './service-error.ts'

export function bucketsPort(options: CloudOptions): BucketsPort {
  const client = s3Client(options)

  async function location(name: string): Promise<Bucket> {
    try {
      const answer = await call('GetBucketLocation', client.send(new GetBucketLocationCommand({Bucket: name})))
      return {region: regionOfConstraint(answer.LocationConstraint)}
    } catch (error) {
      if (isDenied(error)) return {}
      throw error
    }
  }

  return {
    async find(name) {
      try {
        const {BucketRegion} = await call('HeadBucket', client.send(new HeadBucketCommand({Bucket: name})))
        return BucketRegion === undefined ? await location(name) : {region: BucketRegion}
      } catch (error) {
        if (isNoSuchBucket(error)) return undefined
        const region = regionInRefusal(error)
        if (region !== undefined) return {region}
        if (isDenied(error)) return {}
        throw error
      }
    },
    async sendsEvents(name) {
      return (await readNotifications(client, name)).EventBridgeConfiguration !== undefined
    },
    sendEvents: (name) => sendEvents(client, name),
  }
}

/** The oldest two regions have names of their own here (S3 API reference, GetBucketLocation). */
function regionOfConstraint(constraint: string | null | undefined): string {
  if (constraint === null || constraint === undefined || constraint === '') return 'us-east-1'
  return constraint === 'EU' ? 'eu-west-1' : constraint
}

function isNoSuchBucket(error: unknown): boolean {
  return isNotFound(error) || (error instanceof ServiceError && error.code === 'no-such-bucket')
}

/** S3 tells the region also to who asks in the wrong one (301), or may not ask (403). */
function regionInRefusal(error: unknown): string | undefined {
  if (!(error instanceof ServiceError) || !(error.cause instanceof Error)) return undefined
  if (error.code !== 'access-denied' && error.code !== 'wrong-region') return undefined
  return responseOf(error.cause)?.headers['x-amz-bucket-region']
}
