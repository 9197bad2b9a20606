// Two columns, and before each line whether and how they differ, in a word: what is compared, beside each other.

import type {Pair} from '../lineage/pair.ts'
import {cutMiddle} from './flow.ts'
import {oneLine} from './printable.ts'
import {displayWidth, type Paint} from './style.ts'
import {alignRows} from './table.ts'
import {shortNumber} from './time.ts'

export type Row = {readonly word: string; readonly label: string} & Pair<string>
export type Section = {readonly title: string; readonly rows: readonly Row[]}

const missing = '-'
/** `~ only second`. */
const usualWordColumns = 13
const gaps = 6
const narrowestCell = 10

export function sideBySide(all: readonly Section[], width: number, paint: Paint): string[] {
  const sections = all.filter(({rows}) => rows.length > 0)
  const rows = sections.flatMap((section) => section.rows)
  const heads = [...sections.map(({title}) => title), ...rows.map(({word}) => `~ ${word}`)]
  const wordColumns = Math.max(usualWordColumns, ...heads.map(displayWidth))
  const labels = rows.map(({label}) => displayWidth(label))
  const room = width - wordColumns - gaps
  const labelColumns = Math.min(28, Math.max(...labels), Math.max(narrowestCell, room - 2 * narrowestCell))
  const cell = Math.max(8, Math.min(48, Math.floor((room - labelColumns) / 2)))
  const lines = sections.flatMap(({title, rows: own}) => [
    ...(title === '' ? [] : [[''], [paint.bold(title)]]),
    ...own.map(({word, label, before = missing, after = missing}) => [
      mark(word, paint),
      cutMiddle(label, labelColumns),
      cut(before, cell),
      cut(after, cell),
    ]),
  ])
  return alignRows(lines, width)
}

export function toRow<Value>(
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

export function differs(before: string, after: string): string {
  return before === after ? 'same' : 'differs'
}

export function delta(before: number, after: number): string {
  const change = after - before
  return change === 0 ? 'same' : `${change > 0 ? '+' : ''}${shortNumber(change)}`
}

function mark(word: string, paint: Paint): string {
  if (word === '') return ''
  return word === 'same' ? paint.dim('= same') : paint.yellow(`~ ${word}`)
}

/** Painted texts are short and stay as they are. */
function cut(text: string, width: number): string {
  return text.includes('\u001B') ? text : cutMiddle(text, width)
}
