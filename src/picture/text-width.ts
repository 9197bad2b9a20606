// How wide a text is drawn. No font comes with a picture, so that the widest of the common ones is reckoned with: DejaVu Sans, whose
// widths are near those of Verdana; Helvetica, Arial and what stands in for them are narrower.

import {graphemes} from './plain-text.ts'

export type Weight = 'regular' | 'bold'

/** Advance widths of U+0020 to U+007E in thousandths of the font size. */
const regular = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
  636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
  748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
  615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
  337, 636, 838,
]
const bold = [
  348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696,
  696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995,
  837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716,
  678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712,
  365, 712, 838,
]
const tables: Readonly<Record<Weight, readonly number[]>> = {regular, bold}

/** Of a character without a width in the tables. */
const unknownWidth = 1000
const widestWidth = 1400
/** East Asian wide blocks and emoji. */
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F000}-\u{3FFFD}]|\uFE0F/u

export function textWidth(text: string, size: number, weight: Weight = 'regular'): number {
  let sum = 0
  for (const part of graphemes(text)) sum += widthOf(part, weight)
  return (sum * size) / 1000
}

/** Whether each of its characters has a width in the tables; the width of another text is only reckoned. */
export function isMeasured(text: string): boolean {
  return /^[\x20-\x7E…]*$/.test(text)
}

function widthOf(part: string, weight: Weight): number {
  const known = part.length === 1 ? tables[weight][part.charCodeAt(0) - 32] : undefined
  if (known !== undefined) return known
  return wide.test(part) ? widestWidth : unknownWidth
}

/** The text with its middle left out, so that it is no wider than `room`: both ends of a name tell it from others. */
export function shortenMiddle(text: string, room: number, size: number, weight: Weight = 'regular'): string {
  if (textWidth(text, size, weight) <= room) return text
  const parts = graphemes(text)
  let left = (room * 1000) / size - unknownWidth
  let head = 0
  let tail = 0
  while (head + tail < parts.length) {
    const isHead = head <= tail
    const width = widthOf((isHead ? parts[head] : parts[parts.length - 1 - tail]) ?? '', weight)
    if (width > left) break
    left -= width
    if (isHead) head += 1
    else tail += 1
  }
  return `${parts.slice(0, head).join('').trimEnd()}…${parts
    .slice(parts.length - tail)
    .join('')
    .trimStart()}`
}

/** The text on lines of at most `room`, broken between words; what does not fit on `most` lines ends in `…`. */
export function breakText(text: string, room: number, size: number, most: number): string[] {
  const lines: string[] = []
  const words = text.split(' ')
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const last = lines.at(-1)
    const longer = last === undefined ? undefined : `${last} ${word}`
    if (longer !== undefined && textWidth(longer, size) <= room) lines[lines.length - 1] = longer
    else if (lines.length < most) lines.push(shortenMiddle(word, room, size))
    else return [...lines.slice(0, -1), shortenEnd(`${last} ${words.slice(at).join(' ')}`, room, size)]
  }
  return lines
}

function shortenEnd(text: string, room: number, size: number): string {
  if (textWidth(text, size) <= room) return text
  let left = (room * 1000) / size - unknownWidth
  let kept = ''
  for (const part of graphemes(text)) {
    left -= widthOf(part, 'regular')
    if (left < 0) break
    kept += part
  }
  return `${kept.trimEnd()}…`
}
