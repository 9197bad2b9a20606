// Which operation a request means: by its method, what it addresses, and the sub-resource in its query.

import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  getBucketTagging,
  getBucketVersioning,
  headBucket,
  listBuckets,
} from './buckets.ts'
import type {S3Call, S3Operation} from './call.ts'
import {completeMultipartUpload} from './complete-upload.ts'
import {copyObject} from './copy-object.ts'
import {deleteObjects} from './delete-objects.ts'
import {refuse} from './faults.ts'
import {listObjectsV1, listObjectsV2} from './list-objects.ts'
import {listMultipartUploads, listParts} from './list-uploads.ts'
import {getBucketNotification, putBucketNotification} from './notification.ts'
import {getObjectTagging} from './object-tagging.ts'
import {deleteObject, getObject, headObject, putObject} from './objects.ts'
import {abortMultipartUpload, createMultipartUpload, uploadPart, uploadPartCopy} from './uploads.ts'

const routes: Readonly<Record<string, S3Operation>> = {
  'GET service': listBuckets,

  'GET bucket': listObjectsV1,
  'GET bucket ?list-type': listObjectsV2,
  'HEAD bucket': headBucket,
  'PUT bucket': createBucket,
  'DELETE bucket': deleteBucket,
  'POST bucket ?delete': deleteObjects,
  'GET bucket ?location': getBucketLocation,
  'GET bucket ?versioning': getBucketVersioning,
  'GET bucket ?tagging': getBucketTagging,
  'GET bucket ?notification': getBucketNotification,
  'PUT bucket ?notification': putBucketNotification,
  'GET bucket ?uploads': listMultipartUploads,

  'GET object': getObject,
  'HEAD object': headObject,
  'PUT object': putObject,
  'PUT object copy': copyObject,
  'DELETE object': deleteObject,
  'GET object ?tagging': getObjectTagging,
  'POST object ?uploads': createMultipartUpload,
  'PUT object ?partNumber ?uploadId': uploadPart,
  'PUT object ?partNumber ?uploadId copy': uploadPartCopy,
  'GET object ?uploadId': listParts,
  'POST object ?uploadId': completeMultipartUpload,
  'DELETE object ?uploadId': abortMultipartUpload,
}

/** Query members that make a request mean something else than its method alone (Amazon S3 API Reference, "Actions"). */
const subResources = new Set([
  ...[
    'accelerate',
    'acl',
    'analytics',
    'attributes',
    'cors',
    'delete',
    'encryption',
    'intelligent-tiering',
    'inventory',
  ],
  ...[
    'legal-hold',
    'lifecycle',
    'list-type',
    'location',
    'logging',
    'metadataConfiguration',
    'metadataTable',
    'metrics',
  ],
  ...['notification', 'object-lock', 'ownershipControls', 'partNumber', 'policy', 'policyStatus', 'publicAccessBlock'],
  ...[
    'renameObject',
    'replication',
    'requestPayment',
    'restore',
    'retention',
    'select',
    'session',
    'tagging',
    'torrent',
  ],
  ...['uploadId', 'uploads', 'versionId', 'versioning', 'versions', 'website'],
])

export function findOperation(call: S3Call): S3Operation {
  const {bucket, key, incoming} = call
  const {method, query} = incoming.request
  const level = addressedLevel(bucket, key)
  const parts = Object.keys(query).filter((name) => subResources.has(name) && level !== 'service')
  const asked = parts.sort().map((name) => `?${name}`)
  const copy = method === 'PUT' && incoming.headers.has('x-amz-copy-source') ? ['copy'] : []
  const route = [method, level, ...asked, ...copy].join(' ')
  if (Object.hasOwn(routes, route)) return routes[route] ?? notImplemented(route)
  return notImplemented(route)
}

function addressedLevel(bucket: string, key: string): string {
  if (bucket === '') return 'service'
  return key === '' ? 'bucket' : 'object'
}

function notImplemented(route: string): S3Operation {
  return async () => refuse('NotImplemented', `${route} is not implemented by the embedded engine.`)
}
