// Some of a graph's nodes picked out, as a selective execution does: what lies between them, before them, after them.

import {type Graph, invert, reach} from './graph.ts'

/** Nodes that lie on a path between two picked ones and are not picked themselves, in the graph's order. */
export function gapsBetween(graph: Graph, picked: ReadonlySet<string>): string[] {
  const before = reachFromAll(graph.upstream, picked)
  const after = reachFromAll(invert(graph), picked)
  return graph.nodes.filter((node) => before.has(node) && after.has(node) && !picked.has(node))
}

/** The node and all that needs it, in the graph's order. */
export function withDownstream(graph: Graph, node: string): string[] {
  const after = reachFromAll(invert(graph), new Set([node]))
  return graph.nodes.filter((one) => one === node || after.has(one))
}

/** Nodes outside the picked ones that these need, directly or not, in the graph's order. */
export function neededOutside(graph: Graph, picked: ReadonlySet<string>): string[] {
  const before = reachFromAll(graph.upstream, picked)
  return graph.nodes.filter((node) => before.has(node) && !picked.has(node))
}

export type Border = {
  /** Picked nodes that directly need one that is not picked. */
  readonly dependents: readonly string[]
  /** What they need. */
  readonly needs: readonly string[]
}

/** Where the picked nodes lean on others. */
export function borderOf(graph: Graph, picked: ReadonlySet<string>): Border {
  const outside = (node: string) => (graph.upstream.get(node) ?? []).filter((need) => !picked.has(need))
  const dependents = graph.nodes.filter((node) => picked.has(node) && outside(node).length > 0)
  const needs = new Set(dependents.flatMap(outside))
  return {dependents, needs: graph.nodes.filter((node) => needs.has(node))}
}

function reachFromAll(edges: ReadonlyMap<string, readonly string[]>, starts: ReadonlySet<string>): Set<string> {
  return reach(
    edges,
    [...starts].flatMap((start) => edges.get(start) ?? []),
  )
}
