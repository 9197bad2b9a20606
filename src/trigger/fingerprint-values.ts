// What an S3 trigger gives for the fingerprints of the pipeline. `mlpipe run` looks at the data and gives a digest of it; an
// event cannot, but it says that data changed:
// - an input whose URI is made with the object's key is that one object, and its ETag is the state of it (S3 User Guide,
//   "Checking object integrity": another content has another ETag); not so where a marker is waited for, which is as empty as ever;
// - an input that lies over or under what the trigger waits for is many objects, of which the event tells one: each event is
//   taken for a new state, by its id. What EventBridge delivers twice has the same id, and so the same key in the cache.
// All other inputs are left to their default, and are reused.

import {type FingerprintedInput, fingerprintedInputs} from '../definition/fingerprints.ts'
import {collectReferences} from '../definition/references.ts'
import {parseEventPath} from '../events/event-path.ts'
import {parseS3Uri} from '../text/s3-uri.ts'
import {knownText, type Started} from './known-text.ts'
import type {S3Source, TriggerParameter} from './trigger.ts'

/** The values for those fingerprints that the trigger does not set by itself. */
export function fingerprintValues(source: S3Source, started: Omit<Started, 'source'>): TriggerParameter[] {
  const keys = new Set(started.parameters.flatMap(({name, value}) => (isObjectKey(value) ? [name] : [])))
  return fingerprintedInputs(started.definition).flatMap((input) => {
    if (started.parameters.some(({name}) => name === input.parameter)) return []
    const value = stateOf(input, keys, source, started)
    return value === undefined ? [] : [{name: input.parameter, value}]
  })
}

function stateOf(
  {uri}: FingerprintedInput,
  keys: ReadonlySet<string>,
  source: S3Source,
  started: Omit<Started, 'source'>,
): string | undefined {
  const isTheObject = collectReferences(uri).some((made) => made.kind === 'parameter' && keys.has(made.name))
  if (isTheObject) return source.marker === undefined ? '$.detail.object.etag' : '$.id'
  const place = parseS3Uri(knownText(uri, {...started, source}).text)
  if (place?.bucket !== source.bucket) return undefined
  const isOverOrUnder = place.key.startsWith(source.prefix) || source.prefix.startsWith(place.key)
  return isOverOrUnder ? '$.id' : undefined
}

function isObjectKey(value: string): boolean {
  return parseEventPath(value)?.join('.') === 'detail.object.key'
}
