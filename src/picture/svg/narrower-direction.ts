// The direction in which a picture fits a page the better, from the sizes of its boxes alone, so that nothing is laid out twice.

import {grouped} from '../grouped.ts'
import {edgeGap, layerGap, nodeGap} from '../layout/laid.ts'
import {rankNodes} from '../layout/ranks.ts'
import type {Direction, Picture} from '../picture.ts'
import {textBox} from './text-box.ts'

/** What a layer takes for lines that go around its boxes and around each other; by what was measured of layouts. */
const forLines = 1.5

/** Down, where `room` is wide enough for that; otherwise the way that is narrower. */
export function narrowerDirection({nodes, edges}: Picture, room: number): Direction {
  const indices = new Map(nodes.map(({id}, index) => [id, index]))
  const ends = edges.map(({from, to}) => ({from: indices.get(from) ?? 0, to: indices.get(to) ?? 0}))
  const {ranks} = rankNodes(nodes.length, ends)
  const rankOf = (index: number) => ranks[index] ?? 0
  const widths = nodes.map((node, index) => ({rank: rankOf(index), width: textBox(node).width}))
  const passing = (rank: number) => ends.filter(({from, to}) => rankOf(from) < rank && rank < rankOf(to)).length
  const layers = [...grouped(widths, ({rank}) => rank)].map(([rank, boxes]) => ({
    across: sum(boxes.map(({width}) => width + nodeGap)) + passing(rank) * edgeGap,
    along: Math.max(...boxes.map(({width}) => width)) + layerGap,
  }))
  const down = Math.max(0, ...layers.map(({across}) => across)) * forLines
  return down > room && sum(layers.map(({along}) => along)) < down ? 'right' : 'down'
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
