// Tables of aligned columns, without lines, cut to the terminal; and fields, whose values go on below themselves.

import {displayWidth, padEnd, truncate} from './style.ts'

const gap = '  '
/** However narrow the terminal, a value gets these columns. */
const narrowestValue = 20

/** Rows under a head. Cells may be coloured. The last column is cut when the terminal is too narrow. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  return alignRows([head, ...rows], width).join('\n')
}

export function alignRows(rows: readonly (readonly string[])[], width: number): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({length: columns}, (_, column) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[column] ?? ''))),
  )
  return rows.map((row) => {
    const cells = row.map((cell, column) => padEnd(cell, widths[column] ?? 0))
    return truncate(trimEnd(cells.join(gap)), width)
  })
}

/** A label and its value. A list is broken between its items, a text between its words; neither inside of them. */
export type Field = readonly [label: string, value: string | readonly string[] | undefined]

/** `label  value` lines with one indent for all values; nothing is cut, and fields without a value are left out. */
export function fields(pairs: readonly Field[], width: number): string[] {
  const shown = pairs.flatMap(([label, value = '']) => (value.length === 0 ? [] : [{label, value}]))
  const indent = Math.max(0, ...shown.map(({label}) => displayWidth(label))) + gap.length
  const room = Math.max(narrowestValue, width - indent)
  return shown.flatMap(({label, value}) => {
    const lines = fill(typeof value === 'string' ? value.split(' ') : value, room)
    return lines.map((line, index) => `${padEnd(index === 0 ? label : '', indent)}${line}`)
  })
}

/** Items on as few lines as hold them. One that is wider than the room stands alone, whole, so that it can be copied. */
function fill(items: readonly string[], room: number): string[] {
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    if (last === undefined || displayWidth(last) + 1 + displayWidth(item) > room) lines.push(item)
    else lines[lines.length - 1] = `${last} ${item}`
  }
  return lines
}

function trimEnd(line: string): string {
  return line.replace(/ +$/, '')
}
