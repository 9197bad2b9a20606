// Which steps of a graph may be selected together, and what they lean on. The rule "all steps in all paths between two
// selected steps" is that of the API reference, SelectiveExecutionConfig.
import {expect, it} from 'vitest'
import type {Graph} from '../../src/graph/graph.ts'
import {borderOf, gapsBetween, neededOutside, withDownstream} from '../../src/graph/selection.ts'

/** `['c<a,b']`: c needs a and b. In the order given. */
function graphOf(...edges: readonly string[]): Graph {
  const parsed = edges.map((edge) => edge.split('<'))
  const nodes = parsed.map(([node = '']) => node)
  const upstream = new Map(parsed.map(([node = '', needs]) => [node, needs?.split(',') ?? []]))
  return {nodes, upstream}
}

const chain = graphOf('a', 'b<a', 'c<b', 'd<c')
const diamond = graphOf('top', 'left<top', 'right<top', 'bottom<left,right', 'after<bottom')
const islands = graphOf('a', 'b<a', 'x', 'y<x')
const shortcut = graphOf('a', 'b<a', 'c<a,b')
// The Developer Guide's own example: AbaloneTrain and AbaloneMSECond alone are refused.
const abalone = graphOf('Process', 'Train<Process', 'Eval<Process,Train', 'MSECond<Eval', 'Register<MSECond,Train')

it.each([
  ['one step has no gaps', chain, ['b'], []],
  ['neighbours have none', chain, ['b', 'c'], []],
  ['a step between two is one', chain, ['a', 'c'], ['b']],
  ['all steps between two are', chain, ['a', 'd'], ['b', 'c']],
  ['each of two paths counts', diamond, ['top', 'bottom'], ['left', 'right']],
  ['a second path counts when the first is there', diamond, ['top', 'left', 'bottom'], ['right']],
  ['siblings have none', diamond, ['left', 'right'], []],
  ['a direct edge does not stand in for the longer path', shortcut, ['a', 'c'], ['b']],
  ['steps without any path between them have none', islands, ['a', 'y'], []],
  ['the guide: Train and Eval', abalone, ['Train', 'Eval'], []],
  ['the guide: Train and MSECond', abalone, ['Train', 'MSECond'], ['Eval']],
])('gaps: %s', (_name, graph, picked, gaps) => {
  expect(gapsBetween(graph, new Set(picked))).toEqual(gaps)
})

it.each([
  ['the last step alone', chain, 'd', ['d']],
  ['everything behind it', chain, 'b', ['b', 'c', 'd']],
  ['not what lies beside it', diamond, 'left', ['left', 'bottom', 'after']],
  ['not an island', islands, 'x', ['x', 'y']],
])('downstream: %s', (_name, graph, node, nodes) => {
  expect(withDownstream(graph, node)).toEqual(nodes)
  expect(gapsBetween(graph, new Set(nodes))).toEqual([])
})

it.each([
  ['nothing before the first step', chain, ['a'], [], [], []],
  ['the step before, and those before it', chain, ['c', 'd'], ['a', 'b'], ['c'], ['b']],
  ['only what is not picked', diamond, ['left', 'bottom'], ['top', 'right'], ['left', 'bottom'], ['top', 'right']],
  ['nothing of another island', islands, ['y'], ['x'], ['y'], ['x']],
])('leaning: %s', (_name, graph, picked, outside, dependents, needs) => {
  expect(neededOutside(graph, new Set(picked))).toEqual(outside)
  expect(borderOf(graph, new Set(picked))).toEqual({dependents, needs})
})
