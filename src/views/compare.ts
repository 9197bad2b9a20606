// `mlpipe executions compare`: two columns, and before each line whether and how they differ, in a word.

import type {ComparedExecution, ComparedStep, CompareResult} from '../actions/executions/compare-executions.ts'
import {paintStatus} from './execution.ts'
import {idleSeconds, ranFor} from './idle-words.ts'
import {oneLine} from './printable.ts'
import {delta, differs, type Section, sideBySide, toRow} from './side-by-side.ts'
import {type Paint, painter} from './style.ts'
import {clock, count, duration, shortNumber} from './time.ts'
import {asItIs, type View} from './view.ts'

export const compareView: View<CompareResult> = {
  human: (result, {width, colour}) => {
    const paint = painter(colour)
    return sideBySide([about(result, paint), ...compared(result)], width, paint).join('\n')
  },
  json: asItIs,
}

function about({before, after, definitionChanges}: CompareResult, paint: Paint): Section {
  const version = ({versionId}: CompareResult['before']) => (versionId === undefined ? '' : `version ${versionId}`)
  const changes = definitionChanges === 0 ? 'same' : count(definitionChanges ?? 0, 'change')
  const rows = [
    {word: '', label: '', before: paint.bold(before.execution), after: paint.bold(after.execution)},
    {word: '', label: 'status', before: paintStatus(before.status, paint), after: paintStatus(after.status, paint)},
    {word: '', label: 'started (UTC)', before: clock(before.startedAt), after: clock(after.startedAt)},
    {word: '', label: 'took', before: ranFor(before), after: ranFor(after)},
    ...(before.idle || after.idle
      ? [{word: '', label: 'outside steps', before: outside(before), after: outside(after)}]
      : []),
  ]
  const definition = {word: changes, label: 'definition', before: version(before), after: version(after)}
  return {title: '', rows: definitionChanges === undefined ? rows : [...rows, definition]}
}

/** How long none of its steps ran, as before a retry or in a wait for others. */
function outside(one: ComparedExecution): string {
  return one.idle ? duration(idleSeconds(one)) : ''
}

function compared({parameters, steps, metrics, reports}: CompareResult): Section[] {
  return [
    {title: 'parameters', rows: parameters.map((one) => toRow(one.name, one, oneLine, differs))},
    {title: 'steps', rows: steps.map((one) => toRow(one.name, one, describeStep, stepWord))},
    {title: 'metrics', rows: metrics.map((one) => toRow(`${one.step}: ${one.name}`, one, shortNumber, delta))},
    {title: 'reports', rows: reports.map((one) => toRow(`${one.step}: ${one.path}`, one, shortNumber, delta))},
  ]
}

/** That a step took longer is no difference in what it did. */
function stepWord(before: ComparedStep, after: ComparedStep): string {
  return differs(before.state, after.state)
}

function describeStep({state, durationSeconds}: ComparedStep): string {
  const time =
    durationSeconds === undefined || state === 'cached' || state === 'reused' ? '' : ` ${duration(durationSeconds)}`
  return `${state.replace('-', ' ')}${time}`
}
