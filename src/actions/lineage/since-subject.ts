// What is asked about, as it stands today, beside the runs that were given its place by the URI alone.

import {liesAt} from '../../lineage/content.ts'
import type {Held} from '../../lineage/held.ts'
import type {Match} from '../../lineage/match.ts'
import type {Since, StepRun} from '../../lineage/provenance.ts'
import {isByUriAlone, readingOf, type Standing, sinceTaken} from '../../lineage/since.ts'
import {parseS3Uri} from '../../text/s3-uri.ts'
import {iso} from '../executions/step-report.ts'
import {named} from './run-names.ts'
import type {Tracing} from './trace.ts'

type Judged = Match & {readonly held?: Held | 'absent' | undefined; readonly since?: Since}

/** Of what is asked about and what was taken the narrower is looked at. */
export async function sinceOf(uri: string, {run, taken}: Match, {today}: Tracing): Promise<Since | undefined> {
  if (!isByUriAlone(taken)) return undefined
  const isWhole = liesAt(taken.uri, uri)
  const place = isWhole ? taken.uri : uri
  const look = await today.look(place)
  if (look.kind !== 'seen') return undefined
  const since = sinceTaken(place, readingOf(run), isWhole ? look.standing : below(uri, look.standing))
  // Of what lay below a place then nothing is known: what is not there today may never have been.
  return since?.state === 'gone' && !isWhole ? undefined : since
}

/** What is asked about is a path, where a run takes all that begins alike. */
function below(uri: string, {objects, isWhole}: Standing): Standing {
  const bucket = parseS3Uri(uri)?.bucket
  return {objects: objects.filter(({key}) => liesAt(`s3://${bucket}/${key}`, uri)), isWhole}
}

/** One sentence for all runs of which it says the same. */
export function sinceNotes(uri: string, judged: readonly Judged[]): string[] {
  const told = new Map<string, {sentence: Sentence; runs: StepRun[]}>()
  for (const match of judged) {
    const sentence = sentenceOf(uri, match)
    if (!sentence) continue
    const same = told.get(sentence.join()) ?? {sentence, runs: []}
    same.runs.push(match.run)
    told.set(sentence.join(), same)
  }
  return [...told.values()].map(({sentence: [before, after], runs}) => `${before} ${named(runs)}${after}`)
}

/** The runs stand between. */
type Sentence = readonly [before: string, after: string]

function sentenceOf(uri: string, {run, taken, since, held}: Judged): Sentence | undefined {
  if (!since || since.state === 'older') return undefined
  const place = taken.uri === uri || held === 'place-only' ? 'it' : taken.uri
  if (since.state === 'gone') return ['nothing lies there today:', ` was given ${place === 'it' ? uri : place}`]

  const written = writtenText(place, since)
  if (pointing.has(run.type)) return [`${written}, after`, ' pointed to it: what that points to is what lies there now']
  if (since.state === 'written-meanwhile') return [`${written}, after`, ' had begun: it may have read either content']
  return [`${written}, after`, ' had ended: what that read is what lay there before, if anything did']
}

/** These read nothing: the URI is kept, and whoever serves the model follows it. */
const pointing: ReadonlySet<string> = new Set(['RegisterModel', 'Model'])

function writtenText(place: string, {among, writtenAtMs}: Exclude<Since, {readonly state: 'gone'}>): string {
  const at = `${iso(writtenAtMs).slice(0, 19).replace('T', ' ')} UTC`
  if (!among) return `${place} was written at ${at}`
  const {newer, objects, isCut} = among
  const all = `${isCut ? 'the first ' : ''}${objects} ${objects === 1 ? 'object' : 'objects'}`
  const below = place === 'it' ? 'there' : `at ${place}`
  return `${newer} of ${all} ${below} ${newer === 1 ? 'was' : 'were'} written, the last at ${at}`
}
