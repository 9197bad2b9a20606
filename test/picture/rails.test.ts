// The rows for a terminal: that every edge can be read from them, whatever the graph.
import {describe, expect, it} from 'vitest'
import type {Picture} from '../../src/picture/picture.ts'
import {railRows} from '../../src/picture/rails/rails.ts'
import {fc, runs} from '../support/properties.ts'
import {anyPicture} from './made-pictures.ts'
import {readRails} from './read-rails.ts'

/** `a b c` are nodes, `a>b` edges. */
function pictureOf(nodes: string, edges: string): Picture {
  return {
    title: '',
    description: '',
    nodes: nodes.split(' ').map((id) => ({id, label: id, kind: 'step', notes: []})),
    edges: edges
      .split(' ')
      .filter((edge) => edge !== '')
      .map((edge) => ({from: edge.split('>')[0] ?? '', to: edge.split('>')[1] ?? '', kind: 'data'})),
  }
}

function edgesOf({edges}: Picture): string[] {
  return edges.map(({from, to}) => `${from} -> ${to}`).sort()
}

/** The rows as they are drawn, with the name of each node. */
function drawn(picture: Picture): string[] {
  return railRows(picture).map(({rails, node}) => (node ? `${rails.padEnd(8)}${node.id}` : rails))
}

describe('rows with rails', () => {
  it('has a row for each node, after all that it comes after', () => {
    fc.assert(
      fc.property(anyPicture(30), (picture) => {
        const order = railRows(picture).flatMap(({node}) => (node ? [node.id] : []))
        expect(order.toSorted()).toEqual(picture.nodes.map(({id}) => id).sort())
        const rowOf = new Map(order.map((id, row) => [id, row]))
        for (const {from, to} of picture.edges) expect(rowOf.get(from)).toBeLessThan(rowOf.get(to) ?? -1)
      }),
    )
  })

  it('draws every edge so that it can be followed, and nothing that is none', () => {
    fc.assert(
      fc.property(anyPicture(30), (picture) => {
        expect(readRails(railRows(picture))).toEqual(edgesOf(picture))
      }),
      {numRuns: runs(400)},
    )
  })

  it('also where there are more edges than rails side by side', () => {
    const many = Array.from({length: 60}, (_, index) => `s${index}`)
    const fan = many.flatMap((id) => [`a>${id}`, `${id}>z`, `${id}>y`]).join(' ')
    const picture = pictureOf(`a ${many.join(' ')} y z`, fan)
    const rows = railRows(picture)
    expect(readRails(rows)).toEqual(edgesOf(picture))
    expect(Math.max(...rows.map(({rails}) => rails.length))).toBeLessThan(60)
  })

  it('draws a line across behind the rails that it has nothing to do with', () => {
    expect(drawn(pictureOf('a b c d', 'a>b a>c b>d c>d a>d'))).toEqual([
      '●─┬─╮   a',
      '● │ │   b',
      '│ ● │   c',
      '●─┴─╯   d',
    ])
  })

  it('does not put a node right below one that it does not come after', () => {
    expect(drawn(pictureOf('a b', ''))).toEqual(['●       a', '', '●       b'])
  })

  it('leaves out the edge that closes a cycle, and draws the rest', () => {
    const rows = railRows(pictureOf('a b c', 'a>b b>c c>a'))
    expect(readRails(rows)).toEqual(['a -> b', 'b -> c'])
  })
})
