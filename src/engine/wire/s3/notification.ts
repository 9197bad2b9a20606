// A bucket's notification configuration: kept as it came, with an id for each configuration that has none, as S3 gives one.

import {randomUUID} from 'node:crypto'
import {findBucketSettings, keepBucketSettings} from '../../store/bucket-settings.ts'
import {requireBucket} from './buckets.ts'
import type {S3Answer, S3Call} from './call.ts'
import {refuse} from './faults.ts'
import {readXmlBody} from './payload.ts'
import {element, xmlAnswer} from './xml.ts'
import {childrenNamed, childText, parseXml, type XmlElement} from './xml-reader.ts'

/** Each kind of configuration, and its member that names the target. */
const targets: Readonly<Record<string, string>> = {
  TopicConfiguration: 'Topic',
  QueueConfiguration: 'Queue',
  CloudFunctionConfiguration: 'CloudFunction',
}

export async function getBucketNotification(call: S3Call): Promise<S3Answer> {
  const {bucket, db} = call
  await requireBucket(call)
  return xmlAnswer('NotificationConfiguration', findBucketSettings(db, bucket).notification ?? '')
}

/** Replaces the whole configuration. */
export async function putBucketNotification(call: S3Call): Promise<S3Answer> {
  const {incoming, bucket, db, objects} = call
  await requireBucket(call)
  const document = parseXml(await readXmlBody(incoming))
  if (document?.name !== 'NotificationConfiguration' || !document.children.every(isWhole)) return refuse('MalformedXML')
  await objects.createBucket(bucket)
  const notification = document.children.map(withId).map(render).join('')
  db.transaction(() => keepBucketSettings(db, bucket, {...findBucketSettings(db, bucket), notification}))
  return {statusCode: 200, headers: {}}
}

function isWhole(configuration: XmlElement): boolean {
  if (configuration.name === 'EventBridgeConfiguration') return true
  const target = Object.hasOwn(targets, configuration.name) ? targets[configuration.name] : undefined
  if (target === undefined || !childText(configuration, target)) return false
  return childrenNamed(configuration, 'Event').some(({text}) => text !== '')
}

function withId(configuration: XmlElement): XmlElement {
  if (configuration.name === 'EventBridgeConfiguration' || childText(configuration, 'Id')) return configuration
  const id = {name: 'Id', children: [], text: randomUUID()}
  return {...configuration, children: [id, ...childrenBut(configuration, 'Id')]}
}

function childrenBut({children}: XmlElement, name: string): XmlElement[] {
  return children.filter((child) => child.name !== name)
}

function render({name, children, text}: XmlElement): string {
  return children.length === 0 ? element(name, text) : `<${name}>${children.map(render).join('')}</${name}>`
}
