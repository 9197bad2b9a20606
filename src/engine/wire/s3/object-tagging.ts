// The tags that came with an object; the AWS CLI asks for them when it copies a large one.

import type {S3Answer, S3Call} from './call.ts'
import {refuse} from './faults.ts'
import {readTags} from './kept-headers.ts'
import {element, xmlAnswer} from './xml.ts'

export async function getObjectTagging({objects, bucket, key}: S3Call): Promise<S3Answer> {
  const entry = await objects.head(bucket, key)
  if (!entry) return refuse((await objects.hasBucket(bucket)) ? 'NoSuchKey' : 'NoSuchBucket')
  const [record] = await objects.records([entry])
  const tags = record ? readTags(record) : []
  const rendered = tags.map(([name, value]) => `<Tag>${element('Key', name)}${element('Value', value)}</Tag>`)
  return xmlAnswer('Tagging', `<TagSet>${rendered.join('')}</TagSet>`)
}
