// Pieces of text on as few lines as fit: what a line of a plan is made of, at any width.

import {displayWidth, truncate} from './style.ts'

/** What belongs together. It is painted line by line, so that no colour runs over a line's end. */
export type Piece = {readonly text: string; readonly paint?: (text: string) => string}

const gap = '  '
/** However narrow the terminal, text gets these columns. */
const narrowest = 24
/** Longer lines are hard to follow, and a pipe or file would have no end. */
export const widest = 140

/**
 * Pieces two blanks apart; one that does not fit any more begins the next line, and one wider than a line is broken between
 * its words. `lead` is what stands before the first line already, `indent` the columns before every other.
 */
export function flow(pieces: readonly Piece[], width: number, indent: number, lead = ' '.repeat(indent)): string[] {
  const room = Math.max(narrowest, width - indent)
  const lines: string[] = [lead]
  let used = Math.max(0, displayWidth(lead) - indent)
  let isEmpty = true
  const append = (text: string, paint: Piece['paint']) => {
    const painted = paint ? paint(text) : text
    const wide = displayWidth(text)
    const between = isEmpty ? '' : gap
    if (used + between.length + wide > room && !(isEmpty && used === 0)) {
      lines.push(' '.repeat(indent) + painted)
      used = wide
    } else {
      lines[lines.length - 1] += between + painted
      used += between.length + wide
    }
    isEmpty = false
  }
  for (const {text, paint} of pieces) {
    if (text === '') continue
    for (const part of wrap(text, room)) append(part, paint)
  }
  return lines.map((line) => line.trimEnd())
}

/** Whether the pieces stand on one line of `room` columns. */
export function isOneLine(pieces: readonly Piece[], room: number): boolean {
  const texts = pieces.filter(({text}) => text !== '')
  return texts.reduce((sum, {text}) => sum + displayWidth(text) + gap.length, -gap.length) <= room
}

/** The text broken between its words; a word wider than the room is broken after a dot or slash, or cut in its middle. */
export function wrap(text: string, room: number): string[] {
  if (displayWidth(text) <= room) return [text]
  const lines: string[] = []
  const add = (part: string, between: string) => {
    const last = lines.at(-1)
    if (last !== undefined && displayWidth(last) + between.length + displayWidth(part) <= room) {
      lines[lines.length - 1] = last + between + part
    } else {
      lines.push(cutMiddle(part, room))
    }
  }
  for (const word of text.split(' ')) {
    const parts = displayWidth(word) <= room ? [word] : word.split(/(?<=[./])/)
    for (const [index, part] of parts.entries()) add(part, index === 0 ? ' ' : '')
  }
  return lines
}

/** At most `width` columns, both ends kept. */
export function cutMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  const characters = [...text]
  const head = Math.ceil((width - 1) / 2)
  const tail = width - 1 - head
  // Characters of two columns can still be too many.
  return truncate(`${characters.slice(0, head).join('')}…${tail > 0 ? characters.slice(-tail).join('') : ''}`, width)
}
