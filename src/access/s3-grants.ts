// What is needed of S3 to read and write at given places.

import {type Grant, withoutCovered} from './grants.ts'
import {type AccountPlace, bucketArn} from './place.ts'
import type {S3Use} from './s3-uses.ts'

/**
 * What is written can be read too: the steps that come after do. Listing is asked of the bucket, and kept to the same keys by
 * its prefix (Amazon S3 User Guide, "Bucket policy examples using condition keys").
 */
export function s3Grants(place: AccountPlace, uses: readonly S3Use[]): Grant[] {
  return uses.flatMap(({mode, bucket, keys}): Grant[] => {
    const objects = [`${bucketArn(place, bucket)}/${keys}`]
    return [
      {topic: 'ReadObjects', actions: ['s3:GetObject'], resources: objects},
      ...(mode === 'write'
        ? [{topic: 'WriteObjects', actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: objects}]
        : []),
      {topic: 'FindBuckets', actions: ['s3:GetBucketLocation'], resources: [bucketArn(place, bucket)]},
    ]
  })
}

/** One grant a bucket, for the keys of all its uses. */
export function listingGrants(place: AccountPlace, uses: readonly S3Use[], actions = ['s3:ListBucket']): Grant[] {
  const buckets = new Map<string, Set<string>>()
  for (const {bucket, keys} of uses) buckets.set(bucket, (buckets.get(bucket) ?? new Set()).add(keys))
  return [...buckets].map(([bucket, keys]) => ({
    topic: 'ListObjects',
    actions,
    resources: [bucketArn(place, bucket)],
    condition: {StringLike: {'s3:prefix': withoutCovered([...keys].sort())}},
  }))
}
