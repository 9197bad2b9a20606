// Which steps the end of an execution waited for.

import {expect, it} from 'vitest'
import type {StepReport} from '../../../src/actions/executions/execution-report.ts'
import {criticalPath} from '../../../src/actions/report/critical-path.ts'

const ended = (name: string, second: number): StepReport => ({
  name,
  type: 'Processing',
  state: 'succeeded',
  endedAt: new Date(second * 1000).toISOString(),
})
const graph = (upstream: Record<string, string[]>) => ({
  nodes: Object.keys(upstream),
  upstream: new Map(Object.entries(upstream)),
})

it.each([
  ['the slower of two branches', {a: [], b: [], c: ['a', 'b']}, {a: 5, b: 9, c: 12}, ['b', 'c']],
  [
    'the step that ended last, not the last of the definition',
    {a: [], b: ['a'], c: []},
    {c: 3, a: 4, b: 20},
    ['a', 'b'],
  ],
  [
    'the later in the definition of two that ended together',
    {a: [], b: [], c: ['b', 'a']},
    {a: 5, b: 5, c: 5},
    ['a', 'c'],
  ],
  ['only what has ended', {a: [], b: ['a'], c: ['b']}, {a: 1}, ['a']],
  ['nothing while nothing has', {a: [], b: ['a']}, {}, []],
  ['no circle, where a definition has one', {a: ['b'], b: ['a']}, {a: 1, b: 2}, ['a', 'b']],
] as const)('names %s', (_rule, upstream, ends, path) => {
  const steps = Object.entries(ends).map(([name, second]) => ended(name, second))
  expect(criticalPath(steps, graph(upstream as never))).toEqual(path)
})

type Times = Readonly<Record<string, readonly [from: number, to: number]>>

it.each<[string, Record<string, string[]>, Times, string[]]>([
  [
    'those whose place each took, one at a time',
    {a: [], b: [], c: []},
    {a: [0, 5], b: [5, 9], c: [9, 12]},
    ['a', 'b', 'c'],
  ],
  [
    'those whose place each took, two at a time',
    {a: [], b: [], c: [], d: []},
    {a: [0, 4], b: [0, 6], c: [4, 9], d: [6, 12]},
    ['b', 'd'],
  ],
  [
    'what a step needs before whose place it took earlier',
    {a: [], b: [], c: ['b']},
    {a: [0, 4], b: [4, 9], c: [9, 12]},
    ['a', 'b', 'c'],
  ],
  [
    'nobody where there was a place all the time',
    {a: [], b: [], c: [], d: ['a']},
    {a: [0, 5], b: [0, 8], c: [0, 9], d: [9.5, 12]},
    ['a', 'd'],
  ],
])('names %s', (_rule, upstream, times, path) => {
  const steps = Object.entries(times).map(([name, [from, to]]) => ({
    ...ended(name, to),
    startedAt: new Date(from * 1000).toISOString(),
  }))
  expect(criticalPath(steps, graph(upstream))).toEqual(path)
})

it('names nobody whose place a step took across a stretch in which no step ran, only what it needs', () => {
  const steps = [
    {...ended('a', 5), startedAt: new Date(0).toISOString()},
    {...ended('b', 900), startedAt: new Date(800_000).toISOString()},
    {...ended('c', 950), startedAt: new Date(900_000).toISOString()},
  ]
  const alone = graph({a: [], b: [], c: []})
  const idle = [
    {startedAt: new Date(5000).toISOString(), endedAt: new Date(800_000).toISOString(), durationSeconds: 795},
  ]
  expect(criticalPath(steps, alone)).toEqual(['a', 'b', 'c'])
  expect(criticalPath(steps, alone, idle)).toEqual(['b', 'c'])
  expect(criticalPath(steps, graph({a: [], b: ['a'], c: []}), idle)).toEqual(['a', 'b', 'c'])
})
