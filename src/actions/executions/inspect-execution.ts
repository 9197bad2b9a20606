// Everything that can be told about one execution: its steps, what they measured, what they registered, why it failed.

import type {Cloud, Execution, ExecutionStatus, ExecutionStep, StepJob, StepSelection} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {decidedConditions} from './decided-conditions.ts'
import {type DefinitionOutline, outlineDefinition, readDefinition} from './definition-outline.ts'
import {executionId, modelOfPackage} from './execution-arn.ts'
import type {
  ExecutionReport,
  FailureReport,
  RegisteredModel,
  ReportPart,
  StepCounts,
  StepReport,
  StepState,
} from './execution-report.ts'
import {type Gaps, strictGaps} from './gaps.ts'
import {idleStretches} from './idle-stretches.ts'
import {mostJobs, type ReadReports, readMetrics, readReports} from './measured.ts'
import {cacheSources, iso, seconds, stepReport} from './step-report.ts'

const logTailLines = 10

export type InspectOptions = {
  /** Numbers shown of one report. */
  readonly valuesPerReport?: number
  /** Where it is absent, what is out of reach is thrown. */
  readonly gaps?: Gaps
}

export async function inspectExecution(
  cloud: Cloud,
  arn: string,
  target: string,
  nowMs: number,
  {valuesPerReport = 5, gaps = strictGaps()}: InspectOptions = {},
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
  const noteOf = (part: ReportPart) => (reason: string) => gaps.add(part, reason)
  const stepReports = await reportSteps(cloud, steps, outline, ended, nowMs)
  const [failure, metrics, {reports, documents}, models] = await Promise.all([
    findFailure(cloud, execution, steps),
    gaps.guard('metrics', () => readMetrics(cloud, steps, {mostJobs, note: noteOf('metrics')}), []),
    gaps.guard(
      'reports',
      () => readReports(cloud, steps, outline, {mostJobs, note: noteOf('reports'), valuesPerReport}),
      noReports,
    ),
    gaps.guard('models', () => findModels(cloud, steps), []),
  ])
  const idle = idleStretches(steps, {fromMs: execution.startedAtMs, toMs: endMs})
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
    ...(idle.length > 0 ? {idle} : {}),
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
    ...(gaps.found.length > 0 ? {gaps: gaps.found} : {}),
  }
}

const noReports: ReadReports = {reports: [], documents: new Map()}

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
  const unstarted: StepState = ended ? 'not-run' : 'waiting'
  const known = outline.steps.map(({name, type}) => started.get(name) ?? {name, type, state: unstarted})
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
