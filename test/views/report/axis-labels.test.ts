// Which texts stand along the timeline's axis, by the width that it has.

import {describe, expect, it} from 'vitest'
import {type AxisLabel, shownFrom} from '../../../src/views/report/axis-labels.ts'
import {niceTicks} from '../../../src/views/report/ticks.ts'
import {fc} from '../../support/properties.ts'

const label = (text: string, x: number, anchor: AxisLabel['anchor'] = 'middle'): AxisLabel => ({text, x, anchor})

/** What is seen on an axis of that many pixels. */
function seen(labels: readonly AxisLabel[], width: number): string[] {
  const shown = shownFrom(labels)
  return labels.filter((_, index) => (shown[index] ?? Number.POSITIVE_INFINITY) <= width).map(({text}) => text)
}

describe('texts along an axis', () => {
  const three = [label('3 d 0 h', 0.7), label('2 h 00 min', 0.99, 'end'), label('1 min 04 s', 0.01, 'start')]

  it.each([
    [110, ['3 d 0 h']],
    [180, ['3 d 0 h', '1 min 04 s']],
    [300, ['3 d 0 h', '1 min 04 s']],
    [700, ['3 d 0 h', '2 h 00 min', '1 min 04 s']],
  ])('are as many as have room on %i pixels, the first in the list before the others', (width, texts) => {
    expect(seen(three, width)).toEqual(texts)
  })

  it.each([45, 130, 200, 7300, 400_000])('are more than 0 alone on a small screen, where all takes %i s', (total) => {
    const ticks = niceTicks(total).map(({seconds, label: text}) =>
      label(text, seconds / total, seconds > 0 ? 'middle' : 'start'),
    )
    expect(seen(ticks, 170).length).toBeGreaterThan(1)
    expect(seen(ticks, 560)).toHaveLength(ticks.length)
  })

  it('never touch, and none is lost where there is more room', () => {
    const any = fc.record({
      text: fc.constantFrom('0', '30 s', '3 d 0 h', '1 min 04 s', '23 h 59 min'),
      x: fc.double({min: 0, max: 1, noNaN: true}),
      anchor: fc.constantFrom('start', 'middle', 'end'),
    })
    fc.assert(
      fc.property(fc.array(any, {maxLength: 8}), fc.integer({min: 110, max: 1000}), (labels, width) => {
        const shown = shownFrom(labels)
        const spans = labels
          .filter((_, index) => (shown[index] ?? Number.POSITIVE_INFINITY) <= width)
          .map(({text, x, anchor}) => {
            const long = text.length * 6.5
            const from = x * width - long * {start: 0, middle: 0.5, end: 1}[anchor]
            return {from, to: from + long}
          })
          .sort((one, other) => one.from - other.from)
        for (const [index, {from}] of spans.slice(1).entries()) expect(from).toBeGreaterThan(spans[index]?.to ?? 0)
        expect(seen(labels, width + 100)).toEqual(expect.arrayContaining(seen(labels, width)))
      }),
    )
  })
})
