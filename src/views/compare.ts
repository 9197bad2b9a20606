// `mlpipe executions compare`: two columns, and before each line whether and how they differ, in a word.

import type {ComparedStep, CompareResult, Pair} from '../actions/executions/compare-executions.ts'
import {paintStatus} from './execution.ts'
import {cutMiddle} from './flow.ts'
import {oneLine} from './printable.ts'
import {displayWidth, type Paint, painter} from './style.ts'
import {alignRows} from './table.ts'
import {clock, count, duration, shortNumber} from './time.ts'
import {asItIs, type View} from './view.ts'

type Row = {readonly word: string; readonly label: string} & Pair<string>
type Section = {readonly title: string; readonly rows: readonly Row[]}

const missing = '-'
/** `~ only second`. */
const wordColumns = 13
const gaps = 6

export const compareView: View<CompareResult> = {
  human: (result, {width, colour}) => {
    const paint = painter(colour)
    const sections = [about(result, paint), ...compared(result)].filter(({rows}) => rows.length > 0)
    const labels = sections.flatMap(({rows}) => rows.map(({label}) => displayWidth(label)))
    const labelColumns = Math.min(28, Math.max(...labels))
    const cell = Math.max(8, Math.min(48, Math.floor((width - wordColumns - labelColumns - gaps) / 2)))
    const lines = sections.flatMap(({title, rows}) => [
      ...(title === '' ? [] : [[''], [paint.bold(title)]]),
      ...rows.map(({word, label, before = missing, after = missing}) => [
        mark(word, paint),
        cutMiddle(label, labelColumns),
        cut(before, cell),
        cut(after, cell),
      ]),
    ])
    return alignRows(lines, width).join('\n')
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
    {word: '', label: 'took', before: duration(before.durationSeconds), after: duration(after.durationSeconds)},
  ]
  const definition = {word: changes, label: 'definition', before: version(before), after: version(after)}
  return {title: '', rows: definitionChanges === undefined ? rows : [...rows, definition]}
}

function compared({parameters, steps, metrics, reports}: CompareResult): Section[] {
  return [
    {title: 'parameters', rows: parameters.map((one) => toRow(one.name, one, oneLine, differs))},
    {title: 'steps', rows: steps.map((one) => toRow(one.name, one, describeStep, stepWord))},
    {title: 'metrics', rows: metrics.map((one) => toRow(`${one.step}: ${one.name}`, one, shortNumber, delta))},
    {title: 'reports', rows: reports.map((one) => toRow(`${one.step}: ${one.path}`, one, shortNumber, delta))},
  ]
}

function toRow<Value>(
  label: string,
  {before, after}: Pair<Value>,
  show: (value: Value) => string,
  compare: (before: Value, after: Value) => string,
): Row {
  const name = {label: oneLine(label)}
  if (before === undefined) return {...name, word: 'only second', ...(after === undefined ? {} : {after: show(after)})}
  if (after === undefined) return {...name, word: 'only first', before: show(before)}
  return {...name, word: compare(before, after), before: show(before), after: show(after)}
}

function differs(before: string, after: string): string {
  return before === after ? 'same' : 'differs'
}

/** That a step took longer is no difference in what it did. */
function stepWord(before: ComparedStep, after: ComparedStep): string {
  return differs(before.state, after.state)
}

function delta(before: number, after: number): string {
  const change = after - before
  return change === 0 ? 'same' : `${change > 0 ? '+' : ''}${shortNumber(change)}`
}

function describeStep({state, durationSeconds}: ComparedStep): string {
  const time =
    durationSeconds === undefined || state === 'cached' || state === 'reused' ? '' : ` ${duration(durationSeconds)}`
  return `${state.replace('-', ' ')}${time}`
}

function mark(word: string, paint: Paint): string {
  if (word === '') return ''
  return word === 'same' ? paint.dim('= same') : paint.yellow(`~ ${word}`)
}

/** Painted texts are short and stay as they are. */
function cut(text: string, width: number): string {
  return text.includes('\u001B') ? text : cutMiddle(text, width)
}
