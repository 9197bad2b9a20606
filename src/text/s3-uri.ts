// S3 URIs, taken apart.

export type S3Place = {readonly bucket: string; readonly key: string}

/** The parts of `s3://bucket/key`; the key may be empty. Undefined for another text. */
export function parseS3Uri(uri: string): S3Place | undefined {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri) ?? []
  return bucket === undefined ? undefined : {bucket, key}
}
