// A picture that may turn runs down wherever that fits, and otherwise the way in which it is narrower.

import {describe, expect, it} from 'vitest'
import type {Picture} from '../../src/picture/picture.ts'
import {drawToFit} from '../../src/picture/svg/draw-to-fit.ts'
import {drawSvg} from '../../src/picture/svg/svg.ts'
import {fc, runs} from '../support/properties.ts'
import {anyPicture} from './made-pictures.ts'

/** Chains beside each other, from one box. */
function chains(amount: number, length: number): Picture {
  const name = (chain: number, at: number) => (at === 0 ? 'start' : `chain ${chain} at ${at}`)
  const all = Array.from({length: amount}, (_, chain) => Array.from({length}, (_, at) => ({chain, at: at + 1}))).flat()
  const ids = ['start', ...all.map(({chain, at}) => name(chain, at))]
  return {
    title: 'chains',
    description: 'chains beside each other',
    nodes: ids.map((id) => ({id, label: id, kind: 'step', caption: 'Processing', notes: []})),
    edges: all.map(({chain, at}) => ({from: name(chain, at - 1), to: name(chain, at), kind: 'data'})),
  }
}

const options = {heading: false} as const
const both = (picture: Picture) => ({
  down: drawSvg(picture, {...options, direction: 'down'}),
  right: drawSvg(picture, {...options, direction: 'right'}),
})

describe('a picture that is drawn to fit', () => {
  it.each([
    [20, 1, 'right'],
    [12, 4, 'right'],
    [1, 12, 'down'],
    [4, 30, 'down'],
  ] as const)('of %i chains of %i boxes runs %s where there is little room', (amount, length, direction) => {
    const picture = chains(amount, length)
    const drawn = both(picture)
    expect(drawToFit(picture, options, 500)).toEqual(drawn[direction])
    expect(drawn[direction].width).toBe(Math.min(drawn.down.width, drawn.right.width))
  })

  it('runs down as soon as there is room for that, to the pixel', () => {
    const picture = chains(6, 1)
    const {down, right} = both(picture)
    expect(right.width).toBeLessThan(down.width)
    expect(drawToFit(picture, options, down.width)).toEqual(down)
    expect(drawToFit(picture, options, down.width - 1)).toEqual(right)
  })

  it('is never wider than it had to be', () => {
    fc.assert(
      fc.property(anyPicture(), fc.integer({min: 200, max: 1500}), (picture, room) => {
        const {down, right} = both(picture)
        const {width} = drawToFit(picture, options, room)
        expect(width).toBe(down.width <= room ? down.width : Math.min(down.width, right.width))
      }),
      {numRuns: runs(60)},
    )
  })

  it('is down also when it holds nothing at all', () => {
    const empty = {...chains(1, 1), nodes: [], edges: []}
    expect(drawToFit(empty, options, 0)).toEqual(both(empty).down)
  })
})

it('a drawing tells the size that its SVG has', () => {
  const {svg, width, height} = drawSvg(chains(3, 2))
  expect(svg).toContain(` width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`)
})
