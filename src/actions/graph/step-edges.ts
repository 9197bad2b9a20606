// Why a step comes after another, as edges of a picture.

import {stepReferences} from '../../definition/dependencies.ts'
import type {FlatStep} from '../../definition/flat-steps.ts'
import {reach} from '../../graph/graph.ts'
import type {PictureEdge} from '../../picture/picture.ts'

export type StepEdges = {
  readonly edges: readonly PictureEdge[]
  /** How many were left out, because others say the same. */
  readonly implied: number
}

/** `isWhole`: with the edges that others imply. */
export function stepEdges(steps: readonly FlatStep[], isWhole: boolean): StepEdges {
  const known = new Set(steps.map(({step}) => step.Name))
  const all = steps.flatMap((step) => edgesTo(step, known))
  if (isWhole) return {edges: all, implied: 0}
  const leaving = new Map<string, PictureEdge[]>()
  for (const edge of all) leaving.set(edge.from, [...(leaving.get(edge.from) ?? []), edge])
  const downstream = new Map([...leaving].map(([from, edges]) => [from, edges.map(({to}) => to)]))
  const edges = all.filter((edge) => !isImplied(edge, leaving.get(edge.from) ?? [], downstream))
  return {edges, implied: all.length - edges.length}
}

/** One edge for each step that it comes after: what is read says more than a bare order, and a branch more than both. */
function edgesTo({step, parent}: FlatStep, known: ReadonlySet<string>): PictureEdge[] {
  const edges = new Map<string, PictureEdge>()
  const add = (edge: PictureEdge) => {
    if (known.has(edge.from) && edge.from !== edge.to && !edges.has(edge.from)) edges.set(edge.from, edge)
  }
  if (parent) {
    const label = parent.branch === 'If' ? 'then' : 'else'
    add({from: parent.condition, to: step.Name, kind: 'branch', label})
  }
  for (const reference of stepReferences(step)) {
    if ('stepName' in reference) add({from: reference.stepName, to: step.Name, kind: 'data'})
  }
  for (const name of step.DependsOn ?? []) add({from: name, to: step.Name, kind: 'order'})
  return [...edges.values()]
}

/** Names that a step comes after, and that no step has. */
export function missingSteps({step}: FlatStep, known: ReadonlySet<string>): string[] {
  const read = stepReferences(step).flatMap((reference) => ('stepName' in reference ? reference.stepName : []))
  return [...new Set([...read, ...(step.DependsOn ?? [])])].filter((name) => !known.has(name))
}

/** Whether another way leads there: for a branch only through a step of the same branch. What is read is never left out. */
function isImplied(
  {kind, to, label}: PictureEdge,
  leaving: readonly PictureEdge[],
  downstream: ReadonlyMap<string, readonly string[]>,
): boolean {
  if (kind === 'data') return false
  const others = leaving.filter((other) => other.to !== to && (kind === 'order' || other.label === label))
  const starts = others.map((other) => other.to)
  return starts.length > 0 && reach(downstream, starts).has(to)
}
