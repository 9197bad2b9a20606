// Diagnostics as text with code frames, and as JSON with line and column.

import type {Diagnostic, Severity, Source} from './diagnostic.ts'

export type Position = {readonly line: number; readonly column: number}

export type DiagnosticJson = {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly file: string
  /** Line and column count from 1, columns in UTF-16 units. */
  readonly start: Position
  readonly end: Position
  readonly help?: string
  readonly related?: readonly {readonly message: string; readonly start: Position}[]
}

/** Turns offsets into line and column by binary search over the line starts. */
export function positionFinder(text: string): (offset: number) => Position {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return {line: low + 1, column: offset - (starts[low] ?? 0) + 1}
  }
}

export function diagnosticsToJson(diagnostics: readonly Diagnostic[], source: Source): DiagnosticJson[] {
  const position = positionFinder(source.text)
  return diagnostics.map(({code, severity, message, range, help, related}) => ({
    code,
    severity,
    message,
    file: source.path,
    start: position(range.start),
    end: position(range.end),
    ...(help === undefined ? {} : {help}),
    ...(related === undefined
      ? {}
      : {related: related.map((other) => ({message: other.message, start: position(other.range.start)}))}),
  }))
}

/** One paragraph a diagnostic: place, severity and code; the message; the lines with the place marked; the help. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  source: Source,
  options: {readonly colour: boolean},
): string {
  const position = positionFinder(source.text)
  const lines = source.text.split('\n')
  const paint = painter(options.colour)
  return diagnostics
    .map((diagnostic) => {
      const {line, column} = position(diagnostic.range.start)
      const label = diagnostic.severity === 'error' ? paint.red('error') : paint.yellow('warning')
      const head = `${source.path}:${line}:${column} ${label} ${paint.bold(diagnostic.code)}`
      const related = (diagnostic.related ?? []).map(
        (other) => `  ${source.path}:${position(other.range.start).line}: ${other.message}`,
      )
      const frame = codeFrame(lines, position(diagnostic.range.start), position(diagnostic.range.end), diagnostic.help)
      return [head, `  ${diagnostic.message}`, ...frame, ...related].join('\n')
    })
    .join('\n\n')
}

/** Columns shown of a long line, around the marked place. */
const frameWidth = 120

function codeFrame(lines: readonly string[], start: Position, end: Position, help: string | undefined): string[] {
  const text = lines[start.line - 1] ?? ''
  if (text.trim() === '') return help === undefined ? [] : [`  ${help}`]

  const numberWidth = String(start.line).length
  const before = lines[start.line - 2]?.replace(/\r$/, '')
  const offset = text.length <= frameWidth ? 0 : Math.max(0, start.column - 1 - Math.floor(frameWidth / 2))
  const shown = (line: string) => cut(line.replace(/\r$/, '').replaceAll('\t', ' '), offset)
  const lastColumn = end.line === start.line ? end.column : text.replace(/\r$/, '').length + 1
  const length = Math.max(1, Math.min(lastColumn - start.column, frameWidth))
  const marker = `${' '.repeat(start.column - 1 - offset + (offset > 0 ? 1 : 0))}${'^'.repeat(length)}`

  const frame: string[] = []
  if (before !== undefined && before.trim() !== '') {
    frame.push(`   ${String(start.line - 1).padStart(numberWidth)} | ${shown(before)}`.trimEnd())
  }
  frame.push(`   ${start.line} | ${shown(text)}`.trimEnd())
  frame.push(`   ${' '.repeat(numberWidth)} | ${marker}${help === undefined ? '' : ` ${help}`}`)
  return frame
}

/** The part of a long line from `offset` on, with … where something is left out. */
function cut(line: string, offset: number): string {
  const end = offset + frameWidth
  return `${offset > 0 ? '…' : ''}${line.slice(offset, end)}${line.length > end ? '…' : ''}`
}

function painter(colour: boolean) {
  const wrap = (code: number) => (text: string) => (colour ? `\u001B[${code}m${text}\u001B[0m` : text)
  return {red: wrap(31), yellow: wrap(33), bold: wrap(1)}
}
