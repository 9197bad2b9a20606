// `mlpipe run` and `mlpipe executions show`.

import type {ExecutionReport, StepCounts} from '../actions/execution-report.ts'
import type {RunOutcome, RunResult} from '../actions/run.ts'
import type {ExecutionResult} from '../actions/show-execution.ts'
import {stepColumns, stepLine} from './step-line.ts'
import {oneLine, type Paint, painter, truncate} from './style.ts'
import {alignRows} from './table.ts'
import {ago, duration, shortNumber} from './time.ts'
import {asItIs, type Screen, type View} from './view.ts'

export const runView: View<RunResult> = {
  human: (result, screen) => {
    const paint = painter(screen.colour)
    const arn = result.outcome === 'started' ? [`arn        ${result.arn}`] : []
    const lines = [
      ...alignRows(summary(result, runStatus(result, paint)), screen.width),
      ...arn,
      ...failure(result, screen, paint),
    ]
    const next = result.next.map((command) => `  ${command}`)
    return [...lines, ...(next.length > 0 ? ['next:', ...next] : [])].join('\n')
  },
  json: asItIs,
}

export const executionView: View<ExecutionResult> = {
  human: (result, screen) => {
    const paint = painter(screen.colour)
    const columns = stepColumns(result.steps)
    const steps = result.steps.map((step) => truncate(stepLine(step, columns, paint), screen.width))
    const status = `${paintStatus(result.status, paint)} after ${duration(result.durationSeconds)}`
    const running = `${paintStatus(result.status, paint)} for ${duration(result.durationSeconds)}`
    const lines = alignRows(
      [
        ...summary(result, result.endedAt === undefined ? running : status),
        ['started', `${result.startedAt} (${ago(result.agoSeconds)})`],
        ['ended', result.endedAt ?? ''],
        ['version', String(result.versionId ?? '')],
        ['arn', result.arn],
        ['parameters', result.parameters.map(({name, value}) => `${name}=${value}`).join(' ')],
      ].filter(([, value]) => value !== ''),
      Number.POSITIVE_INFINITY,
    )
    return [
      ...lines.map((line) => (/^(arn|parameters) /.test(line) ? line : truncate(line, screen.width))),
      '',
      ...steps,
      ...failure(result, screen, paint),
    ].join('\n')
  },
  json: asItIs,
}

function summary(report: ExecutionReport, status: string): string[][] {
  return [
    ['execution', `${report.execution} of ${report.pipeline} on ${report.target}`],
    ['status', status],
    ['steps', describeCounts(report.counts)],
    ...metricsByStep(report),
    ...report.reports.map((values) => [values.step, describeReport(values)]),
    ...report.models.map(({model, approval}) => ['model', `${model} (${approval})`]),
  ]
}

function metricsByStep({metrics}: ExecutionReport): string[][] {
  const steps = [...new Set(metrics.map(({step}) => step))]
  return steps.map((step) => {
    const own = metrics.filter((metric) => metric.step === step)
    return [step, own.map(({name, value}) => `${name} ${shortNumber(value)}`).join(', ')]
  })
}

function describeReport({values, more}: ExecutionReport['reports'][number]): string {
  const shown = values.map(({path, value}) => `${path} ${shortNumber(value)}`)
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}

/** `3 ran, 2 cached, 1 not run`. */
export function describeCounts(counts: StepCounts): string {
  const parts: [number | undefined, string][] = [
    [counts.succeeded, 'ran'],
    [counts.cached, 'cached'],
    [counts.failed, 'failed'],
    [counts.stopped, 'stopped'],
    [(counts.running ?? 0) + (counts.stopping ?? 0), 'running'],
    [counts.waiting, 'waiting'],
    [counts['not-run'], 'not run'],
  ]
  return parts.flatMap(([amount, word]) => (amount ? [`${amount} ${word}`] : [])).join(', ')
}

function failure({failure: failed}: ExecutionReport, screen: Screen, paint: Paint): string[] {
  if (!failed) return []
  const where = failed.step === undefined ? 'failed' : `${failed.step} failed`
  const log = failed.log.map((line) => truncate(`  | ${line.trimEnd()}`, screen.width))
  return [paint.red(`${where}: ${oneLine(failed.reason)}`), ...log]
}

const outcomes: Readonly<Record<RunOutcome, string>> = {
  started: 'started, not waited for',
  succeeded: 'Succeeded',
  failed: 'Failed',
  stopped: 'Stopped',
  interrupted: 'Stopped as you asked',
  'timed-out': 'still running, no longer waited for',
}

function runStatus({outcome, durationSeconds}: RunResult, paint: Paint): string {
  const word = outcomes[outcome]
  if (outcome === 'started') return word
  return `${colourOutcome(outcome, paint)(word)} after ${duration(durationSeconds)}`
}

function colourOutcome(outcome: RunOutcome, paint: Paint): (text: string) => string {
  if (outcome === 'succeeded') return paint.green
  return outcome === 'failed' ? paint.red : paint.yellow
}

export function paintStatus(status: string, paint: Paint): string {
  if (status === 'Succeeded') return paint.green(status)
  if (status === 'Failed') return paint.red(status)
  return paint.yellow(status)
}
