// The direction that is chosen for a page is the one in which the picture, once it is laid out, is the narrower.

import {describe, expect, it} from 'vitest'
import type {Picture} from '../../src/picture/picture.ts'
import {narrowerDirection} from '../../src/picture/svg/narrower-direction.ts'
import {renderSvg} from '../../src/picture/svg/svg.ts'

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

function widthOf(picture: Picture, direction: 'down' | 'right'): number {
  return Number(/width="(\d+)"/.exec(renderSvg(picture, {direction, heading: false}))?.[1])
}

describe('the direction of a picture on a page', () => {
  it.each([
    [20, 1, 'right'],
    [12, 4, 'right'],
    [1, 12, 'down'],
    [4, 30, 'down'],
  ] as const)('of %i chains of %i boxes is %s', (amount, length, direction) => {
    const picture = chains(amount, length)
    expect(narrowerDirection(picture, 500)).toBe(direction)
    expect(widthOf(picture, direction)).toBeLessThan(widthOf(picture, direction === 'down' ? 'right' : 'down'))
  })

  it('is down wherever there is room for that, and for nothing at all', () => {
    expect(narrowerDirection(chains(20, 1), 10_000)).toBe('down')
    expect(narrowerDirection({...chains(1, 1), nodes: [], edges: []}, 0)).toBe('down')
  })
})
