// An S3 URI as the members that the SDK's commands take.

import {parseObjectUri} from '../object-uri.ts'

export type S3Place = {readonly Bucket: string; readonly Key: string}

export function objectPlace(uri: string): S3Place {
  const {bucket: Bucket, key: Key} = parseObjectUri(uri)
  return {Bucket, Key}
}
