// What stands today where step runs have read, looked up for what nothing but its URI tells of: one request for each place, and only so
// many places.

import type {Cloud} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {StepRun, Taken} from '../../lineage/provenance.ts'
import {isByUriAlone, readingOf, type Standing, sinceTaken} from '../../lineage/since.ts'
import {parseS3Uri} from '../../text/s3-uri.ts'
import {inParallel} from '../in-parallel.ts'
import type {Records} from './records.ts'

const mostPlaces = 50
const parallelLooks = 4

export type Look =
  | {readonly kind: 'seen'; readonly standing: Standing}
  | {readonly kind: 'refused'; readonly why: string}
  /** One place too many. */
  | {readonly kind: 'left-out'}

/** Each place is looked at once, however many runs have read there. */
export type Today = {look(uri: string): Promise<Look>}

export function openToday({objects}: Pick<Cloud, 'objects'>): Today {
  const looks = new Map<string, Promise<Look>>()
  let silence: Look | undefined

  async function ask(uri: string): Promise<Look> {
    if (silence) return silence
    try {
      return {kind: 'seen', standing: await objects.firstPage(uri)}
    } catch (error) {
      const code = error instanceof MlpipeError ? error.code : ''
      if (code === 'no-such-bucket') return {kind: 'seen', standing: {objects: [], isWhole: true}}
      // Also what the SDK itself refuses: any text may stand where a URI belongs, such as the ARN of an access point.
      const refusal: Look = {kind: 'refused', why: error instanceof Error ? error.message : String(error)}
      // Every further question would be waited for as long.
      if (code === 'service-unreachable') silence = refusal
      return refusal
    }
  }

  return {
    look: (uri) => {
      if (!looks.has(uri) && looks.size >= mostPlaces) return Promise.resolve({kind: 'left-out'})
      const look = looks.get(uri) ?? ask(uri)
      looks.set(uri, look)
      return look
    },
  }
}

/** What each run took by its URI alone, with what stands there today; what cannot be told of is a gap. */
export async function withToday(steps: readonly StepRun[], today: Today, records: Records): Promise<StepRun[]> {
  const looks = new Map<string, Look>()
  // Where not all are looked at, the latest runs count.
  const places = placesOf(steps.toReversed())
  await inParallel(places, parallelLooks, async (uri) => {
    looks.set(uri, await today.look(uri))
  })
  for (const gap of gapsOf(places, looks)) records.note(gap)
  return steps.map((run) => {
    const told = (taken: Taken): Taken => {
      const look = isByUriAlone(taken) ? looks.get(taken.uri) : undefined
      const since = look?.kind === 'seen' ? sinceTaken(taken.uri, readingOf(run), look.standing) : undefined
      // What was written last may be among those that were not looked at.
      const isOpen = look?.kind === 'seen' && !look.standing.isWhole && since?.state !== 'written-since'
      if (isOpen) records.note(cutGap(taken.uri, look.standing))
      return since ? {...taken, since} : taken
    }
    return {...run, inputs: run.inputs.map(told), code: run.code.map(told)}
  })
}

/** Of a run that has not begun there is no time to compare with. */
function placesOf(steps: readonly StepRun[]): string[] {
  const begun = steps.filter(
    (run) => readingOf(run).startedAtMs !== undefined || readingOf(run).endedAtMs !== undefined,
  )
  const taken = begun.flatMap(({inputs, code}) => [...inputs, ...code].filter(isByUriAlone))
  return [...new Set(taken.map(({uri}) => uri))]
}

/** A sentence for each bucket that refuses, not for each place in it. */
function gapsOf(places: readonly string[], looks: ReadonlyMap<string, Look>): string[] {
  const refused = new Map<string, {uri: string; why: string; more: number}>()
  let leftOut = 0
  for (const uri of places) {
    const look = looks.get(uri)
    if (look?.kind === 'left-out') leftOut += 1
    if (look?.kind !== 'refused') continue
    const bucket = parseS3Uri(uri)?.bucket ?? ''
    const known = refused.get(bucket)
    refused.set(bucket, known ? {...known, more: known.more + 1} : {uri, why: look.why, more: 0})
  }
  const unseen = [...refused.values()].map(({uri, why, more}) => unknownSince(uri, why, more))
  if (leftOut === 0) return unseen
  const others = `${leftOut} more ${leftOut === 1 ? 'place' : 'places'}`
  return [...unseen, `what was written since at ${others} known by their URI alone: only ${mostPlaces} are looked at`]
}

function unknownSince(uri: string, why: string, more = 0): string {
  const others = more === 0 ? '' : ` and ${more} more ${more === 1 ? 'place' : 'places'}`
  return `what was written since at ${uri}${others}: ${why}`
}

function cutGap(uri: string, {objects}: Standing): string {
  return unknownSince(uri, `only its first ${objects.length} objects were looked at`)
}
