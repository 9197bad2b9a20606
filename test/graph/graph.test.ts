// Graphs: what must hold for every graph.

import {describe, expect, it} from 'vitest'
import type {Graph} from '../../src/graph/graph.ts'
import {ancestors, descendants, findCycle, topologicalOrder} from '../../src/graph/graph.ts'
import {fc} from '../support/properties.ts'

/** Any edges at all, cycles and self-loops too. */
const anyGraph: fc.Arbitrary<Graph> = fc.integer({min: 0, max: 12}).chain((size) => {
  const nodes = Array.from({length: size}, (_, at) => `n${at}`)
  const edge = fc.tuple(fc.nat(Math.max(size - 1, 0)), fc.nat(Math.max(size - 1, 0)))
  return fc
    .tuple(fc.array(edge, {maxLength: size * 2}), fc.shuffledSubarray(nodes, {minLength: size}))
    .map(([edges, order]) => {
      const upstream = new Map<string, string[]>()
      for (const [to, from] of size === 0 ? [] : edges)
        upstream.set(`n${to}`, [...(upstream.get(`n${to}`) ?? []), `n${from}`])
      return {nodes: order, upstream}
    })
})

/** Edges lead from larger to smaller numbers only. */
const acyclicGraph: fc.Arbitrary<Graph> = anyGraph.map(({nodes, upstream}) => ({
  nodes,
  upstream: new Map(
    [...upstream].map(([node, needed]) => [node, needed.filter((one) => Number(one.slice(1)) < Number(node.slice(1)))]),
  ),
}))

const needs = (graph: Graph, node: string) => graph.upstream.get(node) ?? []

describe('the order', () => {
  it('puts every node of an acyclic graph after all that it needs, once', () => {
    fc.assert(
      fc.property(acyclicGraph, (graph) => {
        const order = topologicalOrder(graph)
        expect([...order].sort()).toEqual([...graph.nodes].sort())
        for (const node of order)
          for (const needed of needs(graph, node)) expect(order.indexOf(needed)).toBeLessThan(order.indexOf(node))
      }),
    )
  })

  it('leaves out exactly the nodes that are on a cycle or need one', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const isOnCycle = (node: string) =>
          needs(graph, node).some((needed) => needed === node || ancestors(graph, needed).has(node))
        const left = graph.nodes.filter((node) => [node, ...ancestors(graph, node)].some(isOnCycle))
        expect(graph.nodes.filter((node) => !topologicalOrder(graph).includes(node))).toEqual(left)
      }),
    )
  })

  it('keeps the order of the file among nodes that are free to go', () => {
    expect(topologicalOrder({nodes: ['c', 'a', 'b'], upstream: new Map()})).toEqual(['c', 'a', 'b'])
    expect(topologicalOrder({nodes: ['c', 'a', 'b'], upstream: new Map([['c', ['b']]])})).toEqual(['a', 'b', 'c'])
  })

  it('takes a chain of 100,000 nodes', () => {
    const nodes = Array.from({length: 100_000}, (_, at) => `n${at}`)
    const upstream = new Map(nodes.slice(1).map((node, at) => [node, [`n${at}`]]))
    expect(topologicalOrder({nodes, upstream}).at(-1)).toBe('n99999')
    expect(findCycle({nodes, upstream})).toBeUndefined()
    expect(ancestors({nodes, upstream}, 'n99999').size).toBe(99_999)
  })
})

describe('a cycle', () => {
  it('is found exactly when the order is not complete, and is one', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const cycle = findCycle(graph)
        expect(cycle === undefined).toBe(topologicalOrder(graph).length === graph.nodes.length)
        for (const [at, node] of (cycle ?? []).entries())
          expect(needs(graph, node)).toContain(cycle?.[(at + 1) % cycle.length])
        expect(new Set(cycle ?? []).size).toBe(cycle?.length ?? 0)
      }),
    )
  })

  it('begins at its smallest name', () => {
    const upstream = new Map([
      ['c', ['b']],
      ['b', ['a']],
      ['a', ['c']],
    ])
    expect(findCycle({nodes: ['c', 'b', 'a'], upstream})).toEqual(['a', 'c', 'b'])
  })
})

describe('reach', () => {
  it('upwards mirrors reach downwards, and is transitive', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        for (const node of graph.nodes) {
          for (const above of ancestors(graph, node)) {
            expect(descendants(graph, above)).toContain(node)
            for (const further of needs(graph, above))
              if (further !== node) expect(ancestors(graph, node)).toContain(further)
          }
          expect(ancestors(graph, node)).not.toContain(node)
        }
      }),
    )
  })
})
