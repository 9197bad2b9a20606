// Places for boxes and ways for edges, from sizes alone.

import type {Direction} from '../picture.ts'
import {layoutByDagre} from './dagre-layout.ts'
import type {Laid, LayoutInput} from './laid.ts'
import {layoutInLayers} from './layered-layout.ts'
import {rankNodes} from './ranks.ts'
import {routeEdges} from './route.ts'

export type Point = {readonly x: number; readonly y: number}
export type Extent = {readonly width: number; readonly height: number}

export type Layout = Extent & {
  /** Centres, in the order of the input. */
  readonly nodes: readonly Point[]
  readonly edges: readonly {
    /** In turn a straight piece and one that may move aside; empty for an edge from a box to itself. */
    readonly points: readonly Point[]
    readonly label?: Point
  }[]
}

export type BoxGraph = {
  readonly nodes: readonly Extent[]
  readonly edges: readonly {readonly from: number; readonly to: number; readonly label?: Extent}[]
}

/** Layers passed by edges, all together: from here on dagre takes longer than a second. */
const dagreLimit = 400

export function layoutGraph(graph: BoxGraph, direction: Direction): Layout {
  const isDown = direction === 'down'
  const sized = ({width, height}: Extent) => (isDown ? {across: width, along: height} : {across: height, along: width})
  const input: LayoutInput = {
    nodes: graph.nodes.map(sized),
    edges: graph.edges.map(({from, to, label}) => (label ? {from, to, label: sized(label)} : {from, to})),
  }
  const laid = effortOf(input) > dagreLimit ? layoutInLayers(input) : layoutByDagre(input)
  const routes = routeEdges(input, laid)
  const {origin, end} = extentOf(input, laid, routes)
  const placed = ({across, along}: {readonly across: number; readonly along: number}): Point => {
    const x = rounded(across - origin.across)
    const y = rounded(along - origin.along)
    return isDown ? {x, y} : {x: y, y: x}
  }
  const far = placed(end)
  return {
    width: far.x,
    height: far.y,
    nodes: laid.nodes.map(placed),
    edges: routes.map((route, index) => {
      const label = laid.edges[index]?.label
      return {points: route.map(placed), ...(label ? {label: placed(label)} : {})}
    }),
  }
}

function effortOf({nodes, edges}: LayoutInput): number {
  const {ranks} = rankNodes(nodes.length, edges)
  return edges.reduce((sum, {from, to}) => sum + Math.abs((ranks[to] ?? 0) - (ranks[from] ?? 0)), nodes.length)
}

function extentOf(
  {nodes, edges}: LayoutInput,
  laid: Laid,
  routes: readonly (readonly {across: number; along: number}[])[],
) {
  const origin = {across: Number.POSITIVE_INFINITY, along: Number.POSITIVE_INFINITY}
  const end = {across: Number.NEGATIVE_INFINITY, along: Number.NEGATIVE_INFINITY}
  const take = (place: {across: number; along: number} | undefined, size = {across: 0, along: 0}) => {
    if (!place) return
    origin.across = Math.min(origin.across, place.across - size.across / 2)
    origin.along = Math.min(origin.along, place.along - size.along / 2)
    end.across = Math.max(end.across, place.across + size.across / 2)
    end.along = Math.max(end.along, place.along + size.along / 2)
  }
  for (const [index, size] of nodes.entries()) take(laid.nodes[index], size)
  for (const [index, {label}] of edges.entries()) take(laid.edges[index]?.label, label)
  for (const place of routes.flat()) take(place)
  return nodes.length === 0 ? {origin: {across: 0, along: 0}, end: {across: 0, along: 0}} : {origin, end}
}

/** To half a pixel, so that the last digits of a platform's arithmetic do not show. */
function rounded(value: number): number {
  return Math.round(value * 2) / 2
}
