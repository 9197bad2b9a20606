// The breaks of the timeline's axis: hatched through all rows, with their lengths below.

import {duration} from '../time.ts'
import {type Html, html} from './html.ts'
import {type AxisBreak, percent, type TimeScale} from './time-scale.ts'

/** What the longest of lengths takes of the timeline, on the narrowest of wide screens and of narrow ones. */
const wideText = 0.2
const narrowText = 0.36

export function hatched({breaks}: TimeScale): Html | undefined {
  if (breaks.length === 0) return undefined
  return html`<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6"/></pattern></defs>${breaks.map(
    ({from, to}) => html`<rect class="break" x="${percent(from)}" y="22" width="${percent(to - from)}" height="100%"/>`,
  )}`
}

/** As many as there is room for; fewer on a small screen. */
export function breakLengths({breaks}: TimeScale): Html {
  const told = withRoom(breaks, wideText)
  const always = withRoom(told, narrowText)
  return html`${told.map((one) => {
    const {x, anchor} = placeOf(one)
    return html`<text class="length${!always.includes(one) && ' roomy'}" x="${percent(x)}" y="100%" dy="15" text-anchor="${anchor}">${duration(one.seconds)}</text>`
  })}`
}

function withRoom(breaks: readonly AxisBreak[], text: number): AxisBreak[] {
  const chosen: AxisBreak[] = []
  let taken = 0
  for (const one of breaks) {
    const {x, anchor} = placeOf(one)
    const left = x - text * leftOf[anchor]
    if (left < taken && chosen.length > 0) continue
    chosen.push(one)
    taken = left + text
  }
  return chosen
}

type Anchor = 'start' | 'middle' | 'end'

/** How much of a text stands before its place. */
const leftOf: Readonly<Record<Anchor, number>> = {start: 0, middle: 0.5, end: 1}

/** Near an edge of the timeline the text goes inwards. */
function placeOf({from, to}: AxisBreak): {readonly x: number; readonly anchor: Anchor} {
  if (from < narrowText / 2) return {x: from, anchor: 'start'}
  if (to > 1 - narrowText / 2) return {x: to, anchor: 'end'}
  return {x: (from + to) / 2, anchor: 'middle'}
}
