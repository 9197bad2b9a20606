// Colours, symbols, and cutting text to the width of a terminal.

export type Paint = {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
}

/** Colours as ANSI codes, or none at all. */
export function painter(colour: boolean): Paint {
  const wrap = (open: number, close: number) => (text: string) =>
    colour && text !== '' ? `\u001B[${open}m${text}\u001B[${close}m` : text
  return {
    bold: wrap(1, 22),
    dim: wrap(2, 22),
    red: wrap(31, 39),
    green: wrap(32, 39),
    yellow: wrap(33, 39),
    cyan: wrap(36, 39),
  }
}

const ansiCodes = /\u001B\[[0-9;]*m/g

export function stripColour(text: string): string {
  return text.replace(ansiCodes, '')
}

/** Made on first use: it loads ICU's tables, which most runs never need. */
let segmenter: Intl.Segmenter | undefined

function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'})
  return segmenter.segment(text)
}

/** East Asian wide and full-width blocks, and emoji (Unicode Standard Annex 11; rounded to whole blocks). */
const wide =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]|\uFE0F/u
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u
const plainAscii = /^[\x20-\x7E]*$/

/** Terminal columns that a text takes; colours take none. */
export function displayWidth(text: string): number {
  const bare = stripColour(text)
  if (plainAscii.test(bare)) return bare.length
  let width = 0
  for (const {segment} of graphemes(bare)) width += columnsOf(segment)
  return width
}

/** The text cut to `width` columns, ending in `…` when something is lost. Colours stay closed. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  if (width <= 0) return ''
  let cut = ''
  let left = width - 1
  let isColoured = false
  for (const part of text.split(/(\u001B\[[0-9;]*m)/)) {
    if (part.startsWith('\u001B[')) {
      cut += part
      isColoured = true
      continue
    }
    for (const {segment} of graphemes(part)) {
      left -= columnsOf(segment)
      if (left < 0) return `${cut}…${isColoured ? '\u001B[0m' : ''}`
      cut += segment
    }
  }
  return cut
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

function columnsOf(segment: string): number {
  if (invisible.test(segment)) return 0
  return wide.test(segment) ? 2 : 1
}
