// What is found out about a subject, and how it is put together: what lies upstream of a step, or downstream of what runs took.

import type {Provenance, StepKey} from '../../lineage/provenance.ts'
import type {Place} from '../next-commands.ts'
import {type Direction, type LineageFormat, sinceReport, stepName, type Took} from './lineage-result.ts'
import {type Known, reachedFrom} from './reach.ts'
import type {HeldMatch} from './taken-objects.ts'
import {gather, type Tracing} from './trace.ts'
import {walkBack} from './walk.ts'

export type LineageInput = Place & {
  readonly subject?: string | undefined
  readonly downstream: boolean
  readonly format: LineageFormat
  /** So many executions of the pipeline are looked at. */
  readonly limit: number
  readonly version: string
}

export type Asked = LineageInput & {readonly pipelineName: string; readonly bucket: string}

export type Found = {
  readonly provenance: Provenance
  readonly direction: Direction
  readonly notes: readonly string[]
  readonly took?: readonly Took[]
}

export async function upstreamOfSteps(
  starts: readonly StepKey[],
  notes: readonly string[],
  tracing: Tracing,
): Promise<Found> {
  const steps = await walkBack(starts, tracing.records)
  return {provenance: await gather({steps, packages: []}, tracing), direction: 'upstream', notes}
}

export async function downstreamOf(
  matches: readonly (HeldMatch & {readonly sha256?: string})[],
  notes: readonly string[],
  known: Known,
  tracing: Tracing,
): Promise<Found> {
  const took = matches.map(({run, taken, sha256, held, since}): Took => {
    const {name: input, uri, content} = taken
    return {
      ...stepName(run),
      input,
      uri,
      ...(content ? {content} : {}),
      ...(sha256 === undefined ? {} : {sha256}),
      ...(held === undefined ? {} : {held}),
      ...(since ? {since: sinceReport(since)} : {}),
    }
  })
  const starts = matches.map(({run}) => run)
  return {provenance: await reachedFrom(starts, known, tracing), direction: 'downstream', notes, took}
}

export function nothingTook(
  matches: readonly object[],
  what: string,
  {executions}: Known,
  {pipelineName}: Asked,
): string[] {
  if (matches.length > 0) return []
  const looked = executions === 1 ? 'the only one was' : `${executions} were`
  return [`no execution of ${pipelineName} took ${what} (${looked} looked at)`]
}
