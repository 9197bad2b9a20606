// What stands today at a place that a run was given, beside the time at which the run took it. Where nothing but its URI tells of a content,
// this is all that tells that somebody has written there again. It tells the time only: what was put again may be the same.

import {parseS3Uri} from '../text/s3-uri.ts'
import type {Since, Span, StepRun, Taken} from './provenance.ts'

/** An object of today; of some stand-ins its time is not known. */
export type DatedObject = {readonly key: string; readonly modifiedAtMs?: number}

export type Standing = {readonly objects: readonly DatedObject[]; readonly isWhole: boolean}

type Dated = Required<DatedObject>

/** Data and code whose content neither a hash nor a fingerprint tells, and which no step that is known has made. */
export function isByUriAlone({uri, content, madeBy}: Taken): boolean {
  return content === undefined && madeBy === undefined && parseS3Uri(uri) !== undefined
}

/** When a run read what it took: while its job worked, where that is known, else while the step did. */
export function readingOf({startedAtMs, endedAtMs, jobTimes = {}}: StepRun): Span {
  return {
    ...(startedAtMs === undefined ? {} : {startedAtMs}),
    ...(endedAtMs === undefined ? {} : {endedAtMs}),
    ...jobTimes,
  }
}

/** Undefined where it is not known: of a run without times, of objects without times, of more objects than were looked at. */
export function sinceTaken(uri: string, reading: Span, standing: Standing): Since | undefined {
  const begin = reading.startedAtMs ?? reading.endedAtMs
  const {objects, isWhole} = placeOf(uri, standing)
  if (begin === undefined) return undefined
  if (objects.length === 0) return isWhole ? {state: 'gone'} : undefined

  const dated = objects.filter((one): one is Dated => one.modifiedAtMs !== undefined)
  if (dated.length < objects.length) return undefined
  const newer = dated.filter(({modifiedAtMs}) => isAfter(modifiedAtMs, begin)).length
  if (newer === 0 && !isWhole) return undefined

  const writtenAtMs = Math.max(...dated.map(({modifiedAtMs}) => modifiedAtMs))
  const isOne = objects.length === 1 && isWhole && objects[0]?.key === parseS3Uri(uri)?.key
  return {
    state: stateOf(writtenAtMs, begin, reading.endedAtMs),
    writtenAtMs,
    ...(isOne ? {} : {among: {newer, objects: objects.length, isCut: !isWhole}}),
  }
}

/**
 * The object of that very key, where there is one, else all that SageMaker takes by the prefix. A key with a slash at its end is a folder
 * that a console has drawn; jobs do not get it.
 */
function placeOf(uri: string, {objects, isWhole}: Standing): Standing {
  const there = objects.filter(({key}) => !key.endsWith('/'))
  const own = there.find(({key}) => key === parseS3Uri(uri)?.key)
  return own ? {objects: [own], isWhole: true} : {objects: there, isWhole}
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
