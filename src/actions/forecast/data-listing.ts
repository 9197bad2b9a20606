// The objects under a URI as one text, whose digest is the fingerprint of the data; and what changed between two of them.

import {createHash} from 'node:crypto'
import type {ObjectFacts} from '../../cloud/ports.ts'

export type DataListing = {readonly uri: string; readonly objects: readonly ObjectFacts[]}

export type ListingChanges = {readonly added: number; readonly changed: number; readonly removed: number}

/**
 * The same text for the same objects, in whatever order they came: sorted by key, one object a line. Times do not count: an
 * object that is put again with the same content stays the same.
 */
export function listingText({uri, objects}: DataListing): string {
  const sorted = [...objects].sort((a, b) => (a.key < b.key ? -1 : 1))
  const lines = sorted.map(({key, etag, size}) => JSON.stringify({key, etag, size}))
  return `{"uri":${JSON.stringify(uri)},"objects":[\n${lines.join(',\n')}\n]}\n`
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Undefined when the text is not what `digest` was taken of. */
export function parseListing(text: string, digest: string): DataListing | undefined {
  return digestOf(text) === digest ? (JSON.parse(text) as DataListing) : undefined
}

/** Undefined when they are of different places: then one does not follow from the other. */
export function listingChanges(before: DataListing, after: DataListing): ListingChanges | undefined {
  if (before.uri !== after.uri) return undefined
  const old = new Map(before.objects.map((object) => [object.key, object]))
  const kept = after.objects.filter(({key}) => old.has(key))
  const changed = kept.filter(({key, etag, size}) => old.get(key)?.etag !== etag || old.get(key)?.size !== size)
  return {
    added: after.objects.length - kept.length,
    changed: changed.length,
    removed: before.objects.length - kept.length,
  }
}
