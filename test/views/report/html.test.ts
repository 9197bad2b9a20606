// What is put into a page is text; ticks and ranges along its axes are round.

import {describe, expect, it} from 'vitest'
import {asText, html} from '../../../src/views/report/html.ts'
import {niceRange, niceTicks} from '../../../src/views/report/ticks.ts'

describe('the template', () => {
  it.each([
    ['<img src=x onerror="y">', '&lt;img src=x onerror=&quot;y&quot;&gt;'],
    ['a & b', 'a &amp; b'],
    ['\u001B[31mred\u001B[0m', 'red'],
    ['a\u202Eb\u0000', 'ab'],
  ])('makes %j harmless', (text, safe) => {
    expect(html`<p title="${text}">${text}</p>`.markup).toBe(`<p title="${safe}">${safe}</p>`)
  })

  it('takes its own markup as it is, lists one after the other, and nothing for nothing', () => {
    const items = ['a', '<'].map((text) => html`<li>${text}</li>`)
    expect(html`<ul>${items}${undefined}${false}${0}</ul>`.markup).toBe('<ul><li>a</li><li>&lt;</li>0</ul>')
  })

  it('leaves the quotes of a long text alone', () => {
    expect(asText('{"a": "</pre>&"}').markup).toBe('{"a": "&lt;/pre>&amp;"}')
  })
})

describe('an axis of time', () => {
  it.each([
    [0.16, ['0', '50 ms', '100 ms', '150 ms']],
    [3.9, ['0', '1 s', '2 s', '3 s']],
    [122, ['0', '30 s', '1 min', '1 min 30 s']],
    [7200, ['0', '30 min', '1 h', '1 h 30 min']],
    [40 * 86_400, ['0', '8 d 0 h', '16 d 0 h', '24 d 0 h', '32 d 0 h']],
  ])('of %d s has round ticks', (total, labels) => {
    expect(niceTicks(total).map(({label}) => label)).toEqual(labels)
  })
})

describe('the range of a metric', () => {
  it.each([
    [[0.063, 0.06, 0.07], 0.06, 0.07],
    [[0.9868, 0.9868], 0.9868, 0.9868],
    [[0], 0, 0],
    [[-5, 5], -5, 5],
    [[1e9, 1e9 + 1], 1e9, 1e9 + 1],
  ])('of %j lies around all of it', (values, least, most) => {
    const {low, high} = niceRange(values)
    expect(low).toBeLessThan(least)
    expect(high).toBeGreaterThan(most)
  })
})
