// The layer of each node: one below the lowest of those that it comes after.

import type {LayoutEdge} from './laid.ts'

export type Ranks = {
  readonly ranks: readonly number[]
  /** Edges that close a cycle run against the others. */
  readonly backward: ReadonlySet<LayoutEdge>
}

export function rankNodes(count: number, edges: readonly LayoutEdge[]): Ranks {
  const outgoing: LayoutEdge[][] = Array.from({length: count}, () => [])
  for (const edge of edges) if (edge.from !== edge.to) outgoing[edge.from]?.push(edge)
  const {order, backward} = walk(count, outgoing)
  const ranks = new Array<number>(count).fill(0)
  for (const node of order) {
    for (const edge of outgoing[node] ?? []) {
      if (!backward.has(edge)) ranks[edge.to] = Math.max(ranks[edge.to] ?? 0, (ranks[node] ?? 0) + 1)
    }
  }
  return {ranks: pullDown(ranks, edges, backward), backward}
}

/** What nothing comes before stands right above what needs it first. */
function pullDown(ranks: number[], edges: readonly LayoutEdge[], backward: ReadonlySet<LayoutEdge>): number[] {
  const forward = edges.filter((edge) => edge.from !== edge.to && !backward.has(edge))
  const hasUpstream = new Set(forward.map(({to}) => to))
  const nearest = new Map<number, number>()
  for (const {from, to} of forward)
    nearest.set(from, Math.min(nearest.get(from) ?? Number.POSITIVE_INFINITY, ranks[to] ?? 0))
  return ranks.map((rank, node) => (hasUpstream.has(node) ? rank : (nearest.get(node) ?? 1) - 1))
}

/** Nodes in an order in which each comes after what it needs, by depth-first search without recursion. */
function walk(
  count: number,
  outgoing: readonly (readonly LayoutEdge[])[],
): {order: number[]; backward: Set<LayoutEdge>} {
  const state = new Array<'new' | 'open' | 'done'>(count).fill('new')
  const backward = new Set<LayoutEdge>()
  const finished: number[] = []
  for (let start = 0; start < count; start += 1) {
    const path = state[start] === 'new' ? [{node: start, next: 0}] : []
    if (path.length > 0) state[start] = 'open'
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const edge = outgoing[frame.node]?.[frame.next]
      frame.next += 1
      if (!edge) {
        state[frame.node] = 'done'
        finished.push(frame.node)
        path.pop()
      } else if (state[edge.to] === 'open') backward.add(edge)
      else if (state[edge.to] === 'new') {
        state[edge.to] = 'open'
        path.push({node: edge.to, next: 0})
      }
    }
  }
  return {order: finished.reverse(), backward}
}
