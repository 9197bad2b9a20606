// Switches a bucket's events on: EventBridge is added to what its notification configuration holds, and the rest stays.

import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import {call, isConflict} from '../call.ts'

export async function readNotifications(client: S3Client, bucket: string) {
  const command = new GetBucketNotificationConfigurationCommand({Bucket: bucket})
  const {$metadata: _, ...configuration} = await call('GetBucketNotificationConfiguration', client.send(command))
  return configuration
}

const attempts = 3

/**
 * S3 takes the whole configuration or none of it, and knows no condition for that: where it says that somebody else changes it at
 * this moment, theirs is read first. The queues, topics and functions that are named were taken before: they are neither
 * checked nor sent a test message again.
 */
export async function sendEvents(client: S3Client, bucket: string, attempt = 1): Promise<void> {
  const standing = await readNotifications(client, bucket)
  if (standing.EventBridgeConfiguration !== undefined) return
  const command = new PutBucketNotificationConfigurationCommand({
    Bucket: bucket,
    NotificationConfiguration: {...standing, EventBridgeConfiguration: {}},
    SkipDestinationValidation: true,
  })
  try {
    await call('PutBucketNotificationConfiguration', client.send(command))
  } catch (error) {
    if (!isConflict(error) || attempt === attempts) throw error
    await sendEvents(client, bucket, attempt + 1)
  }
}
