// One number across executions as a line: a point for each, the last of them the one of the report.

import {shortNumber} from '../time.ts'
import {type Html, html} from './html.ts'
import {niceRange} from './ticks.ts'

export type ChartPoint = {
  /** 0 at the left, 1 at the right. */
  readonly at: number
  readonly value: number
  /** Told of the point when it is pointed at. */
  readonly said: string
  readonly isMarked: boolean
}

const height = 120
const top = 8
const bottom = 112

/** Scales with its box: lengths across are shares of it, so that text and points keep their size. */
export function lineChart(title: string, points: readonly ChartPoint[]): Html {
  const {low, high} = niceRange(points.map(({value}) => value))
  const y = (value: number) => round(bottom - ((value - low) / (high - low)) * (bottom - top))
  const x = (at: number) => round(2 + at * 96)
  const line = points.map(({at, value}) => `${x(at)},${y(value)}`).join(' ')
  return html`<div class="chart"><div class="scale" aria-hidden="true"><span>${shortNumber(high)}</span><span>${shortNumber(low)}</span></div><svg height="${height}" role="img" aria-label="${title}"><line class="edge" x1="0" x2="100%" y1="${top}" y2="${top}"/><line class="edge" x1="0" x2="100%" y1="${bottom}" y2="${bottom}"/>${
    points.length > 1 &&
    html`<svg viewBox="0 0 100 ${height}" preserveAspectRatio="none"><polyline points="${line}" vector-effect="non-scaling-stroke"/></svg>`
  }${points.map(
    ({at, value, said, isMarked}) =>
      html`<circle cx="${x(at)}%" cy="${y(value)}" r="${isMarked ? 5 : 3}"${isMarked && html` class="this"`}><title>${said}</title></circle>`,
  )}</svg></div>`
}

function round(value: number): number {
  return Number(value.toFixed(2))
}
