// Layers by dagre: the fewest crossings, and slow for large graphs.

import {Graph, layout} from '@dagrejs/dagre'
import {edgeGap, type Laid, type LayoutInput, layerGap, nodeGap, type Place} from './laid.ts'

export function layoutByDagre({nodes, edges}: LayoutInput): Laid {
  const graph = new Graph({multigraph: true})
  graph.setGraph({rankdir: 'TB', nodesep: nodeGap, edgesep: edgeGap, ranksep: layerGap})
  // Ids of dagre's own, because it keeps them as members of objects, and a node may have any name.
  for (const [index, {across, along}] of nodes.entries()) graph.setNode(`n${index}`, {width: across, height: along})
  for (const [index, {from, to, label}] of edges.entries()) {
    const room = label ? {width: label.across, height: label.along, labelpos: 'c'} : {}
    graph.setEdge(`n${from}`, `n${to}`, room, `e${index}`)
  }
  layout(graph)
  return {
    nodes: nodes.map((_, index) => placeOf(graph.node(`n${index}`))),
    edges: edges.map(({from, to, label}, index) => {
      const edge = graph.edge(`n${from}`, `n${to}`, `e${index}`)
      const stops = (edge.points as DagrePoint[]).slice(1, -1).map(placeOf)
      return label ? {stops, label: placeOf(edge)} : {stops}
    }),
  }
}

type DagrePoint = {readonly x?: number; readonly y?: number}

function placeOf({x = 0, y = 0}: DagrePoint): Place {
  return {across: x, along: y}
}
