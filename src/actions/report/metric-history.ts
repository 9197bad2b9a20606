// The numbers of an execution across those before it: metrics of trainings, and values of reports.

import type {Cloud, ExecutionSummary} from '../../cloud/ports.ts'
import {outlineDefinition, readDefinition} from '../executions/definition-outline.ts'
import {executionId} from '../executions/execution-arn.ts'
import type {MetricReport, ReportValues} from '../executions/execution-report.ts'
import type {Gaps} from '../executions/gaps.ts'
import {readMetrics, readReports} from '../executions/measured.ts'
import {iso} from '../executions/step-report.ts'
import {inParallel} from '../in-parallel.ts'
import type {MetricHistory, Series} from './report-data.ts'

/** Executions that are shown, the one of the report among them. */
const mostExecutions = 20
/** How far back the execution of the report is looked for among later ones. */
const mostListed = 500
const parallelReads = 4
const mostSeries = 24
/** Numbers that are looked at in one report of one execution. */
export const valuesPerReport = 100

export type Measured = {readonly metrics: readonly MetricReport[]; readonly reports: readonly ReportValues[]}

export type Subject = Measured & {readonly arn: string; readonly pipeline: string; readonly startedAtMs: number}

/** Series only of what this execution measured; where it measured nothing yet, of what the latest before it did. */
export async function readHistory(subject: Subject, cloud: Cloud, gaps: Gaps): Promise<MetricHistory> {
  const executions = await executionsUpTo(subject, cloud)
  const measured = new Map<string, Measured>([[subject.arn, subject]])
  const others = executions.filter(({arn}) => arn !== subject.arn)
  await inParallel(others, parallelReads, async ({arn}) => {
    const found = await gaps.guard('history', () => measure(arn, cloud), undefined)
    if (found) measured.set(arn, found)
  })
  const series = collectSeries(
    executions.flatMap(({arn}) => {
      const found = measured.get(arn)
      return found ? [{execution: executionId(arn), ...found}] : []
    }),
  )
  return {
    executions: executions.map(({arn, status, startedAtMs}) => ({
      execution: executionId(arn),
      arn,
      status,
      startedAt: iso(startedAtMs),
    })),
    series: series.slice(0, mostSeries),
    more: Math.max(0, series.length - mostSeries),
  }
}

/** Oldest first. */
async function executionsUpTo({arn, pipeline, startedAtMs}: Subject, cloud: Cloud): Promise<ExecutionSummary[]> {
  const found: ExecutionSummary[] = []
  let listed = 0
  for await (const page of cloud.executions.pages(pipeline)) {
    found.push(...page.filter((one) => one.arn === arn || one.startedAtMs < startedAtMs))
    listed += page.length
    if (found.length >= mostExecutions || listed >= mostListed) break
  }
  return found.slice(0, mostExecutions).reverse()
}

async function measure(arn: string, cloud: Cloud): Promise<Measured> {
  const steps = await cloud.executions.steps(arn)
  const outline = outlineDefinition(readDefinition(await cloud.executions.definition(arn)))
  // No more than so many jobs can have a series; what an earlier execution did not write is a point that is not there.
  const options = {mostJobs: mostSeries, note: () => {}}
  const [metrics, {reports}] = await Promise.all([
    readMetrics(cloud, steps, options),
    readReports(cloud, steps, outline, {...options, valuesPerReport}),
  ])
  return {metrics, reports}
}

/** By the order of the newest execution that has numbers at all. */
function collectSeries(executions: readonly (Measured & {readonly execution: string})[]): Series[] {
  const newest = executions.findLast((one) => numbersOf(one).length > 0)
  const wanted = newest ? numbersOf(newest) : []
  const byExecution = executions.map((one) => ({
    execution: one.execution,
    // A metric that was measured several times counts with its last value.
    values: new Map(numbersOf(one).map((number) => [keyOf(number), number.value])),
  }))
  const series = new Map(wanted.map(({value: _value, ...number}) => [keyOf(number), number]))
  return [...series].map(([key, number]) => ({
    ...number,
    points: byExecution.flatMap(({execution, values}) => {
      const value = values.get(key)
      return value === undefined || !Number.isFinite(value) ? [] : [{execution, value}]
    }),
  }))
}

type NumberOf = Omit<Series, 'points'> & {readonly value: number}

function numbersOf({metrics, reports}: Measured): NumberOf[] {
  const values = reports.flatMap(({step, report, values}) =>
    values.map(({path, value}) => ({step, report, name: path, value})),
  )
  return [...metrics, ...values]
}

function keyOf({step, report, name}: Omit<Series, 'points'>): string {
  return JSON.stringify([step, report, name])
}
