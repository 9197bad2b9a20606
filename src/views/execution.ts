// `mlpipe run` and `mlpipe executions show`.

import type {ExecutionReport, StepCounts} from '../actions/executions/execution-report.ts'
import type {RunOutcome, RunResult} from '../actions/executions/followed-run.ts'
import type {ExecutionResult} from '../actions/executions/show-execution.ts'
import {describeIdle, notCounting, ranFor} from './idle-words.ts'
import {logText, oneLine, printable} from './printable.ts'
import {stepColumns, stepLine} from './step-line.ts'
import {type Paint, painter, truncate} from './style.ts'
import {type Field, fields} from './table.ts'
import {ago, count, shortNumber} from './time.ts'
import {asItIs, nextLines, type Screen, type View} from './view.ts'

export const runView: View<RunResult> = {
  human: (result, screen) => {
    const paint = painter(screen.colour)
    const arn: Field[] = result.outcome === 'started' ? [['arn', result.arn]] : []
    return [
      ...fields([...summary(result, runStatus(result, paint)), ...arn], screen.width),
      ...failure(result, screen, paint),
      ...nextLines(result.next),
    ].join('\n')
  },
  json: asItIs,
}

export const executionView: View<ExecutionResult> = {
  human: (result, screen) => {
    const paint = painter(screen.colour)
    const columns = stepColumns(result.steps, screen.width)
    const steps = result.steps.map((step) => truncate(stepLine(step, columns, paint), screen.width))
    const since = `${result.endedAt === undefined ? 'for' : 'after'} ${took(result)}`
    const about: Field[] = [
      ...summary(result, `${paintStatus(result.status, paint)} ${since}`),
      ['started', `${result.startedAt} (${ago(result.agoSeconds)})`],
      ['ended', result.endedAt],
      ['version', result.versionId === undefined ? undefined : String(result.versionId)],
      ['selected', selected(result)],
      ['arn', result.arn],
      ['parameters', result.parameters.map(({name, value}) => `${name}=${oneLine(value)}`)],
    ]
    return [...fields(about, screen.width), '', ...steps, ...failure(result, screen, paint)].join('\n')
  },
  json: asItIs,
}

/** The steps of a selective execution, and where the results of others came from. */
function selected({selection}: ExecutionReport): string[] | undefined {
  if (!selection) return undefined
  const {steps, source} = selection
  return [...commas(steps), ...(source === undefined ? [] : [`(others from ${source})`])]
}

function summary(report: ExecutionReport, status: string): Field[] {
  return [
    ['execution', `${report.execution} of ${report.pipeline} on ${report.target}`],
    ['status', status],
    ...describeIdle(report).map((stretch): Field => ['outside steps', stretch]),
    ['steps', describeCounts(report.counts)],
    ['simulated', simulatedSteps(report)],
    ...metricsByStep(report),
    ...report.reports
      .filter(({values}) => values.length > 0)
      .map((values): Field => ['report', describeReport(values)]),
    ...(report.gaps ?? []).map(({reason}): Field => ['missing', oneLine(reason)]),
    ...describeConditions(report),
    ...report.models.map(({model, approval}): Field => ['model', `${model} (${approval})`]),
    ['foretold', describeForetold(report)],
  ]
}

/** What did not hold, and what a model was compared with. */
function describeConditions({conditions = []}: ExecutionReport): Field[] {
  return conditions.flatMap(({step, comparisons}) =>
    comparisons
      .filter(({holds, champion}) => !holds || champion !== undefined)
      .map(({told}): Field => ['condition', `${step}: ${oneLine(told)}`]),
  )
}

/** `5 of 5 steps as diff says, 1 left open`. */
function describeForetold({foretold}: ExecutionReport): string[] | undefined {
  if (!foretold) return undefined
  const {asForetold, open, otherwise} = foretold
  const said = asForetold + otherwise.length
  const wrong = otherwise.map(
    ({step, foretold: verdict, happened}) => `${step} was to be ${verdict}, and is ${happened}`,
  )
  return commas([
    `${asForetold} of ${count(said, 'step')} as diff says`,
    ...(open > 0 ? [`${open} left open`] : []),
    ...wrong,
  ])
}

/** Steps that the embedded engine stood in for: whatever else is told, they did not run. */
function simulatedSteps({steps}: ExecutionReport): string[] | undefined {
  const names = steps.filter(({simulated}) => simulated !== undefined).map(({name}) => name)
  return names.length === 0 ? undefined : commas(names)
}

function metricsByStep({metrics}: ExecutionReport): Field[] {
  const steps = [...new Set(metrics.map(({step}) => step))]
  return steps.map((step) => {
    const own = metrics.filter((metric) => metric.step === step)
    return ['metrics', [`${step}:`, ...commas(own.map(({name, value}) => `${name} ${shortNumber(value)}`))]]
  })
}

function describeReport({step, values, more}: ExecutionReport['reports'][number]): string[] {
  const shown = values.map(({path, value}) => `${path} ${shortNumber(value)}`)
  return [`${step}:`, ...commas([...shown, ...(more > 0 ? [`and ${more} more`] : [])])]
}

function commas(items: readonly string[]): string[] {
  return items.map((item, index) => (index === items.length - 1 ? item : `${item},`))
}

/** `3 ran, 2 cached, 1 not run`. */
export function describeCounts(counts: StepCounts): string {
  const parts: [number | undefined, string][] = [
    [counts.succeeded, 'ran'],
    [counts.cached, 'cached'],
    [counts.reused, 'reused'],
    [counts.failed, 'failed'],
    [counts.stopped, 'stopped'],
    [(counts.running ?? 0) + (counts.stopping ?? 0), 'running'],
    [counts.waiting, 'waiting'],
    [counts['not-run'], 'not run'],
  ]
  return parts.flatMap(([amount, word]) => (amount ? [`${amount} ${word}`] : [])).join(', ')
}

/** The reason keeps its lines: a traceback on one line helps nobody. */
function failure({failure: failed}: ExecutionReport, screen: Screen, paint: Paint): string[] {
  if (!failed) return []
  const where = failed.step === undefined ? 'failed' : `${failed.step} failed`
  const [first = '', ...rest] = printable(failed.reason).trim().split('\n')
  const log = failed.log.map((line) => truncate(`  | ${logText(line)}`, screen.width))
  return [paint.red(`${where}: ${first}`), ...rest.map((line) => `  ${line.trimEnd()}`), ...log]
}

const outcomes: Readonly<Record<RunOutcome, string>> = {
  started: 'started, not waited for',
  succeeded: 'Succeeded',
  failed: 'Failed',
  stopped: 'Stopped',
  interrupted: 'Stopped as you asked',
  'left-running': 'still running, no longer followed',
  'timed-out': 'still running, no longer waited for',
}

function runStatus(result: RunResult, paint: Paint): string {
  const {outcome} = result
  const word = outcomes[outcome]
  if (outcome === 'started') return word
  return `${colourOutcome(outcome, paint)(word)} after ${took(result)}`
}

function took(report: ExecutionReport): string {
  return `${ranFor(report)}${notCounting(report)}`
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
