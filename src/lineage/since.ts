// What stands today at a place that a run was given, beside the time at which the run took it. Where nothing but its URI tells of a content,
// this is all that tells that somebody has written there since. It tells the time only: what was put again may be the same.

import {parseS3Uri} from '../text/s3-uri.ts'
import {liesAt} from './content.ts'
import type {Since, Span, StepRun, Taken} from './provenance.ts'

/** An object of today; of some stand-ins its time is not known. */
export type DatedObject = {readonly key: string; readonly modifiedAtMs?: number}

export type Standing = {readonly objects: readonly DatedObject[]; readonly isWhole: boolean}

type Dated = Required<DatedObject>

/**
 * Data and code whose content neither a hash nor a fingerprint tells, and which no step that is known has made. Of a manifest nothing is
 * asked: what counts are the objects that it lists.
 */
export function isByUriAlone({uri, content, madeBy, isManifest}: Taken): boolean {
  return content === undefined && madeBy === undefined && !isManifest && parseS3Uri(uri) !== undefined
}

/** When a run read what it took: while its job worked, where that is known, else while the step did. */
export type Reading = Span & {
  /** Where it wrote itself, which may lie below what it took. */
  readonly outputs?: readonly string[]
}

export function readingOf({startedAtMs, endedAtMs, jobTimes = {}, outputs}: StepRun): Reading {
  return {
    outputs: outputs.map(({uri}) => uri),
    ...(startedAtMs === undefined ? {} : {startedAtMs}),
    ...(endedAtMs === undefined ? {} : {endedAtMs}),
    ...jobTimes,
  }
}

/**
 * All whose keys begin so count: that is what SageMaker takes of a prefix, also where it is an object's key. Undefined where it is not known:
 * of a run without times, of objects without times, of more objects than were looked at.
 */
export function sinceTaken(uri: string, reading: Reading, standing: Standing): Since | undefined {
  const {startedAtMs, endedAtMs} = reading
  const begin = startedAtMs ?? endedAtMs
  const {isWhole} = standing
  // A key with a slash at its end is a folder that a console has drawn; jobs do not get it.
  const there = standing.objects.filter(({key}) => !key.endsWith('/'))
  const objects = there.filter(({key}) => !isOwn(key, uri, reading))
  if (begin === undefined) return undefined
  if (objects.length === 0) return isWhole && there.length === 0 ? {state: 'gone'} : undefined

  const dated = objects.filter((one): one is Dated => one.modifiedAtMs !== undefined)
  if (dated.length < objects.length) return undefined
  const writtenAtMs = Math.max(...dated.map(({modifiedAtMs}) => modifiedAtMs))
  const state = stateOf(writtenAtMs, begin, endedAtMs)
  if (state === 'older' && !isWhole) return undefined

  const afterMs = state === 'written-since' && endedAtMs !== undefined ? endedAtMs : begin
  const newer = dated.filter(({modifiedAtMs}) => isAfter(modifiedAtMs, afterMs)).length
  const isOne = objects.length === 1 && isWhole && objects[0]?.key === parseS3Uri(uri)?.key
  return {
    state,
    writtenAtMs,
    ...(isOne ? {} : {among: {newer, objects: objects.length, isCut: !isWhole}}),
  }
}

function isOwn(key: string, uri: string, {outputs = []}: Reading): boolean {
  return outputs.some((output) => liesAt(`s3://${parseS3Uri(uri)?.bucket}/${key}`, output))
}

function stateOf(
  writtenAtMs: number,
  begin: number,
  end: number | undefined,
): 'older' | 'written-meanwhile' | 'written-since' {
  if (!isAfter(writtenAtMs, begin)) return 'older'
  return end !== undefined && isAfter(writtenAtMs, end) ? 'written-since' : 'written-meanwhile'
}

/** S3 tells whole seconds, so that what came in the same second may have come before. */
function isAfter(atMs: number, beforeMs: number): boolean {
  return Math.floor(atMs / 1000) > Math.floor(beforeMs / 1000)
}
