// Layers for large graphs, in a time that grows with what is drawn: longest path, barycentres, and places as near to the neighbours' as the
// boxes beside them allow. Where an edge passes a layer stands a point. Edges that begin at one box share theirs, or those that end at one:
// they run as one line until they part, or from where they meet, so that no line of two beginnings has two ends.

import {
  edgeGap,
  type Laid,
  type LayoutEdge,
  type LayoutInput,
  layerGap,
  nodeGap,
  type Place,
  type Size,
} from './laid.ts'
import {rankNodes} from './ranks.ts'

type Item = Size & {
  readonly rank: number
  readonly isNode: boolean
  readonly above: Set<Item>
  readonly below: Set<Item>
  order: number
  place: number
}

const sweeps = 8
/** With more items the sweeps take longer than a better picture is worth. */
const manyItems = 50_000
const point: Size = {across: 0, along: 0}

export function layoutInLayers(input: LayoutInput): Laid {
  const {layers, nodes, chains} = makeItems(input)
  const count = layers.reduce((sum, layer) => sum + layer.length, 0)
  const times = count > manyItems ? sweeps / 4 : sweeps
  for (const layer of layers) numberItems(layer)
  for (let sweep = 0; sweep < times; sweep += 1) orderSweep(layers, sweep % 2 === 0)
  for (const layer of layers) placeLayer(layer, (item) => item.place)
  for (let sweep = 0; sweep < times; sweep += 1) placeSweep(layers, sweep % 2 === 0)

  const middles = stackLayers(layers)
  const placeOf = ({place, rank}: Item): Place => ({across: place, along: middles[rank] ?? 0})
  return {
    nodes: nodes.map(placeOf),
    edges: chains.map(({stops, label}) => {
      const places = stops.map(placeOf)
      return label ? {stops: places, label: placeOf(label)} : {stops: places}
    }),
  }
}

/** Where an edge passes layers, in its own direction. */
type Chain = {readonly stops: readonly Item[]; readonly label?: Item}
type AddItem = (rank: number, size: Size, isNode?: boolean) => Item

function makeItems({nodes, edges}: LayoutInput): {layers: Item[][]; nodes: Item[]; chains: Chain[]} {
  const {ranks: tight, backward} = rankNodes(nodes.length, edges)
  // A label stands on a layer of its own, between those of the nodes.
  const step = edges.some(({label}) => label) ? 2 : 1
  const ranks = tight.map((rank) => rank * step)
  const last = ranks.reduce((most, rank) => Math.max(most, rank), -1)
  const layers: Item[][] = Array.from({length: last + 1}, () => [])
  const add: AddItem = (rank, {across, along}, isNode = false) => {
    const item: Item = {across, along, rank, isNode, above: new Set(), below: new Set(), order: 0, place: 0}
    layers[rank]?.push(item)
    return item
  }
  const boxes = nodes.map((size, index) => add(ranks[index] ?? 0, size, true))
  const leaving = countBy(edges, 'from')
  const arriving = countBy(edges, 'to')
  const trunks = new Map<string, Item>()
  const trunkOf = ({from, to}: LayoutEdge, rank: number): Item => {
    const end = (leaving.get(from) ?? 0) >= (arriving.get(to) ?? 0) ? `from ${from}` : `to ${to}`
    const key = `${end} ${rank}`
    const trunk = trunks.get(key) ?? add(rank, point)
    trunks.set(key, trunk)
    return trunk
  }
  const chains = edges.map((edge): Chain => {
    if (edge.from === edge.to) return {stops: []}
    const isBackward = backward.has(edge)
    const forward = isBackward ? {...edge, from: edge.to, to: edge.from} : edge
    const chain = passLayers(forward, ranks, trunkOf, add)
    link([boxes[forward.from], ...chain.stops, boxes[forward.to]])
    return isBackward ? {...chain, stops: chain.stops.toReversed()} : chain
  })
  return {layers, nodes: boxes, chains}
}

function countBy(edges: readonly LayoutEdge[], end: 'from' | 'to'): Map<number, number> {
  const counts = new Map<number, number>()
  for (const edge of edges) counts.set(edge[end], (counts.get(edge[end]) ?? 0) + 1)
  return counts
}

function passLayers(
  edge: LayoutEdge,
  ranks: readonly number[],
  trunkOf: (edge: LayoutEdge, rank: number) => Item,
  add: AddItem,
): Chain {
  const {from, to, label} = edge
  const first = (ranks[from] ?? 0) + 1
  const between = Array.from({length: Math.max(0, (ranks[to] ?? 0) - first)}, (_, index) => first + index)
  if (!label) return {stops: between.map((rank) => trunkOf(edge, rank))}

  const stops = between.map((rank) => add(rank, rank === first ? label : point))
  const [labelled] = stops
  return labelled ? {stops, label: labelled} : {stops}
}

function link(line: readonly (Item | undefined)[]): void {
  for (const [index, item] of line.entries()) {
    const next = line[index + 1]
    if (!item || !next) continue
    item.below.add(next)
    next.above.add(item)
  }
}

function numberItems(layer: readonly Item[]): void {
  for (const [index, item] of layer.entries()) item.order = index
}

/** Each item goes to the mean of its neighbours in the layer before; one without any stays where it is. */
function orderSweep(layers: readonly Item[][], isDown: boolean): void {
  for (const layer of isDown ? layers : layers.toReversed()) {
    const keys = new Map(layer.map((item) => [item, mean(isDown ? item.above : item.below, 'order', item)]))
    layer.sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0) || a.order - b.order)
    numberItems(layer)
  }
}

function placeSweep(layers: readonly (readonly Item[])[], isDown: boolean): void {
  for (const layer of isDown ? layers : layers.toReversed()) {
    placeLayer(layer, (item) => mean(isDown ? item.above : item.below, 'place', item))
  }
}

function mean(neighbours: ReadonlySet<Item>, value: 'order' | 'place', item: Item): number {
  if (neighbours.size === 0) return item[value]
  let sum = 0
  for (const neighbour of neighbours) sum += neighbour[value]
  return sum / neighbours.size
}

/**
 * Puts each item as near to where it wants to be as their order and sizes allow, by least squares: what would overlap forms a block that
 * stands at the mean of what its members want (isotonic regression, by pooling adjacent violators).
 */
function placeLayer(layer: readonly Item[], wantedOf: (item: Item) => number): void {
  const blocks: {start: number; sum: number; count: number}[] = []
  const offsets: number[] = []
  for (const [index, item] of layer.entries()) {
    const before = layer[index - 1]
    const offset = before ? (offsets[index - 1] ?? 0) + distance(before, item) : 0
    offsets.push(offset)
    let block = {start: index, sum: wantedOf(item) - offset, count: 1}
    for (let last = blocks.at(-1); last && last.sum / last.count >= block.sum / block.count; last = blocks.at(-1)) {
      blocks.pop()
      block = {start: last.start, sum: last.sum + block.sum, count: last.count + block.count}
    }
    blocks.push(block)
  }
  for (const {start, sum, count} of blocks) {
    for (const [index, item] of layer.slice(start, start + count).entries()) {
      item.place = sum / count + (offsets[start + index] ?? 0)
    }
  }
}

function distance(one: Item, other: Item): number {
  return (one.across + other.across) / 2 + (one.isNode && other.isNode ? nodeGap : edgeGap)
}

/** The middle of each layer along the way. */
function stackLayers(layers: readonly (readonly Item[])[]): number[] {
  // Layers of labels lie between those of nodes, and share their gap.
  const hasLabels = layers.some((layer, rank) => rank % 2 === 1 && layer.every(({isNode}) => !isNode))
  const gap = hasLabels ? layerGap / 2 : layerGap
  let end = -gap
  return layers.map((layer) => {
    const depth = layer.reduce((most, {along}) => Math.max(most, along), 0)
    end += gap + depth
    return end - depth / 2
  })
}
