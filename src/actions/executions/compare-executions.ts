// Two executions of a pipeline side by side: what they were given, what their steps did, and what came out.

import {definitionChanges} from '../../diff/definition-changes.ts'
import {type Pair, pair} from '../../lineage/pair.ts'
import {connect} from '../connect.ts'
import type {Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import {readDefinition} from './definition-outline.ts'
import type {ExecutionReport, StepReport, StepState} from './execution-report.ts'
import {inspectExecution} from './inspect-execution.ts'
import {resolveExecution} from './resolve-execution.ts'

export type ComparedExecution = Pick<
  ExecutionReport,
  'execution' | 'arn' | 'status' | 'startedAt' | 'agoSeconds' | 'durationSeconds' | 'idle' | 'versionId'
>

export type ComparedStep = {readonly state: StepState; readonly durationSeconds?: number; readonly cachedFrom?: string}

export type CompareResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly before: ComparedExecution
  readonly after: ComparedExecution
  readonly parameters: readonly ({readonly name: string} & Pair<string>)[]
  readonly steps: readonly ({readonly name: string; readonly type: string} & Pair<ComparedStep>)[]
  readonly metrics: readonly ({readonly step: string; readonly name: string} & Pair<number>)[]
  readonly reports: readonly ({readonly step: string; readonly report: string; readonly path: string} & Pair<number>)[]
  /** How many changes lie between the two definitions; absent when one of them cannot be read. */
  readonly definitionChanges?: number
}

export async function compareExecutions(
  input: Place & {readonly before: string; readonly after: string},
  world: World,
): Promise<CompareResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const [before, after] = [
    await resolveExecution(input.before, pipelineName, cloud, input),
    await resolveExecution(input.after, pipelineName, cloud, input),
  ]
  const left = await inspectExecution(cloud, before, target.name, world.now())
  const right = await inspectExecution(cloud, after, target.name, world.now())
  const [old, current] = [await cloud.executions.definition(before), await cloud.executions.definition(after)].map(
    readDefinition,
  )
  return {
    formatVersion: 1,
    ...compareReports(left, right),
    ...(old && current ? {definitionChanges: definitionChanges(old, current).length} : {}),
  }
}

/** In the order of the first execution; what only the second has comes last. */
export function compareReports(
  before: ExecutionReport,
  after: ExecutionReport,
): Omit<CompareResult, 'formatVersion' | 'definitionChanges'> {
  return {
    pipeline: after.pipeline,
    target: after.target,
    before: head(before),
    after: head(after),
    parameters: pair(
      before.parameters,
      after.parameters,
      ({name}) => ({name}),
      ({value}) => value,
    ),
    steps: pair(before.steps, after.steps, ({name, type}) => ({name, type}), comparedStep),
    metrics: pair(
      lastMetrics(before),
      lastMetrics(after),
      ({step, name}) => ({step, name}),
      ({value}) => value,
    ),
    reports: pair(
      reportValues(before),
      reportValues(after),
      ({step, report, path}) => ({step, report, path}),
      ({value}) => value,
    ),
  }
}

function head(report: ExecutionReport): ComparedExecution {
  const {execution, arn, status, startedAt, agoSeconds, durationSeconds, idle, versionId} = report
  const rest = {...(idle ? {idle} : {}), ...(versionId === undefined ? {} : {versionId})}
  return {execution, arn, status, startedAt, agoSeconds, durationSeconds, ...rest}
}

function comparedStep({state, durationSeconds, cachedFrom}: StepReport): ComparedStep {
  return {
    state,
    ...(durationSeconds === undefined ? {} : {durationSeconds}),
    ...(cachedFrom ? {cachedFrom: cachedFrom.execution} : {}),
  }
}

/** A metric that was measured several times counts with its last value. */
function lastMetrics({metrics}: ExecutionReport) {
  return [...new Map(metrics.map((metric) => [`${metric.step} ${metric.name}`, metric])).values()]
}

function reportValues({reports}: ExecutionReport) {
  return reports.flatMap(({step, report, values}) => values.map((value) => ({step, report, ...value})))
}
