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
