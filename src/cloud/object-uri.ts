// S3 URIs, taken apart.

import {MlpipeError} from '../diagnostics/mlpipe-error.ts'

export type ObjectPlace = {readonly bucket: string; readonly key: string}

/** `s3://bucket/key`; the key of an object is not empty. */
export function parseObjectUri(uri: string): ObjectPlace {
  const place = parseDataUri(uri)
  if (place.key === '') throw badUri(uri, 'an object')
  return place
}

/** `s3://bucket`, or with a prefix. */
export function parseDataUri(uri: string): ObjectPlace {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri) ?? []
  if (bucket === undefined) throw badUri(uri, 'data')
  return {bucket, key}
}

function badUri(uri: string, what: string): MlpipeError {
  return new MlpipeError({code: 'bad-s3-uri', message: `"${uri}" is not an S3 URI of ${what}, such as s3://bucket/key`})
}
