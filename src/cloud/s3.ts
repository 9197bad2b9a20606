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
import {type CloudOptions, clientSettings} from './client-options.ts'
import {parseDataUri, parseObjectUri} from './object-uri.ts'
import type {ObjectFacts, ObjectsPort} from './ports.ts'
import {isNotFound, translateError} from './service-error.ts'

const embeddedBucketSettings = {
  forcePathStyle: true,
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  disableS3ExpressSessionAuth: true,
} as const

/** Below this a file is sent as one buffer, which saves the SDK its chunked encoding. */
const bufferLimitBytes = 8 * 1024 * 1024

export function objectsPort(options: CloudOptions): ObjectsPort {
  const client = new S3Client({
    ...clientSettings(options, `s3.${options.region}.amazonaws.com`),
    ...(options.hasOwnEndpoint ? {forcePathStyle: true} : {}),
    ...(options.requestHandler ? embeddedBucketSettings : {}),
  })
  return {
    async exists(uri) {
      return (await orNothing('HeadObject', uri, client.send(new HeadObjectCommand(place(uri))))) !== undefined
    },
    async list(uri) {
      const {bucket: Bucket, key: Prefix} = parseDataUri(uri)
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

function place(uri: string): {Bucket: string; Key: string} {
  const {bucket: Bucket, key: Key} = parseObjectUri(uri)
  return {Bucket, Key}
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
