// Directed graphs over named nodes: order, cycles, reach. Knows nothing of SageMaker.

/** `upstream.get(n)` lists the nodes that `n` needs first. `nodes` keeps the file's order, which breaks ties. */
export type Graph = {
  readonly nodes: readonly string[]
  readonly upstream: ReadonlyMap<string, readonly string[]>
}

/** Nodes so that every node comes after all it needs; among equals, the order of `nodes`. Nodes of a cycle are left out. */
export function topologicalOrder(graph: Graph): string[] {
  const position = new Map(graph.nodes.map((node, index) => [node, index]))
  const waiting = new Map(graph.nodes.map((node) => [node, new Set(graph.upstream.get(node) ?? []).size]))
  const downstream = invert(graph)
  const ready = new MinHeap()
  for (const node of graph.nodes) if (waiting.get(node) === 0) ready.push(position.get(node) ?? 0)

  const order: string[] = []
  for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
    const node = graph.nodes[index] ?? ''
    order.push(node)
    for (const next of downstream.get(node) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1
      waiting.set(next, left)
      if (left === 0) ready.push(position.get(next) ?? 0)
    }
  }
  return order
}

/** One cycle, starting at its smallest name, or undefined. `[a, b]` means a needs b and b needs a. */
export function findCycle(graph: Graph): string[] | undefined {
  const finished = new Set<string>()
  for (const start of graph.nodes) {
    const cycle = walkForCycle(graph, start, finished)
    if (cycle) return rotateToSmallest(cycle)
  }
  return undefined
}

/** Every node that `node` needs, directly or not; not `node` itself. */
export function ancestors(graph: Graph, node: string): Set<string> {
  return reachOf(graph.upstream, node)
}

/** Every node that needs `node`, directly or not; not `node` itself. */
export function descendants(graph: Graph, node: string): Set<string> {
  return reachOf(invert(graph), node)
}

function reachOf(edges: ReadonlyMap<string, readonly string[]>, start: string): Set<string> {
  const seen = reach(edges, edges.get(start) ?? [])
  seen.delete(start)
  return seen
}

/** The given nodes and all that lies behind them along the edges. */
export function reach(edges: ReadonlyMap<string, readonly string[]>, starts: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const open = [...starts]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    open.push(...(edges.get(node) ?? []))
  }
  return seen
}

/** The same edges read backwards: from each node to those that need it. */
export function invert(graph: Graph): Map<string, string[]> {
  const downstream = new Map<string, string[]>()
  for (const node of graph.nodes) {
    for (const needed of new Set(graph.upstream.get(node) ?? [])) {
      const list = downstream.get(needed)
      if (list) list.push(node)
      else downstream.set(needed, [node])
    }
  }
  return downstream
}

/** Depth-first without recursion, so that a chain of 100,000 nodes does not exhaust the stack. */
function walkForCycle(graph: Graph, start: string, finished: Set<string>): string[] | undefined {
  const path: {node: string; next: number}[] = []
  const onPath = new Set<string>()
  const enter = (node: string) => {
    path.push({node, next: 0})
    onPath.add(node)
  }
  if (!finished.has(start)) enter(start)

  for (let frame = path.at(-1); frame; frame = path.at(-1)) {
    const needed = graph.upstream.get(frame.node)?.[frame.next]
    frame.next += 1
    if (needed === undefined) {
      finished.add(frame.node)
      onPath.delete(frame.node)
      path.pop()
    } else if (onPath.has(needed)) {
      const names = path.map(({node}) => node)
      return names.slice(names.indexOf(needed))
    } else if (!finished.has(needed)) enter(needed)
  }
  return undefined
}

function rotateToSmallest(cycle: string[]): string[] {
  const smallest = cycle.reduce((least, name, index) => (name < (cycle[least] ?? '') ? index : least), 0)
  return [...cycle.slice(smallest), ...cycle.slice(0, smallest)]
}

/** Smallest number first. */
class MinHeap {
  private readonly items: number[] = []

  push(value: number): void {
    const items = this.items
    let at = items.push(value) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((items[parent] ?? 0) <= value) break
      items[at] = items[parent] ?? 0
      at = parent
    }
    items[at] = value
  }

  pop(): number | undefined {
    const items = this.items
    const top = items[0]
    const last = items.pop()
    if (top === undefined || last === undefined || items.length === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= items.length) break
      if ((items[child + 1] ?? Number.POSITIVE_INFINITY) < (items[child] ?? 0)) child += 1
      if ((items[child] ?? 0) >= last) break
      items[at] = items[child] ?? 0
      at = child
    }
    items[at] = last
    return top
  }
}
