// Which data, code and parameters made a model; and which models came of data and code.

import type {ModelPackage} from '../../cloud/ports.ts'
import {lineagePicture} from '../../lineage/lineage-picture.ts'
import {openLineageText} from '../../lineage/openlineage.ts'
import type {Provenance} from '../../lineage/provenance.ts'
import {renderDot} from '../../picture/dot.ts'
import {renderMermaid} from '../../picture/mermaid.ts'
import {connect} from '../connect.ts'
import {executionId} from '../executions/execution-arn.ts'
import {nextCommand} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {ofFile} from './file.ts'
import type {Asked, Found, LineageInput} from './found.ts'
import {type Direction, type LineageResult, reportProvenance, type SubjectReport} from './lineage-result.ts'
import {ofObject} from './object.ts'
import {reachedFrom, readKnown} from './reach.ts'
import {openRecords} from './records.ts'
import {resolveSubject, type Subject} from './subject.ts'
import {gather, openTracing, type Tracing, traceModels, traceSteps} from './trace.ts'

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
    const isEndpoint = subject.kind === 'endpoint'
    const notes = isEndpoint ? ['nothing comes of an endpoint: a lineage ends there'] : []
    const provenance = await gather({steps: [], packages: isEndpoint ? [] : packages}, tracing)
    return {provenance, direction: 'downstream', notes}
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
      return {
        ...{kind: 'file', name: subject.path, sha256: subject.sha256},
        ...(subject.isFolder ? {isFolder: true} : {}),
      }
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
  if (direction === 'downstream' && subject.kind === 'endpoint') return [nextCommand(`lineage ${subject.arn}`, input)]
  if (direction === 'downstream' || subject.kind !== 'model') return []
  return [nextCommand(`lineage ${subject.name} --downstream`, input)]
}
