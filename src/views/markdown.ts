// Text that stands in a Markdown document as it is: nothing in it is taken for markup, a mention or the end of a cell.

import {oneLine, printable} from './printable.ts'

/** Prose, on one line. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]#|~!]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;')
}

/** A code span that may stand in a table, fenced by more backticks than it holds; empty for no text. */
export function codeSpan(text: string): string {
  const bare = printable(text).replace(/\s+/g, ' ')
  if (bare === '') return ''
  const longest = Math.max(0, ...[...bare.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const space = bare.startsWith('`') || bare.endsWith('`') ? ' ' : ''
  // GitHub Flavored Markdown, "Tables": a pipe in a cell is escaped, in code spans too.
  return `${fence}${space}${bare.replaceAll('|', '\\|')}${space}${fence}`
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)]
}

/** Folded away under a line that says what is there. */
export function details(summary: string, lines: readonly string[]): string[] {
  const bare = oneLine(summary).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return ['<details>', `<summary>${bare}</summary>`, '', ...lines, '', '</details>']
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
