// A picture as rows for a terminal: a node each, in an order in which each comes after what it needs, and rails for the edges.
//
// A rail belongs to one beginning or to one end: what comes out of a box may part, and what leads to a box may meet, but nothing ever meets
// and parts again. So every edge can be followed. A rail that is crossed is drawn whole, and the crossing line is broken: `─│─`.

import {grouped} from '../grouped.ts'
import {rankNodes} from '../layout/ranks.ts'
import type {NodeKind, Picture, PictureNode} from '../picture.ts'
import {drawRow, type Joint} from './draw-row.ts'
import {rowOrder} from './row-order.ts'

export type RailRow = {
  /** One column of rails takes two characters. */
  readonly rails: string
  /** Absent where rails only part or meet. */
  readonly node?: PictureNode
  /** Where the node's mark stands in `rails`, in characters. */
  readonly at?: number
  /** The rails as they go on right below. */
  readonly below: string
}

export const marks: Readonly<Record<NodeKind, string>> = {
  step: '●',
  condition: '◆',
  fail: '■',
  trigger: '►',
  execution: '●',
  data: '○',
  code: '○',
  image: '○',
  model: '◎',
  endpoint: '◎',
}

/** One of both lists has a single member. */
type Rail = {readonly from: readonly string[]; readonly to: readonly string[]}
type Column = Rail | undefined

/** A node with more edges than this keeps them on one rail, from which they part later. */
const mostParting = 8
/** With more rails than this, those that lead to the same node meet early. */
const manyRails = 16

/** One row: the line across, the rails below it, and where the node's mark stands. */
type Step = {
  readonly joints: ReadonlyMap<number, Joint>
  readonly columns: readonly Column[]
  readonly at?: number
}

/** Edges that close a cycle are left out: they would run upwards. */
export function railRows(picture: Picture): RailRow[] {
  const edges = forwardEdges(picture)
  const order = rowOrder(
    picture.nodes.map(({id}) => id),
    edges,
  )
  const rowOf = new Map(order.map((id, row) => [id, row]))
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]))
  const targets = grouped(edges, ({from}) => from)
  const rows: RailRow[] = []
  let columns: readonly Column[] = []
  let lastMark: number | undefined
  for (const id of order) {
    const node = nodes.get(id)
    if (!node) continue
    const following = (targets.get(id) ?? []).map(({to}) => to)
    following.sort((a, b) => (rowOf.get(a) ?? 0) - (rowOf.get(b) ?? 0))
    for (const step of stepsOf(id, following, columns, lastMark)) {
      rows.push(drawStep(step, columns, node))
      columns = trimmed(step.columns)
      lastMark = step.at !== undefined && !columns[step.at] ? step.at : undefined
    }
  }
  return rows
}

function drawStep({joints, columns: after, at}: Step, before: readonly Column[], node: PictureNode): RailRow {
  const isRail = (rail: Column) => rail !== undefined
  const below = after.map(isRail)
  const mark = at === undefined ? undefined : {at, text: marks[node.kind]}
  const row = {rails: drawRow(before.map(isRail), below, joints, mark), below: drawRow(below, below, new Map())}
  return at === undefined ? row : {...row, node, at: 2 * at}
}

/** The rows that a node takes: where rails part to reach it, its own, and where they part and meet behind it. */
function stepsOf(
  id: string,
  following: readonly string[],
  before: readonly Column[],
  lastMark: number | undefined,
): Step[] {
  const steps: Step[] = []
  const columns = () => steps.at(-1)?.columns ?? before
  const isBeside = arrivalsAt(before, id).length === 1 && trunksTo(before, id).length === 1
  if (!isBeside) for (const trunk of trunksTo(before, id)) steps.push(partOne(columns(), trunk, id))

  const arriving = arrivalsAt(columns(), id)
  const [first = 0] = arriving
  const at = markColumn(columns(), arriving, isBeside)
  // A mark right below another one would be read as what follows it.
  if (at === lastMark && steps.length === 0) steps.push({joints: new Map(), columns: before})
  const arrived = columns().map((rail) => without(rail, id))
  const isTrunk = following.length > mostParting
  const held = withRail(arrived, at, following.length === 0 ? undefined : {from: [id], to: following})
  if (isBeside) steps.push({joints: new Map([[first, 'both']]), columns: held, at})
  else if (arriving.length < 2 && !isTrunk) steps.push({...part(arrived, at, id, following), at})
  else {
    const joints = new Map(arriving.slice(1).map((column): [number, Joint] => [column, 'from-above']))
    steps.push({joints, columns: held, at})
  }
  if (!isTrunk && (columns()[at]?.to.length ?? 0) > 1) {
    const parted = part(columns(), at, id, following)
    steps.push({...parted, joints: new Map([...parted.joints, [at, 'both']])})
  }
  for (let meet = meetEarly(columns()); meet; meet = meetEarly(columns())) steps.push(meet)
  return steps
}

function arrivalsAt(columns: readonly Column[], id: string): number[] {
  return columns.flatMap((rail, at) => (rail?.to.includes(id) ? [at] : []))
}

/** Below what arrives; beside a rail that goes on to others; or where there is room. */
function markColumn(columns: readonly Column[], [first]: readonly number[], isBeside: boolean): number {
  if (first === undefined) return nearestFree(columns, 0)
  if (!isBeside) return first
  const free = columns.findIndex((rail, at) => at > first && !rail)
  return free === -1 ? columns.length : free
}

function without(rail: Column, id: string): Column {
  const to = rail?.to.filter((one) => one !== id) ?? []
  return rail && to.length > 0 ? {from: rail.from, to} : undefined
}

function forwardEdges({nodes, edges}: Picture): {from: string; to: string}[] {
  const indices = new Map(nodes.map(({id}, index) => [id, index]))
  const numbered = edges.map(({from, to}) => ({from: indices.get(from) ?? 0, to: indices.get(to) ?? 0}))
  const {backward} = rankNodes(nodes.length, numbered)
  const seen = new Set<string>()
  return edges.flatMap(({from, to}, index) => {
    const edge = numbered[index]
    const key = JSON.stringify([from, to])
    if (!edge || from === to || backward.has(edge) || seen.has(key)) return []
    seen.add(key)
    return [{from, to}]
  })
}

/** Rails to the node and to others too. */
function trunksTo(columns: readonly Column[], id: string): number[] {
  return columns.flatMap((rail, at) => (rail && rail.to.length > 1 && rail.to.includes(id) ? [at] : []))
}

/** The edge to the node gets a rail of its own, beside the one that goes on. */
function partOne(columns: readonly Column[], at: number, id: string): Step {
  const trunk = columns[at]
  const column = nearestFree(columns, at)
  const rest = {from: trunk?.from ?? [], to: without(trunk, id)?.to ?? []}
  const joints = new Map<number, Joint>([
    [at, 'both'],
    [column, 'to-below'],
  ])
  return {joints, columns: withRail(withRail(columns, at, rest), column, {from: rest.from, to: [id]})}
}

/** A rail for each that follows: the first goes straight on. */
function part(columns: readonly Column[], at: number, id: string, following: readonly string[]): Step {
  const joints = new Map<number, Joint>()
  const [first, ...others] = following
  let parted = withRail(columns, at, first === undefined ? undefined : {from: [id], to: [first]})
  for (const to of others) {
    const column = nearestFree(parted, at)
    joints.set(column, 'to-below')
    parted = withRail(parted, column, {from: [id], to: [to]})
  }
  return {joints, columns: parted}
}

/** The rails to the node that most of them lead to, as one; undefined where there is room, or nothing to meet. */
function meetEarly(columns: readonly Column[]): Step | undefined {
  if (columns.filter((rail) => rail).length <= manyRails) return undefined
  const single = columns.flatMap((rail, at) => (rail?.to.length === 1 ? [{at, end: rail.to[0] ?? ''}] : []))
  const byEnd = [...grouped(single, ({end}) => end).values()]
  const most = byEnd.reduce((one, other) => (other.length > one.length ? other : one), [])
  const [end = '', [first = 0, ...others]] = [most[0]?.end, most.map(({at}) => at)]
  if (others.length === 0) return undefined
  const from = [first, ...others].flatMap((at) => columns[at]?.from ?? [])
  const joints = new Map<number, Joint>([[first, 'both'], ...others.map((at): [number, Joint] => [at, 'from-above'])])
  const met = columns.map((rail, at) => (others.includes(at) ? undefined : rail))
  return {joints, columns: withRail(met, first, {from, to: [end]})}
}

function withRail(columns: readonly Column[], at: number, rail: Column): Column[] {
  const changed = [...columns]
  while (changed.length <= at) changed.push(undefined)
  changed[at] = rail
  return changed
}

function nearestFree(columns: readonly Column[], at: number): number {
  for (let away = 0; ; away += 1) {
    if (!columns[at + away]) return at + away
    if (at - away >= 0 && !columns[at - away]) return at - away
  }
}

function trimmed(columns: readonly Column[]): Column[] {
  const last = columns.findLastIndex((rail) => rail !== undefined)
  return columns.slice(0, last + 1)
}
