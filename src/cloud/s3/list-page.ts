// One page of what lies below a prefix.

import {ListObjectsV2Command, type S3Client} from '@aws-sdk/client-s3'
import {call} from '../call.ts'
import {parseDataUri} from '../object-uri.ts'
import type {ObjectFacts} from '../ports.ts'

type Page = {readonly objects: readonly ObjectFacts[]; readonly nextToken: string | undefined}

export async function listPage(client: S3Client, uri: string, token?: string): Promise<Page> {
  const {bucket: Bucket, key: Prefix} = parseDataUri(uri)
  const after = token === undefined ? {} : {ContinuationToken: token}
  const page = await call('ListObjectsV2', client.send(new ListObjectsV2Command({Bucket, Prefix, ...after})))
  const objects = (page.Contents ?? []).map(({Key: key = '', ETag: etag = '', Size: size = 0, LastModified}) => ({
    ...{key, etag: etag.replace(/^"|"$/g, ''), size},
    ...(LastModified === undefined ? {} : {modifiedAtMs: LastModified.getTime()}),
  }))
  return {objects, nextToken: page.NextContinuationToken}
}
