// A part of a picture: one node with all that leads to it and all that it leads to.

import {ancestors, descendants, type Graph} from '../graph/graph.ts'
import type {Picture} from './picture.ts'

export function focusOn(picture: Picture, id: string): Picture {
  const upstream = new Map<string, string[]>()
  for (const {from, to} of picture.edges) upstream.set(to, [...(upstream.get(to) ?? []), from])
  const graph: Graph = {nodes: picture.nodes.map((node) => node.id), upstream}
  const kept = new Set([id, ...ancestors(graph, id), ...descendants(graph, id)])
  const label = picture.nodes.find((node) => node.id === id)?.label ?? id
  return {
    ...picture,
    description: `${picture.description}; drawn are ${label}, what leads to it and what it leads to`,
    nodes: picture.nodes.filter((node) => kept.has(node.id)),
    edges: picture.edges.filter(({from, to}) => kept.has(from) && kept.has(to)),
  }
}
