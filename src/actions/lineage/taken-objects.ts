// Which runs took an object in S3, or what lies below a place: by the listings that runs have kept of their data, and by what lies there today.

import type {ObjectFacts} from '../../cloud/ports.ts'
import {liesAt} from '../../lineage/content.ts'
import {type Held, heldThen} from '../../lineage/held.ts'
import {type Match, runsTaking} from '../../lineage/match.ts'
import type {Since} from '../../lineage/provenance.ts'
import {pipelineOfExecution} from '../executions/execution-arn.ts'
import {keptListing} from '../forecast/data-report.ts'
import type {Known} from './reach.ts'
import {named} from './run-names.ts'
import {sinceNotes, sinceOf} from './since-subject.ts'
import type {Tracing} from './trace.ts'

export type HeldMatch = Match & {readonly held?: Held; readonly since?: Since}

export type TakenObjects = {readonly matches: readonly HeldMatch[]; readonly notes: readonly string[]}

export async function takenObjects(uri: string, known: Known, bucket: string, tracing: Tracing): Promise<TakenObjects> {
  const look = looking(uri, known, bucket, tracing)
  const judged: (Match & {held: Held | 'absent' | undefined; since?: Since})[] = []
  // Where not all places are looked at, the latest runs count.
  for (const match of runsTaking(uri, known.runs).toReversed()) {
    const held = await look(match)
    const since = await sinceOf(uri, match, tracing)
    judged.push({...match, held, ...(since ? {since} : {})})
  }
  const matches = judged.reverse().flatMap(({held, ...match}): HeldMatch[] => {
    if (held === 'absent') return []
    return [held === undefined ? match : {...match, held}]
  })
  return {matches, notes: [...notesOf(judged), ...sinceNotes(uri, matches)]}
}

function looking(uri: string, {notes}: Known, bucket: string, {cloud, records}: Tracing) {
  const lists = new Map<string, Promise<readonly ObjectFacts[] | undefined>>()

  function today(place: string): Promise<readonly ObjectFacts[] | undefined> {
    const asked = lists.get(place) ?? records.attempt(`what lies at ${place}`, () => cloud.objects.list(place))
    lists.set(place, asked)
    return asked
  }

  return async ({run, taken}: Match): Promise<Held | 'absent' | undefined> => {
    const upload = notes.get(run.executionArn)?.uploads.find(({uri: place}) => liesAt(taken.uri, place))
    const {content} = taken
    if (content?.kind !== 'fingerprint') return heldThen({uri, taken, upload})
    const home = {pipelineName: pipelineOfExecution(run.executionArn) ?? '', target: {bucket}}
    const kept = await records.attempt(`the listing ${content.value}`, () => keptListing(content.value, home, cloud))
    // A bucket may hold more than anybody wants to list.
    const narrower = liesAt(taken.uri, uri) ? taken.uri : uri
    return heldThen({uri, taken, listing: kept?.objects, today: await today(narrower)})
  }
}

function notesOf(judged: readonly (Match & {readonly held: Held | 'absent' | undefined})[]): string[] {
  const having = (wanted: string) => judged.filter(({held}) => held === wanted)
  const about = (wanted: string, tell: (runs: string) => string) => {
    const found = having(wanted)
    return found.length === 0 ? [] : [tell(named(found.map(({run}) => run)))]
  }
  const byPlace = (wanted: string, tell: (runs: string, place: string) => string) => {
    const places = [...new Set(having(wanted).map(({taken}) => taken.uri))]
    return places.map((place) => {
      const found = having(wanted).filter(({taken}) => taken.uri === place)
      return tell(named(found.map(({run}) => run)), place)
    })
  }
  return [
    ...about('changed', (runs) => `its content has changed since it was taken by ${runs}`),
    ...about('gone', (runs) => `it is there no more; it was when it was taken by ${runs}`),
    ...byPlace('absent', (runs, place) => `it is not among the objects of ${place} that were taken by ${runs}`),
    ...byPlace(
      'place-only',
      (runs, place) => `only the place ${place} is known of what was taken by ${runs}, not the objects there`,
    ),
  ]
}
