// Everything that a report tells of one execution, gathered at once: one look, with a bounded number of calls.

import type {Cloud} from '../../cloud/ports.ts'
import {stepGraph} from '../../definition/dependencies.ts'
import {formatJson, parseExactJson} from '../../definition/exact-json.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import type {Provenance} from '../../lineage/provenance.ts'
import {connect} from '../connect.ts'
import {readDefinition} from '../executions/definition-outline.ts'
import {executionId} from '../executions/execution-arn.ts'
import type {ExecutionReport} from '../executions/execution-report.ts'
import {collectGaps, type Gaps} from '../executions/gaps.ts'
import {inspectExecution} from '../executions/inspect-execution.ts'
import {paceOf} from '../executions/pace.ts'
import {resolveExecution} from '../executions/resolve-execution.ts'
import {iso} from '../executions/step-report.ts'
import {findLines, type LineFinder, stepForecast} from '../forecast/forecast-run.ts'
import {besideForecast} from '../forecast/foretold.ts'
import {predictPastRun} from '../forecast/next-run.ts'
import type {RunPrediction} from '../forecast/predict-run.ts'
import {definitionPicture} from '../graph/definition-picture.ts'
import {reportProvenance} from '../lineage/lineage-result.ts'
import {traceExecution} from '../lineage/trace.ts'
import {nextCommand, type Place, quoted} from '../next-commands.ts'
import {findPipeline, type Project} from '../open-project.ts'
import type {World} from '../world.ts'
import {criticalPath} from './critical-path.ts'
import {drawLineage} from './lineage-drawing.ts'
import {readLogTails} from './log-tails.ts'
import {readHistory, valuesPerReport} from './metric-history.ts'
import {oneLook} from './one-look.ts'
import type {LogTail, ReportParameter, ReportResult} from './report-data.ts'
import {findSpec} from './spec-of-run.ts'

export async function makeReport(input: Place & {readonly execution: string}, world: World): Promise<ReportResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const connection = await connect(target, input, world)
  const arn = await resolveExecution(input.execution, pipelineName, connection.cloud, input)
  const cloud = oneLook(connection.cloud)
  const nowMs = world.now()
  const gaps = collectGaps()
  const [execution, steps, definition] = await Promise.all([
    cloud.executions.describe(arn),
    cloud.executions.steps(arn),
    cloud.executions.definition(arn),
  ])
  const read = readDefinition(definition)
  if (!read)
    gaps.add(
      'definition',
      'the definition that ran cannot be read: steps that never started are missing, and so is the graph',
    )

  const [report, lineage, prediction, logs] = await Promise.all([
    inspectExecution(cloud, arn, target.name, nowMs, {valuesPerReport, gaps}),
    gaps.guard('lineage', () => traceExecution(arn, cloud), undefined),
    predict(arn, {pipelineName, target}, execution.selection !== undefined, cloud, gaps),
    readLogTails(steps, {pace: paceOf(target), nowMs}, cloud, gaps),
  ])
  const subject = {
    arn,
    pipeline: report.pipeline,
    startedAtMs: execution.startedAtMs,
    metrics: report.metrics,
    reports: report.reports,
  }
  const [history, {spec, project}] = await Promise.all([
    gaps.guard('history', () => readHistory(subject, cloud, gaps), undefined),
    gaps.guard('spec', () => findSpec(input, {definition: read && definition, lineage}, world, gaps), {}),
  ])
  const lines = project ? findLines(project) : noLines
  return {
    formatVersion: 1,
    takenAt: iso(nowMs),
    ...report,
    ...(execution.displayName === undefined ? {} : {displayName: execution.displayName}),
    ...(execution.description === undefined ? {} : {description: execution.description}),
    ...(execution.createdBy === undefined ? {} : {startedBy: execution.createdBy}),
    parameters: withDefaults(report.parameters, read),
    verdicts: prediction ? prediction.steps.map((step) => stepForecast(step, lines, execution.startedAtMs)) : [],
    ...(prediction && report.endedAt !== undefined ? {foretold: besideForecast(report, prediction)} : {}),
    criticalPath: read && report.endedAt !== undefined ? criticalPath(report.steps, stepGraph(read), report.idle) : [],
    ...(read ? {graph: definitionPicture({name: report.pipeline, definition: read})} : {}),
    ...(history ? {history} : {}),
    ...(lineage ? {lineage: {...reportProvenance(lineage, nowMs), ...drawLineage(lineage, arn, input)}} : {}),
    logs: logs.map((log) => ({...log, ...writtenIn(log, arn, lineage)})),
    ...(spec ? {spec} : {}),
    ...(read ? {definition: formatJson(parseExactJson(definition), 2)} : {}),
    gaps: gaps.found,
    next: nextCommands(report, input),
  }
}

/** The execution whose job wrote a log: what a result was taken from may have taken it over itself. */
function writtenIn({step, from}: LogTail, arn: string, lineage: Provenance | undefined): Pick<LogTail, 'from'> {
  const ran = lineage?.steps.find((run) => run.step === step && run.executionArn !== arn)
  return from === undefined || !ran ? {} : {from: executionId(ran.executionArn)}
}

const noLines: LineFinder = {step: () => undefined, parameter: () => undefined}

async function predict(
  arn: string,
  place: Pick<Project, 'pipelineName' | 'target'>,
  isSelective: boolean,
  cloud: Cloud,
  gaps: Gaps,
): Promise<RunPrediction | undefined> {
  if (!isSelective) return gaps.guard('verdicts', () => predictPastRun(arn, place, cloud), undefined)
  gaps.add('verdicts', 'only a selection of the steps ran: nothing is foretold of such an execution')
  return undefined
}

/** Those of the definition in its order, then what it does not declare. */
function withDefaults(
  given: ExecutionReport['parameters'],
  definition: PipelineDefinition | undefined,
): ReportParameter[] {
  const values = new Map(given.map(({name, value}) => [name, value]))
  const declared = (definition?.Parameters ?? []).map(({Name: name, Type: type, DefaultValue}): ReportParameter => {
    const fallback = DefaultValue === undefined ? undefined : String(DefaultValue)
    const value = values.get(name) ?? fallback ?? ''
    return {
      name,
      value,
      ...(type === undefined ? {} : {type}),
      ...(fallback === undefined ? {} : {default: fallback}),
      isDefault: value === fallback,
    }
  })
  const names = new Set(declared.map(({name}) => name))
  return [...declared, ...given.filter(({name}) => !names.has(name)).map((one) => ({...one, isDefault: false}))]
}

function nextCommands(report: ExecutionReport, place: Place): string[] {
  const {status, execution, failure, models, steps, endedAt} = report
  const failed = steps.find(({name}) => name === failure?.step)
  const canRetry = (status === 'Failed' && failed?.type !== 'Fail') || status === 'Stopped'
  const pending = models.filter(({approval}) => approval === 'PendingManualApproval')
  const commands = [
    ...(endedAt === undefined ? [`executions watch ${execution}`, `executions stop ${execution}`] : []),
    ...(failed?.jobArn === undefined ? [] : [`executions logs ${execution} --step ${quoted(failed.name)}`]),
    ...(canRetry ? [`executions retry ${execution}`] : []),
    ...pending.map(({model}) => `models approve ${model}`),
    ...models.map(({model}) => `lineage ${model}`),
    `executions show ${execution}`,
  ]
  return commands.map((command) => nextCommand(command, place))
}
