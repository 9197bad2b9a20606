// What S3 tells EventBridge of objects, where the bucket's notification configuration says so and somebody serves the bus.
// Source: Amazon S3 User Guide, "EventBridge event message structure". An object that is put when nobody serves is not told of.

import {randomBytes, randomUUID} from 'node:crypto'
import type {JsonObject} from '../../definition/json.ts'
import type {OperationContext} from '../operations/context.ts'
import {accountId} from '../store/arns.ts'
import {findBucketSettings, sendsEvents} from '../store/bucket-settings.ts'
import type {ObjectObserver} from '../store/objects.ts'
import {announce} from './publish.ts'

type Change = {
  readonly detailType: string
  readonly bucket: string
  readonly object: JsonObject
  readonly more: JsonObject
}

/** The context is there when the first object is. */
export function objectEvents(contextOf: () => OperationContext): ObjectObserver {
  const nextSequencer = sequencers(() => contextOf().now())

  const tell = ({detailType, bucket, object, more}: Change) => {
    const context = contextOf()
    const build = () => {
      const detail = {
        version: '0',
        bucket: {name: bucket},
        object: {...object, sequencer: nextSequencer()},
        'request-id': randomBytes(8).toString('hex').toUpperCase(),
        requester: accountId,
        'source-ip-address': '127.0.0.1',
        ...more,
      }
      const event = {id: randomUUID(), source: 'aws.s3', detailType, detail: JSON.stringify(detail)}
      return {...event, resources: [`arn:aws:s3:::${bucket}`], timeMs: context.now()}
    }
    announce(build, context)
  }

  return {
    observes(bucket) {
      const {bus, db} = contextOf()
      return bus.isServed() && sendsEvents(findBucketSettings(db, bucket))
    },
    created({bucket, key, size}, etag, reason) {
      tell({detailType: 'Object Created', bucket, object: {key, size, etag}, more: {reason}})
    },
    removed(bucket, key) {
      const more = {reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted'}
      tell({detailType: 'Object Deleted', bucket, object: {key}, more})
    },
  }
}

/** Of two events of one key the later one has the larger: hex of one length, the time and a number. */
function sequencers(now: () => number): () => string {
  let count = 0
  return () => {
    count = (count + 1) % 0x1000000
    return (hex(now(), 12) + hex(count, 6)).toUpperCase()
  }
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0')
}
