// The breaks of the timeline's axis: hatched through all rows, with their lengths below.

import {duration} from '../time.ts'
import {type AxisLabel, axisLabels} from './axis-labels.ts'
import {type Html, html} from './html.ts'
import {type AxisBreak, percent, type TimeScale} from './time-scale.ts'

export function hatched({breaks}: TimeScale): Html | undefined {
  if (breaks.length === 0) return undefined
  return html`<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6"/></pattern></defs>${breaks.map(
    ({from, to}) => html`<rect class="break" x="${percent(from)}" y="22" width="${percent(to - from)}" height="100%"/>`,
  )}`
}

/** As many as there is room for, the longest first. */
export function breakLengths({breaks}: TimeScale): Html {
  const longestFirst = [...breaks].sort((one, other) => other.seconds - one.seconds)
  return axisLabels(longestFirst.map(lengthOf), html`y="100%" dy="15"`)
}

/** Near an edge of the timeline the text goes inwards. */
const edge = 0.18

function lengthOf({from, to, seconds}: AxisBreak): AxisLabel {
  const text = duration(seconds)
  if (from < edge) return {text, x: from, anchor: 'start'}
  if (to > 1 - edge) return {text, x: to, anchor: 'end'}
  return {text, x: (from + to) / 2, anchor: 'middle'}
}
