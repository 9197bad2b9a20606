// How a step looks: a symbol, and always the word that says the same.

import type {StepReport, StepState} from '../actions/execution-report.ts'
import {oneLine, type Paint, padEnd} from './style.ts'
import {ago, duration} from './time.ts'

const symbols: Readonly<Record<StepState, string>> = {
  waiting: '.',
  running: '>',
  stopping: '>',
  succeeded: '✓',
  cached: '=',
  failed: '✗',
  stopped: '-',
  'not-run': '.',
}

const words: Readonly<Record<StepState, string>> = {
  waiting: 'waiting',
  running: 'running',
  stopping: 'stopping',
  succeeded: 'succeeded',
  cached: 'cached',
  failed: 'failed',
  stopped: 'stopped',
  'not-run': 'not run',
}

/** Widths that keep the columns of one execution's steps in line. */
export type StepColumns = {readonly name: number; readonly type: number}

export function stepColumns(steps: readonly {readonly name: string; readonly type: string}[]): StepColumns {
  return {
    name: Math.min(40, Math.max(4, ...steps.map(({name}) => name.length))),
    type: Math.max(4, ...steps.map(({type}) => type.length)),
  }
}

export function stepLine(step: StepReport, columns: StepColumns, paint: Paint): string {
  const colour = colourOf(step.state, paint)
  const head = [
    colour(symbols[step.state]),
    padEnd(step.name, columns.name),
    paint.dim(padEnd(step.type, columns.type)),
    colour(padEnd(words[step.state], 9)),
    step.durationSeconds === undefined ? ' '.repeat(8) : duration(step.durationSeconds).padStart(8),
  ].join('  ')
  const detail = stepDetail(step)
  return `${head}${detail === '' ? '' : `  ${detail}`}`.trimEnd()
}

/** What is particular about how the step ended. */
export function stepDetail(step: StepReport): string {
  if (step.failureReason !== undefined) return oneLine(step.failureReason)
  if (step.cachedFrom) {
    const {execution, agoSeconds} = step.cachedFrom
    return `from ${execution}${agoSeconds === undefined ? '' : `, ${ago(agoSeconds)}`}`
  }
  if (step.outcome) {
    const {result, branch} = step.outcome
    return `${result} -> ${branch.length === 0 ? 'nothing' : branch.join(', ')}`
  }
  if (step.registered) return step.registered.model
  if ((step.attempts ?? 1) > 1) return `attempt ${step.attempts}`
  return ''
}

export function colourOf(state: StepState, paint: Paint): (text: string) => string {
  switch (state) {
    case 'succeeded':
      return paint.green
    case 'cached':
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
