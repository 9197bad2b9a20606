// DeleteObjects: many objects by one document.

import {ObjectNameError} from '../../store/objects.ts'
import {requireBucket} from './buckets.ts'
import type {S3Answer, S3Call} from './call.ts'
import {refuse} from './faults.ts'
import {readXmlBody} from './payload.ts'
import {element, xmlAnswer} from './xml.ts'
import {childrenNamed, childText, parseXml} from './xml-reader.ts'

/** S3: a request has at most 1,000 keys ("DeleteObjects"). */
const mostKeys = 1000

export async function deleteObjects(call: S3Call): Promise<S3Answer> {
  const {incoming, objects, bucket} = call
  await requireBucket(call)
  const document = parseXml(await readXmlBody(incoming))
  const keys = document && childrenNamed(document, 'Object').map((object) => childText(object, 'Key') ?? '')
  if (document?.name !== 'Delete' || !keys || keys.length === 0 || keys.length > mostKeys || keys.includes('')) {
    return refuse('MalformedXML')
  }

  const isQuiet = childText(document, 'Quiet')?.trim() === 'true'
  const errors = new Map<string, ObjectNameError>()
  const removed: string[] = []
  for (const key of keys) {
    try {
      await objects.head(bucket, key)
      removed.push(key)
    } catch (error) {
      if (!(error instanceof ObjectNameError)) throw error
      errors.set(key, error)
    }
  }
  await objects.remove(bucket, ...removed)
  const told = isQuiet ? [] : removed.map((key) => `<Deleted>${element('Key', key)}</Deleted>`)
  const refused = [...errors].map(
    ([key, {code, message}]) =>
      `<Error>${element('Key', key)}${element('Code', code)}${element('Message', message)}</Error>`,
  )
  return xmlAnswer('DeleteResult', [...told, ...refused].join(''))
}
