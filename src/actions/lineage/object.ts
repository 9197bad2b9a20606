// An object in S3, or what lies below a place: the step that wrote it, or the runs that took it.

import {liesAt} from '../../lineage/content.ts'
import {runsMaking} from '../../lineage/match.ts'
import {type OwnPlace, ownPlace} from '../../lineage/own-place.ts'
import type {StepRun} from '../../lineage/provenance.ts'
import {parseS3Uri} from '../../text/s3-uri.ts'
import {jobsBehind} from './associations.ts'
import {type Asked, downstreamOf, type Found, nothingTook, upstreamOfSteps} from './found.ts'
import {stepsOfJobs} from './outside.ts'
import {type Known, readKnown} from './reach.ts'
import {nameOf} from './run-names.ts'
import {takenObjects} from './taken-objects.ts'
import {gather, type Tracing} from './trace.ts'
import {walkBack} from './walk.ts'

/** What a step made has something upstream; what was uploaded, or lay there before, has not. */
export async function ofObject(uri: string, asked: Asked, tracing: Tracing): Promise<Found> {
  const byPlace = asked.downstream ? undefined : await upstreamByPlace(uri, asked, tracing)
  if (byPlace) return withTodaysLook(uri, byPlace, tracing)
  const known = await readKnown({...asked, uris: [uri]}, tracing)
  const makers = asked.downstream ? [] : runsMaking(uri, known.runs)
  if (makers.length > 0) return withTodaysLook(uri, await upstreamOfMakers(uri, makers, tracing), tracing)
  const notes = asked.downstream ? [] : ['no step made it: nothing is known to lie upstream']
  return takenFrom(uri, notes, known, asked, tracing)
}

async function takenFrom(
  uri: string,
  notes: readonly string[],
  known: Known,
  asked: Asked,
  tracing: Tracing,
): Promise<Found> {
  const {matches, notes: seen} = await takenObjects(uri, known, asked.bucket, tracing)
  return downstreamOf(matches, [...notes, ...nothingTook(matches, uri, known, asked), ...seen], known, tracing)
}

/** Of a place that several wrote to the last counts; of a folder of many places each. */
function upstreamOfMakers(uri: string, makers: readonly StepRun[], tracing: Tracing): Promise<Found> {
  const there = makers.filter(({outputs}) => outputs.some((output) => liesAt(uri, output.uri)))
  const [latest, ...earlier] = there.toSorted((a, b) => (b.endedAtMs ?? 0) - (a.endedAtMs ?? 0))
  if (!latest) return upstreamOfSteps(makers, [], tracing)
  const notes =
    earlier.length === 0 ? [] : [`${there.length} step runs wrote there: this is the last of them, ${nameOf(latest)}`]
  return upstreamOfSteps([latest], notes, tracing)
}

/** Undefined when the place names no execution, or one that has not written there. */
async function upstreamByPlace(uri: string, {bucket}: Asked, tracing: Tracing): Promise<Found | undefined> {
  const {cloud, records} = tracing
  const place = ownPlace(uri)
  if (!place) return undefined
  const looked = await records.attempt(`the pipeline ${place.pipeline}`, async () => ({
    pipeline: await cloud.pipelines.describe(place.pipeline),
  }))
  // It may not be looked at: then nothing is known, also not that it is gone.
  if (!looked) return undefined
  const executionArn = looked.pipeline && `${looked.pipeline.arn}/execution/${place.id}`
  const record = executionArn === undefined ? undefined : await records.execution(executionArn)
  if (executionArn === undefined || !record) {
    const isGone = executionArn === undefined ? place.bucket === bucket : records.isGone(executionArn)
    return behindLostExecution(uri, place, isGone, tracing)
  }
  const starts = [...record.steps.keys()].map((step) => ({executionArn, step}))
  if (place.step !== undefined) {
    const own = starts.filter(({step}) => step === place.step)
    return own.length === 0 ? undefined : upstreamOfSteps(own, [], tracing)
  }
  const makers = runsMaking(uri, await walkBack(starts, records))
  return makers.length === 0 ? undefined : upstreamOfMakers(uri, makers, tracing)
}

/** SageMaker's lineage still knows the jobs of an execution that was deleted. */
async function behindLostExecution(
  uri: string,
  {pipeline, id, step}: OwnPlace,
  isGone: boolean,
  tracing: Tracing,
): Promise<Found | undefined> {
  const {cloud, records} = tracing
  const folder = uri.replace(/\/+$/, '')
  const jobs = (await jobsBehind([folder, `${folder}/`], cloud, records)) ?? []
  if (jobs.length === 0 && !isGone) return undefined
  const who = `${step === undefined ? '' : `${step} of `}execution ${id} of ${pipeline}, which is there no more`
  const behind = jobs.length === 0 ? '' : ": the jobs behind it are those of SageMaker's lineage"
  const steps = await stepsOfJobs(jobs, cloud, records)
  const notes = [`by its place it was written by ${who}${behind}`]
  return {provenance: await gather({steps, packages: []}, tracing), direction: 'upstream', notes}
}

/** Who wrote to a place is known of every name below it, also of one that never was there. */
async function withTodaysLook(uri: string, found: Found, {cloud, records}: Tracing): Promise<Found> {
  const listed = await records.attempt(`what lies at ${uri}`, () => cloud.objects.list(uri))
  const {bucket} = parseS3Uri(uri) ?? {}
  const isThere = listed?.some(({key}) => liesAt(`s3://${bucket}/${key}`, uri))
  return listed && !isThere ? {...found, notes: [...found.notes, 'nothing lies there today']} : found
}
