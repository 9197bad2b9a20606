// S3 objects through the AWS SDK.

import {Readable} from 'node:stream'
import {GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client} from '@aws-sdk/client-s3'
import {call, orUndefined} from '../call.ts'
import type {CloudOptions} from '../client-options.ts'
import {allPages} from '../fields.ts'
import {parseDataUri} from '../object-uri.ts'
import type {ObjectsPort} from '../ports.ts'
import {ServiceError} from '../service-error.ts'
import {s3Client} from './client.ts'
import {copyToEngine} from './embedded.ts'
import {listPage} from './list-page.ts'
import {objectPlace} from './object-place.ts'
import {readText} from './read-text.ts'
import {removeAll} from './remove-all.ts'
import {uploadFile} from './upload.ts'

export function objectsPort(options: CloudOptions): ObjectsPort {
  const client = s3Client(options)
  const port: ObjectsPort = {
    async exists(uri) {
      const head = call('HeadObject', client.send(new HeadObjectCommand(objectPlace(uri))))
      return (await orUndefined(head.catch((error: unknown) => reasonOfHead(client, uri, error)))) !== undefined
    },
    list: (uri) =>
      allPages(
        (token) => listPage(client, uri, token),
        ({objects}) => objects,
        ({nextToken}) => nextToken,
      ),
    async firstPage(uri) {
      const {objects, nextToken} = await listPage(client, uri)
      return {objects, isWhole: nextToken === undefined}
    },
    async put(uri, body) {
      await call('PutObject', client.send(new PutObjectCommand({...objectPlace(uri), Body: body})))
    },
    putFile: (uri, path, {onBytes} = {}) =>
      options.requestHandler ? copyToEngine(client, uri, path, onBytes) : uploadFile(client, uri, path, onBytes),
    getText: (uri) =>
      readText(uri, async () => {
        const found = await orUndefined(call('GetObject', client.send(new GetObjectCommand(objectPlace(uri)))))
        return found?.Body
      }),
    async removeAll(uri) {
      const keys = (await port.list(uri)).map(({key}) => key)
      await removeAll(client, parseDataUri(uri).bucket, keys)
    },
  }
  return port
}

/** S3 answers HEAD without a body, so a refusal has no reason; asked for the object itself it tells. */
async function reasonOfHead(client: S3Client, uri: string, refusal: unknown): Promise<object> {
  const isBare = refusal instanceof ServiceError && bareCodes.includes(refusal.code)
  if (!isBare) throw refusal
  const {Body} = await call('GetObject', client.send(new GetObjectCommand(objectPlace(uri))))
  if (Body instanceof Readable) Body.destroy()
  return {}
}

const bareCodes = ['unexplained', 'access-denied', 'wrong-region']
