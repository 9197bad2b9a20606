// Conditional requests, in the order of RFC 9110, section 13.2.2, and the conditions of a copy, which have the same names.

import type {Settle} from '../../store/objects.ts'
import {S3Error} from './faults.ts'

type Headers = ReadonlyMap<string, string>
type State = {readonly etag: string; readonly modifiedMs: number}

/** What the conditions on reading say of the object. */
export function judgeRead(headers: Headers, {etag, modifiedMs}: State, prefix = ''): 'go' | 'not-modified' | 'failed' {
  const modifiedAt = Math.floor(modifiedMs / 1000) * 1000
  const match = headers.get(`${prefix}if-match`)
  const noneMatch = headers.get(`${prefix}if-none-match`)
  const unmodifiedSince = Date.parse(headers.get(`${prefix}if-unmodified-since`) ?? '')
  const modifiedSince = Date.parse(headers.get(`${prefix}if-modified-since`) ?? '')

  if (match !== undefined && !names(match, etag)) return 'failed'
  if (match === undefined && modifiedAt > unmodifiedSince) return 'failed'
  if (noneMatch !== undefined && names(noneMatch, etag)) return 'not-modified'
  if (noneMatch === undefined && modifiedAt <= modifiedSince) return 'not-modified'
  return 'go'
}

/** Throws when the object that stands there forbids the write: `If-None-Match: *`, or `If-Match` with the ETag that it must have. */
export function checkWrite(
  headers: Headers,
  present: Parameters<Settle>[0],
  etagOf: (present: NonNullable<Parameters<Settle>[0]>) => string | undefined,
): void {
  const match = headers.get('if-match')
  if (headers.get('if-none-match') === '*' && present) throw new S3Error('PreconditionFailed')
  if (match === undefined) return
  if (!present) throw new S3Error('NoSuchKey')
  if (!names(match, etagOf(present) ?? '')) throw new S3Error('PreconditionFailed')
}

/** Whether the header's list of ETags has this one. */
function names(list: string, etag: string): boolean {
  const etags = list.split(',').map((each) => each.trim().replace(/^W\//, '').replace(/^"|"$/g, ''))
  return etags.includes('*') || etags.includes(etag)
}
