// When none of an execution's steps ran, by the times of its steps alone.

import {expect, it} from 'vitest'
import {idleStretches, type StepTimes} from '../../../src/actions/executions/idle-stretches.ts'

const minute = 60_000
const day = 24 * 60

/** In minutes; without an end it runs on. */
type Times = Readonly<Record<string, readonly [from: number, to?: number]>>

const listed = (times: Times): StepTimes[] =>
  Object.entries(times).map(([name, [from, to]]) => ({
    name,
    startedAtMs: from * minute,
    ...(to === undefined ? {} : {endedAtMs: to * minute}),
  }))

const found = (steps: readonly StepTimes[], end: number) =>
  idleStretches(steps, {fromMs: 0, toMs: end * minute}).map(({startedAt, endedAt, durationSeconds, before}) => {
    expect(durationSeconds * 1000).toBe(Date.parse(endedAt) - Date.parse(startedAt))
    return [Date.parse(startedAt) / minute, Date.parse(endedAt) / minute, before]
  })

it.each<[string, Times, number, (number | string | undefined)[][]]>([
  ['the wait for a retry', {a: [0, 10], b: [3 * day, 3 * day + 5]}, 3 * day + 5, [[10, 3 * day, 'b']]],
  ['the wait for a retry that kept no step', {a: [day, day + 5]}, day + 5, [[0, day, 'a']]],
  [
    'the waits for two retries',
    {a: [0, 10], b: [day, day + 5], c: [2 * day, 2 * day + 5]},
    2 * day + 5,
    [
      [10, day, 'b'],
      [day + 5, 2 * day, 'c'],
    ],
  ],
  ['what has come since the last step, of one that runs', {a: [0, 10]}, 30, [[10, 30, undefined]]],
  ['the end of all steps so far, not of the last to start', {a: [0, 50], b: [1, 2], c: [70, 80]}, 80, [[50, 70, 'c']]],
  ['steps in any order', {b: [70, 80], a: [0, 50]}, 80, [[50, 70, 'b']]],
  ['the first in the list of those that start together', {a: [0, 1], c: [40, 41], b: [40, 41]}, 41, [[1, 40, 'c']]],
  [
    'both sides of a step that took no time',
    {a: [0, 10], cached: [30, 30], b: [60, 70]},
    70,
    [
      [10, 30, 'cached'],
      [30, 60, 'b'],
    ],
  ],
  ['all of it, where no step took any time', {a: [0, 0], b: [9, 9]}, 9, [[0, 9, 'b']]],
  ['a minute, but nothing shorter', {a: [0, 1], b: [2, 3], c: [3.99, 5]}, 5, [[1, 2, 'b']]],
])('tells %s', (_rule, times, end, stretches) => {
  expect(found(listed(times), end)).toEqual(stretches)
})

it.each<[string, Times, number]>([
  ['steps that overlap', {a: [0, 60], b: [10, 20], c: [59, 90]}, 90],
  ['a step that runs on', {a: [0, 10], b: [10.1]}, day],
  ['a step that lasts to the end while others come and go', {a: [0, day], b: [1, 2], c: [900, 901]}, day],
  ['the seconds that SageMaker takes between two steps', {a: [0.1, 1], b: [1.2, 2], c: [2.1, 3]}, 3.2],
  ['less than a twentieth of the whole', {a: [0, 500], b: [520, 1000]}, 1000],
  ['what began before the execution, by another clock', {a: [-0.1, 30]}, 30],
  ['no step at all', {}, day],
])('tells nothing of %s', (_rule, times, end) => {
  expect(found(listed(times), end)).toEqual([])
})

it('tells nothing while a step does not say when it started', () => {
  const steps = listed({a: [0, 10], b: [day, day + 5]})
  expect(found([...steps, {name: 'c'}], day + 5)).toEqual([])
  expect(found([...steps, {name: 'c', endedAtMs: day * minute}], day + 5)).toEqual([])
})
