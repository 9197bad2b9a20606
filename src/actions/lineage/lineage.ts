// Which data, code and parameters made a model; and which models came of data and code.

import type {ModelPackage} from '../../cloud/ports.ts'
import {lineagePicture} from '../../lineage/lineage-picture.ts'
import {type Match, runsMaking, runsTakingFile} from '../../lineage/match.ts'
import {openLineageText} from '../../lineage/openlineage.ts'
import type {Provenance, StepKey} from '../../lineage/provenance.ts'
import {renderDot} from '../../picture/dot.ts'
import {renderMermaid} from '../../picture/mermaid.ts'
import {connect} from '../connect.ts'
import {executionId} from '../executions/execution-arn.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {
  type Direction,
  type LineageFormat,
  type LineageResult,
  reportProvenance,
  type SubjectReport,
  stepName,
  type Took,
} from './lineage-result.ts'
import {type Known, reachedFrom, readKnown} from './reach.ts'
import {openRecords} from './records.ts'
import {type LocalFile, resolveSubject, type Subject} from './subject.ts'
import {type HeldMatch, nameOf, takenObjects} from './taken-objects.ts'
import {gather, openTracing, type Tracing, traceModels, traceSteps} from './trace.ts'
import {makerByPlace, walkBack} from './walk.ts'

export type LineageInput = Place & {
  readonly subject?: string | undefined
  readonly downstream: boolean
  readonly format: LineageFormat
  /** So many executions of the pipeline are looked at. */
  readonly limit: number
  readonly version: string
}

type Found = {
  readonly provenance: Provenance
  readonly direction: Direction
  readonly notes: readonly string[]
  readonly took?: readonly Took[]
}

export async function lineage(input: LineageInput, world: World): Promise<LineageResult> {
  const {pipelineName, directory, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const asked = {pipelineName, directory, place: input}
  const subject = await resolveSubject(input.subject, asked, cloud, world)
  const records = openRecords(cloud, {executions: Math.max(input.limit, 1) + behindThem})
  const tracing = openTracing(cloud, {bucket: target.bucket}, records)
  const found = await follow(subject, {...input, pipelineName, bucket: target.bucket}, tracing)
  const {provenance, direction, notes, took} = found
  const about = subjectReport(subject)
  const document = documentOf(input, provenance, `${about.name} ${direction}`)
  return {
    formatVersion: 1,
    pipeline: pipelineName,
    target: target.name,
    direction,
    subject: about,
    notes,
    ...(took ? {took} : {}),
    ...reportProvenance(provenance, world.now()),
    ...(document === undefined ? {} : {document}),
    next: nextOf(subject, direction, input),
  }
}

/** Executions that others took results over from, beside those that are looked at anyway. */
const behindThem = 100

type Asked = LineageInput & {readonly pipelineName: string; readonly bucket: string}

async function follow(subject: Subject, asked: Asked, tracing: Tracing): Promise<Found> {
  switch (subject.kind) {
    case 'model':
    case 'endpoint':
      return ofModels(subject, asked, tracing)
    case 'execution':
      if (asked.downstream) return downstreamOfExecution(subject.arn, asked, tracing)
      return {provenance: await traceSteps(subject.arn, tracing), direction: 'upstream', notes: []}
    case 'object':
      return ofObject(subject.uri, asked, tracing)
    case 'file':
      return ofFile(subject, asked, tracing)
  }
}

async function ofModels(
  subject: Extract<Subject, {kind: 'model' | 'endpoint'}>,
  {downstream}: Asked,
  tracing: Tracing,
): Promise<Found> {
  const {cloud} = tracing
  const packages = subject.kind === 'model' ? [subject.arn] : subject.packages
  if (downstream) {
    const notes = subject.kind === 'model' ? [] : ['nothing lies behind an endpoint']
    return {provenance: await gather({steps: [], packages}, tracing), direction: 'downstream', notes}
  }
  const models: ModelPackage[] = await Promise.all(packages.map((arn) => cloud.registry.describe(arn)))
  const files = subject.kind === 'endpoint' ? subject.files : []
  const notes = files.map((uri) => `it serves ${uri} without a model package: mlpipe lineage ${uri} follows the file`)
  return {provenance: await traceModels(models, tracing), direction: 'upstream', notes}
}

async function downstreamOfExecution(arn: string, {pipelineName, limit}: Asked, tracing: Tracing): Promise<Found> {
  const {startedAtMs} = await tracing.cloud.executions.describe(arn)
  const known = await readKnown({pipelineName, limit, uris: [], sinceMs: startedAtMs - 1}, tracing)
  const starts = known.runs.filter(({executionArn}) => executionArn === arn)
  return {provenance: await reachedFrom(starts, known, tracing, arn), direction: 'downstream', notes: []}
}

/** What a step made has something upstream; what was uploaded, or lay there before, has not. */
async function ofObject(uri: string, asked: Asked, tracing: Tracing): Promise<Found> {
  const maker = asked.downstream ? undefined : await makerOf(uri, asked, tracing)
  if (maker) return upstreamOfStep(maker, [], tracing)
  const known = await readKnown({...asked, uris: [uri]}, tracing)
  const makers = runsMaking(uri, known.runs).sort((a, b) => (b.endedAtMs ?? 0) - (a.endedAtMs ?? 0))
  const [latest, ...earlier] = makers
  if (latest && !asked.downstream) {
    const notes =
      earlier.length === 0
        ? []
        : [`${makers.length} step runs wrote there: this is the last of them, ${nameOf(latest)}`]
    return upstreamOfStep(latest, notes, tracing)
  }
  const notes = asked.downstream ? [] : ['no step made it: nothing is known to lie upstream']
  const {matches, notes: seen} = await takenObjects(uri, known, asked.bucket, tracing)
  return downstreamOf(matches, [...notes, ...nothingTook(matches, uri, known, asked), ...seen], known, tracing)
}

async function makerOf(uri: string, {pipelineName}: Asked, {cloud, records}: Tracing): Promise<StepKey | undefined> {
  const pipeline = await cloud.pipelines.describe(pipelineName)
  return pipeline && makerByPlace(uri, pipeline.arn, records)
}

async function upstreamOfStep(start: StepKey, notes: readonly string[], tracing: Tracing): Promise<Found> {
  const steps = await walkBack([start], tracing.records)
  return {provenance: await gather({steps, packages: []}, tracing), direction: 'upstream', notes}
}

async function ofFile(file: LocalFile, asked: Asked, tracing: Tracing): Promise<Found> {
  const known = await readKnown({...asked, uris: placesOf(file, asked)}, tracing)
  const {same, other} = runsTakingFile(file, known.runs, (arn) => known.notes.get(arn))
  const notes = asked.downstream ? [] : ['nothing lies upstream of a local file']
  const earlier = [...new Set(other.map(({sha256}) => sha256))].map((sha256) => {
    const users = other.filter((match) => match.sha256 === sha256).map(({run}) => executionId(run.executionArn))
    const ids = [...new Set(users)]
    return {sha256, who: `${ids.length === 1 ? 'execution' : 'executions'} ${ids.join(', ')}`}
  })
  if (same.length === 0 && other.length > 0) {
    const changed = earlier.map(
      ({sha256, who}) =>
        `${file.path} has changed since: ${who} used ${shortHash(sha256)}, it is ${shortHash(file.sha256)} now`,
    )
    return downstreamOf(other, [...notes, ...changed], known, tracing)
  }
  const others = earlier.map(({sha256, who}) => `${who} used another content of ${file.path}, ${shortHash(sha256)}`)
  const nothing = nothingTook(same, `${file.path} (${shortHash(file.sha256)})`, known, asked)
  return downstreamOf(same, [...notes, ...others, ...nothing], known, tracing)
}

/** Where a deploy would have put it. */
function placesOf({path, sha256, listSha256}: LocalFile, {bucket, pipelineName}: Asked): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const own = `s3://${bucket}/${pipelineName}`
  return [
    ...['data', 'code'].flatMap((use) => [`${own}/${use}/${sha256}/${name}`, `${own}/${use}/${sha256}`]),
    `${own}/code/${listSha256}/sourcedir.tar.gz`,
  ]
}

async function downstreamOf(
  matches: readonly (HeldMatch & {readonly sha256?: string})[],
  notes: readonly string[],
  known: Known,
  tracing: Tracing,
): Promise<Found> {
  const took = matches.map(({run, taken, sha256, held}): Took => {
    const {name: input, uri, content} = taken
    return {
      ...stepName(run),
      input,
      uri,
      ...(content ? {content} : {}),
      ...(sha256 === undefined ? {} : {sha256}),
      ...(held === undefined ? {} : {held}),
    }
  })
  const starts = matches.map(({run}) => run)
  return {provenance: await reachedFrom(starts, known, tracing), direction: 'downstream', notes, took}
}

function nothingTook(matches: readonly Match[], what: string, {executions}: Known, {pipelineName}: Asked): string[] {
  if (matches.length > 0) return []
  const looked = executions === 1 ? 'the only one was' : `${executions} were`
  return [`no execution of ${pipelineName} took ${what} (${looked} looked at)`]
}

/** Long enough to tell contents apart, short enough to read. */
function shortHash(sha256: string): string {
  return `sha256:${sha256.slice(0, 12)}`
}

function subjectReport(subject: Subject): SubjectReport {
  switch (subject.kind) {
    case 'model':
      return subject
    case 'execution':
      return {kind: 'execution', name: executionId(subject.arn), arn: subject.arn}
    case 'endpoint':
      return {kind: 'endpoint', name: subject.name}
    case 'object':
      return {kind: 'object', name: subject.uri}
    case 'file':
      return {kind: 'file', name: subject.path, sha256: subject.sha256}
  }
}

function documentOf({format, version}: LineageInput, provenance: Provenance, title: string): string | undefined {
  switch (format) {
    case 'mermaid':
      return renderMermaid(lineagePicture(provenance, title), {direction: 'right'})
    case 'dot':
      return renderDot(lineagePicture(provenance, title), {direction: 'right'})
    case 'openlineage':
      return openLineageText(provenance, version)
    default:
      return undefined
  }
}

function nextOf(subject: Subject, direction: Direction, input: LineageInput): string[] {
  if (direction === 'downstream' || subject.kind !== 'model') return []
  return [nextCommand(`lineage ${subject.name} --downstream`, input)]
}
