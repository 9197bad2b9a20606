// HTML as a tagged template: what is put into it is text, and made safe; only what this template made is markup.

import {printable} from '../printable.ts'

export type Html = {readonly markup: string}

type Part = Html | string | number | false | undefined | readonly Part[]

/** A part that is false or undefined is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const [first = '', ...rest] = strings
  return {markup: first + rest.map((text, index) => markupOf(parts[index]) + text).join('')}
}

/** Markup that is none of ours: a drawing, a style sheet, the page's own script. */
export function asMarkup(markup: string): Html {
  return {markup}
}

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}

/** As it stands between tags, or in an attribute in double quotes. What others wrote loses what a screen would obey. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"]/g, (character) => entities[character] ?? '')
}

/** A long text that stands between tags only: its quotes, of which JSON has many, stay as they are. */
export function asText(text: string): Html {
  return {markup: printable(text).replace(/[&<]/g, (character) => entities[character] ?? '')}
}

function markupOf(part: Part): string {
  if (part === undefined || part === false) return ''
  if (typeof part === 'string') return escapeHtml(part)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(markupOf).join('')
}
