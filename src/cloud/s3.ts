// S3 objects through the AWS SDK.

import {createReadStream} from 'node:fs'
import {stat} from 'node:fs/promises'
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {type CloudOptions, embeddedSettings} from './client-options.ts'
import type {ObjectFacts, ObjectsPort} from './ports.ts'
import {isNotFound, translateError} from './service-error.ts'

/** Below this a file is sent as one buffer, which saves the SDK its chunked encoding. */
const bufferLimitBytes = 8 * 1024 * 1024

export function objectsPort({region, requestHandler}: CloudOptions): ObjectsPort {
  const client = new S3Client(
    requestHandler
      ? {
          ...embeddedSettings(region, `s3.${region}.amazonaws.com`, requestHandler),
          forcePathStyle: true,
          requestChecksumCalculation: 'WHEN_REQUIRED',
          responseChecksumValidation: 'WHEN_REQUIRED',
          disableS3ExpressSessionAuth: true,
        }
      : {region},
  )
  return {
    async exists(uri) {
      return (await orNothing('HeadObject', uri, client.send(new HeadObjectCommand(place(uri))))) !== undefined
    },
    async list(uri) {
      const {Bucket, Key: Prefix} = place(uri, 'prefix')
      const found: ObjectFacts[] = []
      let page: ListObjectsV2CommandOutput | undefined
      do {
        const after = page?.NextContinuationToken === undefined ? {} : {ContinuationToken: page.NextContinuationToken}
        page = await call('ListObjectsV2', uri, client.send(new ListObjectsV2Command({Bucket, Prefix, ...after})))
        for (const {Key: key = '', ETag: etag = '', Size: size = 0} of page.Contents ?? []) {
          found.push({key, etag: etag.replace(/^"|"$/g, ''), size})
        }
      } while (page.NextContinuationToken !== undefined)
      return found
    },
    async put(uri, body) {
      await call('PutObject', uri, client.send(new PutObjectCommand({...place(uri), Body: body})))
    },
    async putFile(uri, path) {
      const {size} = await stat(path)
      const Body = createReadStream(path, size <= bufferLimitBytes ? {highWaterMark: Math.max(size, 1)} : {})
      try {
        await call('PutObject', uri, client.send(new PutObjectCommand({...place(uri), Body, ContentLength: size})))
      } finally {
        Body.destroy()
      }
    },
    async getText(uri) {
      const found = await orNothing('GetObject', uri, client.send(new GetObjectCommand(place(uri))))
      return found?.Body?.transformToString('utf8')
    },
  }
}

/** A prefix may be empty, the key of an object not. */
function place(uri: string, what: 'object' | 'prefix' = 'object'): {Bucket: string; Key: string} {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri) ?? []
  if (bucket === undefined || (key === '' && what === 'object')) {
    const message = `"${uri}" is not an S3 URI of ${what === 'object' ? 'an object' : 'data'}, such as s3://bucket/key`
    throw new MlpipeError({code: 'bad-s3-uri', message})
  }
  return {Bucket: bucket, Key: key}
}

async function call<Answer>(operation: string, uri: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    throw translateError(error, `${operation} of ${uri}`)
  }
}

async function orNothing<Answer>(operation: string, uri: string, answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call(operation, uri, answer)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}
