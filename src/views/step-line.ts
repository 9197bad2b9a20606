// How a step looks: a symbol, and always the word that says the same.

import type {StepReport, StepState} from '../actions/executions/execution-report.ts'
import {oneLine} from './printable.ts'
import {type Paint, padEnd, truncate} from './style.ts'
import {ago, duration} from './time.ts'

export const stepSymbols: Readonly<Record<StepState, string>> = {
  waiting: '.',
  running: '>',
  stopping: '>',
  succeeded: '✓',
  cached: '=',
  reused: '=',
  failed: '✗',
  stopped: '-',
  'not-run': '.',
}

export const stepWords: Readonly<Record<StepState, string>> = {
  waiting: 'waiting',
  running: 'running',
  stopping: 'stopping',
  succeeded: 'succeeded',
  cached: 'cached',
  reused: 'reused',
  failed: 'failed',
  stopped: 'stopped',
  'not-run': 'not run',
}

/** Widths that keep the columns of one execution's steps in line; `type` is 0 where there is no room for it. */
export type StepColumns = {readonly name: number; readonly type: number}

const stateWidth = 9
const timeWidth = 8
/** Of an output; the whole stands in --json. */
const widestValue = 40
const gap = '  '
/** Names may be cut to this, if the terminal is narrow; the type of the step gives way first. */
const narrowestName = 16
/** Longer types are cut, where they would leave no room for what is particular about the steps. */
const narrowestType = 13
const detailWidth = 20

export function stepColumns(
  steps: readonly {readonly name: string; readonly type: string}[],
  width: number,
): StepColumns {
  const name = Math.max(4, ...steps.map((step) => step.name.length))
  const longestType = Math.max(4, ...steps.map((step) => step.type.length))
  const others = 1 + stateWidth + timeWidth + 3 * gap.length
  const besideDetail = width - others - name - detailWidth - 2 * gap.length
  const type = Math.min(longestType, Math.max(narrowestType, besideDetail))
  const beside = width - others - type - gap.length
  if (beside < Math.min(name, narrowestName)) return {name: Math.max(4, Math.min(name, width - others)), type: 0}
  return {name: Math.min(name, beside), type}
}

export function stepLine(step: StepReport, columns: StepColumns, paint: Paint): string {
  const colour = colourOf(step.state, paint)
  const head = [
    colour(stepSymbols[step.state]),
    padEnd(truncate(step.name, columns.name), columns.name),
    ...(columns.type === 0 ? [] : [paint.dim(padEnd(truncate(step.type, columns.type), columns.type))]),
    colour(padEnd(stepWords[step.state], stateWidth)),
    stepTime(step).padStart(timeWidth),
  ].join(gap)
  const detail = stepDetail(step)
  return `${head}${detail === '' ? '' : `${gap}${detail}`}`.trimEnd()
}

/** Nothing for a result that was there, and nothing where nothing was waited for. */
export function stepTime({state, durationSeconds}: StepReport): string {
  if (state === 'cached' || state === 'reused' || durationSeconds === undefined || durationSeconds < 0.005) return ''
  return duration(durationSeconds)
}

/** What is particular about how the step ended, or about what it is not. */
export function stepDetail(step: StepReport): string {
  const detail = ownDetail(step)
  if (step.simulated === undefined) return detail
  return detail === '' ? `simulated: ${oneLine(step.simulated)}` : `simulated, ${detail}`
}

function ownDetail(step: StepReport): string {
  if (step.failureReason !== undefined) return oneLine(step.failureReason)
  if (step.callback) return `waits for an answer to callback ${step.callback.token}`
  const source = step.reusedFrom ?? step.cachedFrom
  if (source) {
    const {execution, agoSeconds} = source
    return `from ${execution}${agoSeconds === undefined ? '' : `, ${ago(agoSeconds)}`}`
  }
  if (step.outcome) {
    const {result, branch} = step.outcome
    return `${result} -> ${branch.length === 0 ? 'nothing' : branch.join(', ')}`
  }
  if (step.registered) return step.registered.model
  if (step.violationReport !== undefined) return `violates its baseline: ${step.violationReport}`
  if (step.outputs)
    return step.outputs.map(({name, value}) => `${name}=${truncate(oneLine(value), widestValue)}`).join(', ')
  if ((step.attempts ?? 1) > 1) return `attempt ${step.attempts}`
  return ''
}

export function colourOf(state: StepState, paint: Paint): (text: string) => string {
  switch (state) {
    case 'succeeded':
      return paint.green
    case 'cached':
    case 'reused':
      return paint.cyan
    case 'failed':
      return paint.red
    case 'stopping':
    case 'stopped':
      return paint.yellow
    case 'running':
      return paint.bold
    case 'waiting':
    case 'not-run':
      return paint.dim
  }
}
