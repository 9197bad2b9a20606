// Everything that can be told about one execution: its steps, what they measured, what they registered, why it failed.

import type {Cloud, Execution, ExecutionStatus, ExecutionStep, StepJob, StepSelection} from '../../cloud/ports.ts'
import type {Json} from '../../definition/json.ts'
import {isJsonObject} from '../../definition/json.ts'
import {flattenNumbers} from '../../definition/json-numbers.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {decidedConditions} from './decided-conditions.ts'
import {type DefinitionOutline, outlineDefinition, readDefinition} from './definition-outline.ts'
import {executionId, modelOfPackage} from './execution-arn.ts'
import type {
  ExecutionReport,
  FailureReport,
  MetricReport,
  RegisteredModel,
  ReportValues,
  StepCounts,
  StepReport,
  StepState,
} from './execution-report.ts'
import {cacheSources, iso, seconds, stepReport} from './step-report.ts'

/** Jobs that are asked for their metrics and reports; each costs a call or two. */
const describedJobs = 20
const logTailLines = 10

/** What may be missing without the rest being worth less: `look`, or what stands in for it. */
export type Guard = <Found>(
  part: 'metrics' | 'reports' | 'models',
  look: () => Promise<Found>,
  without: Found,
) => Promise<Found>

export type InspectOptions = {
  /** Numbers shown of one report. */
  readonly valuesPerReport?: number
  /** Where it is absent, what cannot be told is thrown. */
  readonly guard?: Guard
}

export async function inspectExecution(
  cloud: Cloud,
  arn: string,
  target: string,
  nowMs: number,
  {valuesPerReport = 5, guard = (_part, look) => look()}: InspectOptions = {},
): Promise<ExecutionReport> {
  const execution = await cloud.executions.describe(arn)
  const [steps, parameters, text] = await Promise.all([
    cloud.executions.steps(arn),
    cloud.executions.parameters(arn),
    cloud.executions.definition(arn),
  ])
  const definition = readDefinition(text)
  const outline = outlineDefinition(definition)
  const ended = isTerminalStatus(execution.status)
  const endMs = ended ? execution.modifiedAtMs : nowMs
  const stepReports = await reportSteps(cloud, steps, outline, ended, nowMs)
  const [failure, metrics, {reports, documents}, models] = await Promise.all([
    findFailure(cloud, execution, steps),
    guard('metrics', () => readMetrics(cloud, steps), []),
    guard('reports', () => readReports(cloud, steps, outline, valuesPerReport), noReports),
    guard('models', () => findModels(cloud, steps), []),
  ])
  const conditions = definition ? await decidedConditions({definition, steps, parameters, documents}, cloud) : []
  return {
    pipeline: execution.pipelineName,
    target,
    execution: executionId(arn),
    arn,
    status: execution.status,
    startedAt: iso(execution.startedAtMs),
    ...(ended ? {endedAt: iso(endMs)} : {}),
    agoSeconds: seconds(nowMs - execution.startedAtMs),
    durationSeconds: seconds(endMs - execution.startedAtMs),
    ...(execution.versionId === undefined ? {} : {versionId: execution.versionId}),
    ...(execution.selection ? {selection: describeSelection(execution.selection)} : {}),
    parameters,
    steps: stepReports,
    counts: countStates(stepReports),
    metrics,
    reports,
    ...(conditions.length > 0 ? {conditions} : {}),
    models,
    ...(failure ? {failure} : {}),
  }
}

export function isTerminalStatus(status: ExecutionStatus): boolean {
  return status === 'Succeeded' || status === 'Failed' || status === 'Stopped'
}

/** In the order of the definition, with the steps that never started; steps that the definition lacks come last. */
async function reportSteps(
  cloud: Cloud,
  steps: readonly ExecutionStep[],
  outline: DefinitionOutline,
  ended: boolean,
  nowMs: number,
): Promise<StepReport[]> {
  const sources = cacheSources(cloud.executions)
  const started = new Map<string, StepReport>()
  for (const step of steps) started.set(step.name, await stepReport(step, outline, sources, nowMs))
  const idle: StepState = ended ? 'not-run' : 'waiting'
  const known = outline.steps.map(({name, type}) => started.get(name) ?? {name, type, state: idle})
  return [...known, ...[...started.values()].filter(({name}) => !outline.types.has(name))]
}

function describeSelection({steps, sourceArn}: StepSelection): NonNullable<ExecutionReport['selection']> {
  return sourceArn === undefined ? {steps} : {steps, source: executionId(sourceArn)}
}

function countStates(steps: readonly StepReport[]): StepCounts {
  const counts: Partial<Record<StepState, number>> = {}
  for (const {state} of steps) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

export async function readMetrics(cloud: Cloud, steps: readonly ExecutionStep[]): Promise<MetricReport[]> {
  const metrics: MetricReport[] = []
  const trained = steps.filter(
    ({job, status}) => (job?.kind === 'Training' || job?.kind === 'Tuning') && status === 'Succeeded',
  )
  for (const {name: step, job} of trained.slice(0, describedJobs)) {
    if (!job) continue
    const measured =
      job.kind === 'Tuning' ? await bestMetric(cloud, job.arn) : (await cloud.jobs.training(job.arn)).metrics
    metrics.push(...measured.map(({name, value}) => ({step, name, value})))
  }
  return metrics
}

/** What the best of a search came to, as its own metric. */
async function bestMetric(cloud: Cloud, arn: string): Promise<{readonly name: string; readonly value: number}[]> {
  const {BestTrainingJob: best} = (await cloud.jobs.properties(arn)) ?? {}
  const metric = isJsonObject(best) ? best.FinalHyperParameterTuningJobObjectiveMetric : undefined
  if (!isJsonObject(metric) || typeof metric.MetricName !== 'string') return []
  return [{name: metric.MetricName, value: Number(metric.Value)}]
}

type ReadReports = {readonly reports: ReportValues[]; readonly documents: ReadonlyMap<string, Json>}

const noReports: ReadReports = {reports: [], documents: new Map()}

/** The numbers in the reports, and the whole of them by the text of the Get that names them. */
export async function readReports(
  cloud: Cloud,
  steps: readonly ExecutionStep[],
  outline: DefinitionOutline,
  valuesPerReport: number,
): Promise<ReadReports> {
  const reporting = steps.filter(
    ({name, job, status}) =>
      job?.kind === 'Processing' && status === 'Succeeded' && (outline.types.get(name)?.reports.length ?? 0) > 0,
  )
  const reports: ReportValues[] = []
  const documents = new Map<string, Json>()
  for (const step of reporting.slice(0, describedJobs)) {
    if (!step.job) continue
    const {outputs} = await cloud.jobs.processing(step.job.arn)
    for (const report of outline.types.get(step.name)?.reports ?? []) {
      const output = outputs.find(({name}) => name === report.OutputName)
      if (!output) continue
      const uri = `${output.s3Uri.replace(/\/$/, '')}/${report.FilePath}`
      const document = parseJson(await cloud.objects.getText(uri))
      if (document !== undefined) documents.set(`Steps.${step.name}.PropertyFiles.${report.PropertyFileName}`, document)
      const values = flattenNumbers(document)
      const shown = values.slice(0, valuesPerReport)
      const more = values.length - shown.length
      reports.push({step: step.name, report: report.PropertyFileName, uri, values: shown, more})
    }
  }
  return {reports, documents}
}

export function parseJson(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    // A report that is no JSON fails the step that reads it; here there is only nothing to show.
    return undefined
  }
}

async function findModels(cloud: Cloud, steps: readonly ExecutionStep[]): Promise<RegisteredModel[]> {
  const models: RegisteredModel[] = []
  for (const {name, modelPackageArn: arn} of steps) {
    if (arn === undefined) continue
    const {approval} = await cloud.registry.describe(arn)
    models.push({step: name, model: modelOfPackage(arn)?.model ?? arn, arn, approval})
  }
  return models
}

async function findFailure(
  cloud: Cloud,
  execution: Execution,
  steps: readonly ExecutionStep[],
): Promise<FailureReport | undefined> {
  if (execution.status !== 'Failed') return undefined

  const failed = steps
    .filter(({status}) => status === 'Failed')
    .sort((a, b) => (a.endedAtMs ?? Number.POSITIVE_INFINITY) - (b.endedAtMs ?? Number.POSITIVE_INFINITY))
  const first = failed[0]
  if (!first) return {reason: execution.failureReason ?? 'no reason was given', log: []}

  const reason = first.failMessage ?? first.failureReason ?? execution.failureReason ?? 'no reason was given'
  return {step: first.name, reason, log: first.job ? await logTail(cloud, first.job) : []}
}

/** Where they may not be read, the failure is told without them. */
async function logTail({logs}: Cloud, job: StepJob): Promise<string[]> {
  try {
    const log = await logs.open(job, {tail: logTailLines})
    const events = await log.read()
    return events.slice(-logTailLines).map(({message}) => message)
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
    return [`(the log cannot be read: ${error.message})`]
  }
}
