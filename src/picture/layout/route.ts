// The way of each edge between the boxes. Within a layer an edge runs straight on, beside the boxes; only between layers does it move
// aside. So no edge ever crosses a box or a label, whatever their sizes.

import {grouped} from '../grouped.ts'
import type {Laid, LayoutInput, Place} from './laid.ts'

/** The part of the way that one layer takes. */
type Band = {readonly start: number; readonly end: number}

/** From place to place, beginning with a straight piece through a layer, then a piece between layers, and so on in turn. */
export type Route = readonly Place[]

/** How far two edges at one side of a box are apart, where there is room. */
const portGap = 18
/** The share of a side that edges may take. */
const portShare = 0.6
/** The straight piece that an arrow's head lies on. */
const headRoom = 10

export function routeEdges({nodes, edges}: LayoutInput, laid: Laid): Route[] {
  const bands = findBands({nodes, edges}, laid)
  // Where no box stands, an edge needs no straight piece.
  const stops = laid.edges.map((edge) => edge.stops.filter(({along}) => bandOf(bands, along)))
  const ports = findPorts({nodes, edges}, laid.nodes, stops)
  return edges.map(({from, to}, index) => {
    const start = laid.nodes[from]
    const end = laid.nodes[to]
    const port = ports[index]
    if (!start || !end || !port || from === to) return []
    const isForward = start.along < end.along
    const depthOf = (node: number) => (nodes[node]?.along ?? 0) / 2
    const way = isForward ? 1 : -1
    const through = (stops[index] ?? []).flatMap(({across, along}) => {
      const band = bandOf(bands, along)
      return band ? throughBand(across, band, isForward) : []
    })
    const leave = bandOf(bands, start.along) ?? {start: start.along, end: start.along}
    const arrive = bandOf(bands, end.along) ?? {start: end.along, end: end.along}
    return [
      {across: port.from, along: start.along + way * depthOf(from)},
      {across: port.from, along: isForward ? leave.end : leave.start},
      ...through,
      {across: port.to, along: isForward ? arrive.start : arrive.end},
      {across: port.to, along: end.along - way * depthOf(to)},
    ]
  })
}

function throughBand(across: number, {start, end}: Band, isForward: boolean): Place[] {
  const places = [
    {across, along: start},
    {across, along: end},
  ]
  return isForward ? places : places.reverse()
}

/** The layers' extents, by the middle that all in a layer share. */
function findBands({nodes, edges}: LayoutInput, laid: Laid): Map<number, Band> {
  const bands = new Map<number, Band>()
  const add = (place: Place | undefined, depth: number) => {
    if (!place) return
    const half = Math.max(depth / 2, (bands.get(keyOf(place.along))?.end ?? place.along) - place.along)
    bands.set(keyOf(place.along), {start: place.along - half, end: place.along + half})
  }
  for (const [index, {along}] of nodes.entries()) add(laid.nodes[index], along + 2 * headRoom)
  for (const [index, {label}] of edges.entries()) if (label) add(laid.edges[index]?.label, label.along)
  return bands
}

function bandOf(bands: ReadonlyMap<number, Band>, along: number): Band | undefined {
  return bands.get(keyOf(along))
}

function keyOf(along: number): number {
  return Math.round(along)
}

type End = {
  readonly node: number
  readonly isFarSide: boolean
  readonly edge: number
  readonly side: 'from' | 'to'
  readonly towards: number
}

/** Where each edge leaves and reaches its boxes: side by side, in the order in which they go on, so that they do not cross there. */
function findPorts(
  {nodes, edges}: LayoutInput,
  places: readonly Place[],
  stops: readonly (readonly Place[])[],
): {from: number; to: number}[] {
  const ports = edges.map(() => ({from: 0, to: 0}))
  const ends = edges.flatMap(({from, to}, edge): End[] => {
    const start = places[from]
    const end = places[to]
    if (!start || !end || from === to) return []
    const isForward = start.along < end.along
    return [
      {node: from, isFarSide: isForward, edge, side: 'from', towards: (stops[edge]?.[0] ?? end).across},
      {node: to, isFarSide: !isForward, edge, side: 'to', towards: (stops[edge]?.at(-1) ?? start).across},
    ]
  })
  for (const side of grouped(ends, ({node, isFarSide}) => `${node} ${isFarSide}`).values()) {
    const node = side[0]?.node ?? 0
    const gap = Math.min(portGap, ((nodes[node]?.across ?? 0) * portShare) / Math.max(1, side.length - 1))
    const sorted = side.toSorted((a, b) => a.towards - b.towards || a.edge - b.edge)
    for (const [place, {edge, side: name}] of sorted.entries()) {
      const port = ports[edge]
      if (port) port[name] = (places[node]?.across ?? 0) + (place - (side.length - 1) / 2) * gap
    }
  }
  return ports
}
