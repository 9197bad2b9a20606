// A plain table for the terminal: first column to the left, numbers to the right.

export function printTable(title: string, header: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  process.stdout.write(`\n${title}\n${all.map((row) => `  ${line(row).trimEnd()}\n`).join('')}`)
}

export function milliseconds(value: number | undefined): string {
  return value === undefined ? '-' : `${Math.round(value)} ms`
}
