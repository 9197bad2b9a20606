// What unfolds below a step's line.

import type {ComparisonReport, StepReport} from '../../actions/executions/execution-report.ts'
import type {LineageStep} from '../../actions/lineage/lineage-result.ts'
import {minute} from '../forecast-words.ts'
import {logText} from '../printable.ts'
import {stepDetail} from '../step-line.ts'
import {shortNumber} from '../time.ts'
import {shortHashes} from '../values.ts'
import {type Html, html} from './html.ts'
import type {KnownStep, StepContext} from './known-step.ts'
import {code, facts, moment} from './layout.ts'
import {lookOf} from './state-words.ts'
import {takenLine} from './taken-words.ts'
import {shortTime} from './timeline-section.ts'
import {reasonList, verdictWord} from './verdict-words.ts'

export function stepBody(known: KnownStep, context: StepContext): Html {
  const {step, forecast, run, log, comparisons} = known
  const verdict = forecast && html`${verdictWord(forecast)}${reasonList(forecast, context.verdicts, context.file)}`
  return html`${facts([
    ['Result', result(step)],
    ['Compared', compared(comparisons)],
    ['Foretold', verdict],
    ['Ran', times(step)],
    ['Attempts', (step.attempts ?? 1) > 1 ? String(step.attempts) : undefined],
    ...(run ? runFacts(run, context) : []),
    ['Job', step.jobArn === undefined ? undefined : code(step.jobArn)],
  ])}${log && html`<div class="tail"><p>${log.from === undefined ? 'End of the log' : html`End of the log, written in <code>${log.from}</code>`}</p><pre class="log" tabindex="0">${log.lines.map(logText).join('\n')}</pre></div>`}`
}

function result(step: StepReport): Html {
  const failed = step.failureReason
  if (failed !== undefined) return html`failed<pre class="reason">${failed.trim()}</pre>`
  const detail = resultDetail(step)
  return html`${lookOf(step.state).word}${detail !== '' && html`<span class="line">${detail}</span>`}`
}

function compared(comparisons: readonly ComparisonReport[]): Html | undefined {
  return comparisons.length === 0
    ? undefined
    : html`${comparisons.map(({told}) => html`<span class="line">${told}</span>`)}`
}

/** What is particular about the step; of a result that was taken over, the moment that it is from. */
export function resultDetail(step: StepReport): string {
  const source = step.reusedFrom ?? step.cachedFrom
  if (!source) return stepDetail(step)
  const ended = source.endedAt === undefined ? '' : `, which ended ${minute(source.endedAt)}`
  return `from ${source.execution}${ended}`
}

function times({state, startedAt, endedAt, durationSeconds}: StepReport): Html | undefined {
  if (startedAt === undefined || state === 'cached' || state === 'reused') return undefined
  const spent = shortTime(durationSeconds ?? 0)
  const end = endedAt === undefined ? ' and runs on' : spent && ` for ${spent}`
  return html`${moment(startedAt)}${end}`
}

function runFacts(run: LineageStep, {anchors}: StepContext): readonly (readonly [string, Html | undefined])[] {
  const list = <Item>(items: readonly Item[], show: (item: Item) => Html) =>
    items.length === 0 ? undefined : html`${items.map((item) => html`<span class="line">${show(item)}</span>`)}`
  return [
    ['Inputs', list(run.inputs, (input) => takenLine(input, anchors))],
    ['Code', list(run.code, (input) => takenLine(input, anchors))],
    ['Image', run.image === undefined ? undefined : code(run.image)],
    ['Parameters', list(run.parameters, ({name, value}) => html`${name} <code>${value}</code>`)],
    ['Hyperparameters', list(run.hyperparameters, ({name, value}) => html`${name} <code>${value}</code>`)],
    ['Environment', list(run.environment, ({name, value}) => html`${name} <code>${value}</code>`)],
    ['Outputs', list(run.outputs, ({name, uri}) => html`${name} <code>${shortHashes(uri)}</code>`)],
    ['Metrics', list(run.metrics, ({name, value}) => html`${name} <b>${shortNumber(value)}</b>`)],
  ]
}
