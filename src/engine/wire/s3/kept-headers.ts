// The headers that S3 keeps with an object and gives back with it.

import type {ObjectRecord} from '../../store/object-records.ts'
import type {Incoming} from '../message.ts'

const storageClassHeader = 'x-amz-storage-class'
const standard = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
  'x-amz-website-redirect-location',
  storageClassHeader,
]

/** Kept, and told by ?tagging only. */
const taggingHeader = 'x-amz-tagging'
const defaultContentType = 'binary/octet-stream'
const metadataPrefix = 'x-amz-meta-'

export function readKeptHeaders({headers, request}: Incoming): ObjectRecord['headers'] {
  const kept: Record<string, string> = {'content-type': defaultContentType}
  // A presigned URL carries in its query what would else be headers.
  const presigned = Object.entries(request.query).filter(([name]) => name.toLowerCase().startsWith('x-amz-'))
  const given = [...presigned.map(([name, value]) => [name.toLowerCase(), String(value)] as const), ...headers]
  for (const [name, value] of given) {
    const isKept = standard.includes(name) || name.startsWith(metadataPrefix) || name === taggingHeader
    if (isKept && value !== '') kept[name] = value
  }
  const encoding = (kept['content-encoding'] ?? '').split(',').map((part) => part.trim())
  const own = encoding.filter((part) => part !== 'aws-chunked' && part !== '')
  delete kept['content-encoding']
  return own.length === 0 ? kept : {...kept, 'content-encoding': own.join(',')}
}

/** Those of a copy: the source's, or the request's own when it says that they replace them. */
export function copiedHeaders(incoming: Incoming, source: ObjectRecord['headers']): ObjectRecord['headers'] {
  const own = readKeptHeaders(incoming)
  const described = replaces(incoming, 'x-amz-metadata-directive') ? own : source
  const tagged = replaces(incoming, 'x-amz-tagging-directive') ? own : source
  const {[taggingHeader]: _tags, ...rest} = described
  const tags = tagged[taggingHeader]
  return tags === undefined ? rest : {...rest, [taggingHeader]: tags}
}

export function replaces({headers}: Incoming, directive: string): boolean {
  return headers.get(directive)?.toUpperCase() === 'REPLACE'
}

/** As they are given back with the object. A file that a person put there has none of its own. */
export function shownHeaders({headers}: ObjectRecord): Record<string, string> {
  const shown: Record<string, string> = {'content-type': defaultContentType, ...headers}
  delete shown[taggingHeader]
  if (shown[storageClassHeader] === 'STANDARD') delete shown[storageClassHeader]
  return shown
}

export function readTags({headers}: ObjectRecord): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(headers[taggingHeader] ?? '')]
}
