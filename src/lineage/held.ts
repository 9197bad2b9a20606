// Whether a run that was given a place in S3 took what is asked about there, and whether that is the same today. A place alone does not
// tell: what lay there then is known from the listing that the run's fingerprint was taken of, or from what the deploy has noted of a
// folder that it uploaded.

import {parseS3Uri} from '../text/s3-uri.ts'
import {liesAt} from './content.ts'
import type {NotedUpload} from './origin-note.ts'
import type {Taken} from './provenance.ts'

export type PlacedObject = {readonly key: string; readonly etag: string}

/** `place-only`: it was given the place, and what lay there then is not known. */
export type Held = 'same' | 'changed' | 'gone' | 'place-only'

export type Look = {
  /** What is asked about. */
  readonly uri: string
  readonly taken: Taken
  /** What lay at the place then. */
  readonly listing?: readonly PlacedObject[] | undefined
  /** What was uploaded there under the hash of its content: that does not change. */
  readonly upload?: NotedUpload | undefined
  /** What lies there today; absent when it cannot be read. */
  readonly today?: readonly PlacedObject[] | undefined
}

/** `absent`: it was not there then. Undefined: it was taken, and no more is known of it. */
export function heldThen(look: Look): Held | 'absent' | undefined {
  const {uri, taken, listing, upload, today} = look
  if (listing) return compared(below(listing, look), today && below(today, look))
  if (liesAt(taken.uri, uri)) return wholePlace(taken, today && below(today, look))
  if (upload && upload.files.length > 0) return isNoted(uri, upload) ? undefined : 'absent'
  return 'place-only'
}

function compared(
  then: readonly PlacedObject[],
  today: readonly PlacedObject[] | undefined,
): Held | 'absent' | undefined {
  if (then.length === 0) return 'absent'
  if (!today) return undefined
  if (today.length === 0) return 'gone'
  const etags = new Map(today.map(({key, etag}) => [key, etag]))
  return then.length === today.length && then.every(({key, etag}) => etags.get(key) === etag) ? 'same' : 'changed'
}

/** A trigger gives the ETag of the one object that it came for as the fingerprint. */
function wholePlace({uri, content}: Taken, today: readonly PlacedObject[] | undefined): Held | undefined {
  if (!today || content?.kind !== 'fingerprint' || !/^[0-9a-f]{32}(-\d+)?$/.test(content.value)) return undefined
  const key = parseS3Uri(uri)?.key ?? ''
  const isOneObject = today.every((object) => object.key === key)
  return isOneObject ? (compared([{key, etag: content.value}], today) as Held | undefined) : undefined
}

/** Of both what is asked about and what was taken, whichever is narrower. */
function below(objects: readonly PlacedObject[], {uri, taken}: Look): PlacedObject[] {
  const bucket = parseS3Uri(taken.uri)?.bucket
  return objects.filter(({key}) => {
    const object = `s3://${bucket}/${key}`
    return !key.endsWith('/') && object.startsWith(taken.uri) && liesAt(object, uri)
  })
}

function isNoted(uri: string, {uri: place, files}: NotedUpload): boolean {
  return files.some(({name}) => liesAt(`${place.replace(/\/+$/, '')}/${name}`, uri))
}
