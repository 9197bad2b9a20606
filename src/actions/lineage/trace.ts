// What an execution, or a model, was made of, gathered from the target with a bounded number of calls.

import type {Cloud, ModelPackage} from '../../cloud/ports.ts'
import {ownParameters} from '../../definition/fingerprints.ts'
import {liesAt} from '../../lineage/content.ts'
import type {OriginNote} from '../../lineage/origin-note.ts'
import type {ExecutionFacts, ModelFacts, Provenance, StepKey, StepRun, Taken} from '../../lineage/provenance.ts'
import {executionId, pipelineOfExecution} from '../executions/execution-arn.ts'
import {inParallel} from '../in-parallel.ts'
import {type Origins, openOrigins} from './origins.ts'
import {stepsOutside} from './outside.ts'
import {type ExecutionRecord, openRecords, type Records} from './records.ts'
import {endpointsServing} from './serving.ts'
import {openToday, type Today, withToday} from './today.ts'
import {keyText, numbersIn, walkBack} from './walk.ts'

const parallelReads = 4

/** `bucket` is that of the target: the notes of deploys are looked for there too, where a definition names no bucket of its own. */
export type TraceOptions = {
  readonly bucket?: string
  /** Traces that are laid side by side see the same. */
  readonly today?: Today
}

/** What one trace works with. */
export type Tracing = {
  readonly cloud: Cloud
  readonly records: Records
  readonly origins: Origins
  readonly today: Today
}

export function openTracing(
  cloud: Cloud,
  {bucket, today = openToday(cloud)}: TraceOptions,
  records: Records = openRecords(cloud),
): Tracing {
  return {cloud, records, origins: openOrigins(cloud, records, bucket), today}
}

/** Each step that took a result over is followed to the execution that really ran it. */
export async function traceExecution(
  executionArn: string,
  cloud: Cloud,
  options: TraceOptions = {},
): Promise<Provenance> {
  return traceSteps(executionArn, openTracing(cloud, options))
}

export async function traceSteps(executionArn: string, tracing: Tracing): Promise<Provenance> {
  const {cloud, records} = tracing
  // What was asked for itself is an error when it is not there; what lies behind it is a gap.
  await cloud.executions.describe(executionArn)
  const subject = await records.execution(executionArn)
  const started = [...(subject?.steps.values() ?? [])]
  const starts = started.map(({name}) => ({executionArn, step: name}))
  const steps = await walkBack(starts, records)
  const packages = started.flatMap(({modelPackageArn}) => modelPackageArn ?? [])
  return gather({steps, packages, subject: executionArn}, tracing)
}

/** Only the step runs that the model package comes from. */
export async function traceModel(packageArn: string, cloud: Cloud, options: TraceOptions = {}): Promise<Provenance> {
  return traceModels([await cloud.registry.describe(packageArn)], openTracing(cloud, options))
}

/** Of several models, such as those of an endpoint, what any of them comes from. */
export async function traceModels(models: readonly ModelPackage[], tracing: Tracing): Promise<Provenance> {
  const {cloud, records} = tracing
  const starts: StepKey[] = []
  const outside: StepRun[] = []
  for (const model of models) {
    const start = await registeringStep(model, records)
    if (start) starts.push(start)
    else outside.push(...(await stepsOutside(model, cloud, records)))
  }
  const steps = [...(await walkBack(starts, records)), ...outside]
  const distinct = [...new Map(steps.map((step) => [keyText(step), step])).values()]
  const [first] = starts
  const packages = models.map(({arn}) => arn)
  return gather({steps: distinct, packages, ...(first ? {subject: first.executionArn} : {})}, tracing)
}

export async function registeringStep(
  {arn, generatedBy}: ModelPackage,
  records: Records,
): Promise<StepKey | undefined> {
  if (generatedBy === undefined || pipelineOfExecution(generatedBy) === undefined) return undefined
  const record = await records.execution(generatedBy)
  const found = [...(record?.steps.values() ?? [])].find(({modelPackageArn}) => modelPackageArn === arn)
  return found && {executionArn: generatedBy, step: found.name}
}

type Reached = {
  readonly steps: readonly StepRun[]
  /** ARNs of model packages. */
  readonly packages: readonly string[]
  /** The execution that stands first, whatever it really ran. */
  readonly subject?: string
}

/** What is told of the executions and models beside their steps. */
export async function gather({steps, packages, subject}: Reached, tracing: Tracing): Promise<Provenance> {
  const {cloud, records} = tracing
  const arns = new Set([...(subject === undefined ? [] : [subject]), ...steps.map(({executionArn}) => executionArn)])
  const facts = new Map<string, ExecutionFacts>()
  const notes = new Map<string, OriginNote>()
  const models = new Map<string, ModelFacts>()
  await inParallel([...arns].filter(isExecution), parallelReads, async (arn) => {
    const record = await records.execution(arn)
    if (!record) return
    const {origin, note} = await tracing.origins(record)
    facts.set(arn, {...executionFacts(record), ...(origin ? {origin} : {})})
    if (note) notes.set(arn, note)
    if (isRunning(record)) records.note(`the execution ${executionId(arn)} still runs: this is how far it has come`)
  })
  await inParallel([...new Set(packages)], parallelReads, async (arn) => {
    const found = await records.attempt(`the model package ${arn}`, () => modelFacts(arn, steps, cloud, records))
    if (found) models.set(arn, found)
  })
  const told = await withToday(steps, tracing.today, records)
  const others = [...facts.values()].filter(({arn}) => arn !== subject)
  others.sort((a, b) => b.startedAtMs - a.startedAtMs)
  const first = subject === undefined ? undefined : facts.get(subject)
  return {
    executions: first ? [first, ...others] : others,
    steps: told
      .map((step) => withFiles(step, notes.get(step.executionArn)))
      .map((step) => (records.isGone(step.executionArn) ? {...step, isExecutionGone: true} : step)),
    models: packages.flatMap((arn) => models.get(arn) ?? []),
    gaps: records.gaps,
  }
}

/** A job that no pipeline ran is none. */
function isExecution(arn: string): boolean {
  return pipelineOfExecution(arn) !== undefined
}

function isRunning({execution: {status}}: ExecutionRecord): boolean {
  return status === 'Executing' || status === 'Stopping'
}

function executionFacts({execution, definition, parameters: all}: ExecutionRecord): ExecutionFacts {
  const {arn, pipelineName, status, startedAtMs} = execution
  const own = definition && new Set(ownParameters(definition).map(({Name}) => Name))
  const parameters = own ? all.filter(({name}) => own.has(name)) : all
  return {arn, pipeline: pipelineName, status, startedAtMs, parameters}
}

/** What it took, with the local file or folder that it was uploaded from. */
function withFiles(step: StepRun, note: OriginNote | undefined): StepRun {
  if (!note) return step
  const named = (taken: Taken): Taken => {
    const upload = note.uploads.find(({uri}) => liesAt(taken.uri, uri))
    if (!upload) return taken
    const [only, ...others] = upload.files
    const isOther = only !== undefined && others.length === 0 && only.sha256 !== taken.content?.value
    return {...taken, file: upload.source, ...(isOther ? {fileSha256: only.sha256} : {})}
  }
  return {...step, inputs: step.inputs.map(named), code: step.code.map(named)}
}

async function modelFacts(arn: string, steps: readonly StepRun[], cloud: Cloud, records: Records): Promise<ModelFacts> {
  const found = await cloud.registry.describe(arn)
  const {approval, approvalDescription, createdAtMs, modelDataUrl, image, metricsUri, generatedBy} = found
  const registered = steps.find(({jobArn}) => jobArn === arn) ?? (await registeringStep(found, records))
  return {
    arn,
    model: `${found.group}/${found.version}`,
    approval,
    ...(approvalDescription === undefined ? {} : {approvalReason: approvalDescription}),
    createdAtMs,
    ...(modelDataUrl === undefined ? {} : {modelDataUrl}),
    ...(image === undefined ? {} : {image}),
    metrics: metricsUri === undefined ? [] : numbersIn(await records.document(metricsUri)),
    ...(registered ? {registeredBy: {executionArn: registered.executionArn, step: registered.step}} : {}),
    ...(generatedBy !== undefined && records.isGone(generatedBy) ? {goneExecutionArn: generatedBy} : {}),
    endpoints: await endpointsServing(found, cloud, records),
  }
}
