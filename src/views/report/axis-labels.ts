// Texts along the timeline's axis, as many as have room beside each other: the wider the axis is on the reader's screen, the more.

import {type Html, html} from './html.ts'
import {percent} from './time-scale.ts'

export type AxisLabel = {
  readonly text: string
  /** Of the width of the axis. */
  readonly x: number
  readonly anchor: 'start' | 'middle' | 'end'
}

/** In pixels, from that of a small phone to that of a whole screen. */
const narrowest = 110
const widerAxes = [140, 180, 240, 320, 420, 560] as const

/** Of the font of the axis, with room between two texts; generous, since a reader's system chooses the font. */
const characterWidth = 6.8
const gap = 8

type Span = {readonly from: number; readonly to: number}

/** One gives way to those before it in the list. What a narrow axis shows a wide one shows too. */
export function axisLabels(labels: readonly AxisLabel[], y: Html): Html {
  const shown = shownFrom(labels)
  return html`${labels.map(({text, x, anchor}, index) => {
    const from = shown[index]
    if (from === undefined) return undefined
    const look = from > narrowest && html` class="from-${from}"`
    return html`<text${look} x="${percent(x)}" ${y}${anchor !== 'start' && html` text-anchor="${anchor}"`}>${text}</text>`
  })}`
}

/** For each the narrowest axis on which it has room beside those that are shown there already. */
export function shownFrom(labels: readonly AxisLabel[]): (number | undefined)[] {
  const shown = new Map<AxisLabel, number>()
  for (const axis of [narrowest, ...widerAxes]) {
    for (const label of labels) {
      if (shown.has(label)) continue
      const own = spanOf(label, axis)
      if ([...shown.keys()].every((other) => areApart(own, spanOf(other, axis)))) shown.set(label, axis)
    }
  }
  return labels.map((label) => shown.get(label))
}

/** In pixels, with the room that it needs beside it. */
function spanOf({text, x, anchor}: AxisLabel, axis: number): Span {
  const width = text.length * characterWidth + gap
  const from = x * axis - width * before[anchor]
  return {from, to: from + width}
}

/** How much of a text stands before its place. */
const before: Readonly<Record<AxisLabel['anchor'], number>> = {start: 0, middle: 0.5, end: 1}

function areApart(one: Span, other: Span): boolean {
  return one.to <= other.from || other.to <= one.from
}

/** What hides the texts that only a wider axis has room for. */
export const axisLabelStyles = widerAxes
  .map(
    (width) =>
      `.axis .from-${width} { display: none }\n@container axis (min-width: ${width}px) { .axis .from-${width} { display: inline } }`,
  )
  .join('\n')
