// What an execution was deployed from: the note that the deploy has left in the pipeline's bucket, found by the definition that the
// execution ran; else the pipeline's tags, as long as it has that definition still.

import type {Cloud, Pipeline} from '../../cloud/ports.ts'
import {sameJson} from '../../definition/exact-json.ts'
import {definitionDigest, notesUri, noteTimeMs, type OriginNote, parseNote} from '../../lineage/origin-note.ts'
import {ownBuckets} from '../../lineage/own-buckets.ts'
import type {SourceOrigin} from '../../lineage/provenance.ts'
import {sourceOriginOf} from '../../project/origin-tags.ts'
import type {ExecutionRecord, Records} from './records.ts'

export type FoundOrigin = {readonly origin?: SourceOrigin; readonly note?: OriginNote}

export type Origins = (record: ExecutionRecord) => Promise<FoundOrigin>

/** `bucket` is that of the target, for definitions that name none of their own. */
export function openOrigins(cloud: Cloud, records: Records, bucket?: string): Origins {
  const notes = new Map<string, Promise<readonly string[]>>()
  const pipelines = new Map<string, Promise<Pipeline | undefined>>()

  function namesAt(uri: string): Promise<readonly string[]> {
    const names = notes.get(uri) ?? listNames(uri, cloud, records)
    notes.set(uri, names)
    return names
  }

  async function noteOf({execution, definition, definitionText}: ExecutionRecord): Promise<OriginNote | undefined> {
    const digest = definitionDigest(definitionText)
    if (digest === undefined || !definition) return undefined
    const {pipelineName, startedAtMs} = execution
    const buckets = new Set([...ownBuckets(definition, pipelineName), ...(bucket === undefined ? [] : [bucket])])
    for (const one of buckets) {
      const place = notesUri(one, pipelineName, digest)
      const names = await namesAt(place)
      // The last before the execution began; where two clocks differ and none was before, the first.
      const name = names.findLast((candidate) => (noteTimeMs(candidate) ?? 0) <= startedAtMs) ?? names[0]
      const note = name === undefined ? undefined : parseNote(await records.document(`${place}${name}`))
      if (note) return note
    }
    return undefined
  }

  async function fromTags({execution, definitionText}: ExecutionRecord): Promise<SourceOrigin | undefined> {
    const {pipelineName} = execution
    const what = `the pipeline ${pipelineName}`
    const asked = pipelines.get(pipelineName) ?? records.attempt(what, () => cloud.pipelines.describe(pipelineName))
    pipelines.set(pipelineName, asked)
    const pipeline = await asked
    if (!pipeline || !isSame(pipeline.definition, definitionText)) return undefined
    const origin = sourceOriginOf((await records.attempt(what, () => cloud.pipelines.tags(pipeline.arn))) ?? [])
    return Object.keys(origin).length === 0 ? undefined : {...origin, from: 'tags'}
  }

  return async (record) => {
    const note = await noteOf(record)
    if (note) {
      const {uploads: _uploads, specFile: _file, ...origin} = note
      return {note, origin: {...origin, from: 'note'}}
    }
    const origin = await fromTags(record)
    return origin ? {origin} : {}
  }
}

/** Oldest first. */
async function listNames(uri: string, {objects}: Cloud, records: Records): Promise<readonly string[]> {
  const listed = (await records.attempt(`the notes in ${uri}`, () => objects.list(uri))) ?? []
  const names = listed.map(({key}) => key.slice(key.lastIndexOf('/') + 1))
  return names.filter((name) => noteTimeMs(name) !== undefined).sort()
}

function isSame(before: string, after: string): boolean {
  try {
    return sameJson(before, after)
  } catch {
    return false
  }
}
