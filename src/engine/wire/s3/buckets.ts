// Buckets: making, finding, listing and removing them.

import {accountId, region} from '../../store/arns.ts'
import {dropBucketSettings, findBucketSettings, keepBucketSettings} from '../../store/bucket-settings.ts'
import {queryText, type S3Answer, type S3Call} from './call.ts'
import {refuse, S3Error} from './faults.ts'
import {readXmlBody} from './payload.ts'
import {element, optionalElement, xmlAnswer} from './xml.ts'
import {childText, parseXml} from './xml-reader.ts'

/** The bucket of mlpipe's target `local`, which is there without having been made. */
const ownBucket = 'mlpipe-local'

/**
 * Refuses a bucket that is not there. A client in this process is mlpipe itself, whose buckets come into being with their
 * first object; any other gets the answer of S3, so that a misspelt name is noticed.
 */
export async function requireBucket({incoming, objects, bucket}: S3Call): Promise<void> {
  if (bucket === ownBucket || incoming.request.isInProcess) return
  if (!(await objects.hasBucket(bucket))) throw new S3Error('NoSuchBucket')
}

/** In us-east-1 making a bucket that one has succeeds ("CreateBucket", BucketAlreadyOwnedByYou). */
export async function createBucket({incoming, objects, bucket, db}: S3Call): Promise<S3Answer> {
  const text = await readXmlBody(incoming)
  const document = text.trim() === '' ? undefined : parseXml(text)
  if (text.trim() !== '' && document?.name !== 'CreateBucketConfiguration') return refuse('MalformedXML')
  const location = document && childText(document, 'LocationConstraint')
  if (location !== undefined && !/^[A-Za-z0-9-]{2,32}$/.test(location)) return refuse('InvalidLocationConstraint')
  const isNew = !(await objects.hasBucket(bucket))
  await objects.createBucket(bucket)
  if (isNew) keepBucketSettings(db, bucket, {location: location ?? region})
  return {statusCode: 200, headers: {location: `/${bucket}`}}
}

export async function headBucket(call: S3Call): Promise<S3Answer> {
  if (!(await call.objects.hasBucket(call.bucket))) return refuse('NoSuchBucket')
  return {statusCode: 200, headers: {'x-amz-bucket-region': regionOf(call)}}
}

export async function deleteBucket({objects, uploads, bucket, db}: S3Call): Promise<S3Answer> {
  if (!(await objects.hasBucket(bucket))) return refuse('NoSuchBucket')
  if (!(await objects.removeBucket(bucket))) return refuse('BucketNotEmpty')
  dropBucketSettings(db, bucket)
  for (const {id} of uploads.list(bucket)) {
    uploads.abort(id)
    await uploads.sweep(id)
  }
  return {statusCode: 204, headers: {}}
}

/** Empty for us-east-1, as on S3. */
export async function getBucketLocation(call: S3Call): Promise<S3Answer> {
  if (!(await call.objects.hasBucket(call.bucket))) return refuse('NoSuchBucket')
  const place = regionOf(call)
  return xmlAnswer('LocationConstraint', place === 'us-east-1' ? '' : place)
}

/** Versioning was never switched on. */
export async function getBucketVersioning({objects, bucket}: S3Call): Promise<S3Answer> {
  return (await objects.hasBucket(bucket)) ? xmlAnswer('VersioningConfiguration', '') : refuse('NoSuchBucket')
}

export async function getBucketTagging({objects, bucket}: S3Call): Promise<S3Answer> {
  return refuse((await objects.hasBucket(bucket)) ? 'NoSuchTagSet' : 'NoSuchBucket')
}

export async function listBuckets(call: S3Call): Promise<S3Answer> {
  const prefix = queryText(call, 'prefix')
  const after = queryText(call, 'continuation-token')
  const most = Number(queryText(call, 'max-buckets') || 10_000)
  if (!(Number.isInteger(most) && most >= 1 && most <= 10_000)) {
    return refuse('InvalidArgument', 'Argument max-buckets must be an integer between 1 and 10000')
  }

  const found = (await call.objects.buckets()).filter(({name}) => name.startsWith(prefix) && name > after)
  const shown = found.slice(0, most)
  const rendered = shown.map(({name, createdMs}) => {
    const made = element('CreationDate', new Date(createdMs).toISOString())
    return `<Bucket>${element('Name', name)}${made}${element('BucketRegion', regionOf({...call, bucket: name}))}</Bucket>`
  })
  const inner = [
    ownerElement(),
    `<Buckets>${rendered.join('')}</Buckets>`,
    optionalElement('Prefix', prefix),
    shown.length < found.length ? element('ContinuationToken', shown.at(-1)?.name ?? '') : '',
  ]
  return xmlAnswer('ListAllMyBucketsResult', inner.join(''))
}

/** The one account that everything belongs to. */
export function ownerElement(name = 'Owner'): string {
  return `<${name}>${element('ID', accountId)}</${name}>`
}

function regionOf({db, bucket}: S3Call): string {
  return findBucketSettings(db, bucket).location ?? region
}
