// CSV as RFC 4180 has it, read in pieces: quoted cells, doubled quotes, line ends of either kind. Blank lines are no rows.

export type CsvReader = {push(text: string): void; end(): void}

/** Calls `onRow` with the cells of every row. Throws at the end when a quoted cell was never closed. */
export function csvReader(onRow: (cells: string[]) => void): CsvReader {
  let rest = ''
  /** The lines of a row that has a line break in a quoted cell, up to now. */
  let open: string[] = []

  const takeLine = (line: string) => {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    const isOpen = countQuotes(text) % 2 === 1 ? open.length === 0 : open.length > 0
    if (isOpen || open.length > 0) open.push(text)
    if (isOpen) return
    const row = open.length > 0 ? open.join('\n') : text
    open = []
    if (row !== '') onRow(splitRow(row))
  }

  return {
    push(text) {
      const all = rest + text
      let from = 0
      for (let end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', from)) {
        takeLine(all.slice(from, end))
        from = end + 1
      }
      rest = all.slice(from)
    },
    end() {
      if (rest !== '') takeLine(rest)
      rest = ''
      if (open.length > 0) throw new Error('a quoted cell is not closed')
    },
  }
}

function countQuotes(text: string): number {
  let count = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count += 1
  return count
}

function splitRow(row: string): string[] {
  return row.includes('"') ? splitQuoted(row) : row.split(',')
}

function splitQuoted(row: string): string[] {
  const cells: string[] = []
  let at = 0
  for (;;) {
    const {cell, next} = row[at] === '"' ? quotedCell(row, at) : plainCell(row, at)
    cells.push(cell)
    if (next >= row.length) return cells
    at = next + 1
  }
}

function plainCell(row: string, at: number): {cell: string; next: number} {
  const comma = row.indexOf(',', at)
  const next = comma < 0 ? row.length : comma
  return {cell: row.slice(at, next), next}
}

/** What stands between the closing quote and the comma belongs to the cell, as most readers have it. */
function quotedCell(row: string, at: number): {cell: string; next: number} {
  let cell = ''
  let from = at + 1
  for (;;) {
    const quote = row.indexOf('"', from)
    if (quote < 0) return {cell: cell + row.slice(from), next: row.length}
    cell += row.slice(from, quote)
    if (row[quote + 1] !== '"') {
      const tail = plainCell(row, quote + 1)
      return {cell: cell + tail.cell, next: tail.next}
    }
    cell += '"'
    from = quote + 2
  }
}
