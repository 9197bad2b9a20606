// Tables of aligned columns, without lines, cut to the terminal.

import {displayWidth, padEnd, truncate} from './style.ts'

const gap = '  '

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

/** `label  value` lines with one indent for all values; lines without a value are left out. */
export function fields(pairs: readonly (readonly [string, string | undefined])[], width: number): string[] {
  const shown = pairs.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [[label, value]]))
  return alignRows(shown, width)
}

function trimEnd(line: string): string {
  return line.replace(/ +$/, '')
}
