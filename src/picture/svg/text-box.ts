// The lines of a box with their places, and the size of the box that holds them.

import type {Extent} from '../layout/layout.ts'
import type {PictureNode} from '../picture.ts'
import {plainText} from '../plain-text.ts'
import {breakText, shortenMiddle, textWidth, type Weight} from '../text-width.ts'
import {insetOf} from './shapes.ts'

export type TextRole = 'label' | 'caption' | 'status' | 'note'
export type TextLine = {readonly role: TextRole; readonly text: string; readonly width: number; readonly y: number}
export type TextBox = Extent & {readonly lines: readonly TextLine[]}

type Font = {readonly size: number; readonly weight: Weight; readonly height: number}

export const fonts: Readonly<Record<TextRole, Font>> = {
  label: {size: 13, weight: 'bold', height: 18},
  caption: {size: 11, weight: 'regular', height: 15},
  status: {size: 11, weight: 'bold', height: 16},
  note: {size: 10.5, weight: 'regular', height: 14},
}

export const padding = {x: 14, y: 8}
const widestText = 230
const narrowestText = 70
/** Lines of one note, and notes shown; the rest stands in the tooltip. */
const linesPerNote = 2
const shownNotes = 4

export function textBox(node: PictureNode): TextBox {
  const {label, caption = '', status, notes} = node
  const shown = notes.slice(0, shownNotes)
  const more = notes.length - shown.length
  const texts: [TextRole, string][] = [
    ['label', shorten(label, 'label')],
    ['caption', shorten(caption, 'caption')],
    ['status', shorten(status?.word ?? '', 'status')],
    ...shown.flatMap((note) =>
      breakText(plainText(note), widestText, fonts.note.size, linesPerNote).map((line): [TextRole, string] => [
        'note',
        line,
      ]),
    ),
    ...(more > 0 ? [['note', `and ${more} more`] satisfies [TextRole, string]] : []),
  ]
  const inset = insetOf(node.kind)
  let y = padding.y + inset.y
  const lines = texts.flatMap(([role, text]): TextLine[] => {
    if (text === '') return []
    const {size, weight, height} = fonts[role]
    y += height
    // Letters reach about a quarter of their size below the line they stand on.
    return [{role, text, width: textWidth(text, size, weight), y: y - height / 2 + size * 0.36}]
  })
  const widest = lines.reduce((most, {width}) => Math.max(most, width), narrowestText)
  return {
    width: Math.ceil((widest + 2 * (padding.x + inset.x)) / 2) * 2,
    height: Math.ceil((y + padding.y + (node.kind === 'data' ? inset.y : 0)) / 2) * 2,
    lines,
  }
}

function shorten(text: string, role: TextRole): string {
  const {size, weight} = fonts[role]
  return shortenMiddle(plainText(text), widestText, size, weight)
}
