// S3 URIs that have to be right.

import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {parseS3Uri, type S3Place} from '../text/s3-uri.ts'

/** `s3://bucket/key`; the key of an object is not empty. */
export function parseObjectUri(uri: string): S3Place {
  const place = parseDataUri(uri)
  if (place.key === '') throw badUri(uri, 'an object')
  return place
}

/** `s3://bucket`, or with a prefix. */
export function parseDataUri(uri: string): S3Place {
  const place = parseS3Uri(uri)
  if (!place) throw badUri(uri, 'data')
  return place
}

function badUri(uri: string, what: string): MlpipeError {
  return new MlpipeError({code: 'bad-s3-uri', message: `"${uri}" is not an S3 URI of ${what}, such as s3://bucket/key`})
}
