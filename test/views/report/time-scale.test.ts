// Where a moment lies on the timeline, when days without a step are in it.

import {expect, it} from 'vitest'
import {niceTicks} from '../../../src/views/report/ticks.ts'
import {timeScale} from '../../../src/views/report/time-scale.ts'

const iso = (seconds: number) => new Date(seconds * 1000).toISOString()
const scaleOf = (end: number, ...idle: readonly (readonly [from: number, to: number])[]) =>
  timeScale(
    {fromMs: 0, toMs: end * 1000},
    idle.map(([from, to]) => ({startedAt: iso(from), endedAt: iso(to), durationSeconds: to - from})),
  )
const day = 86_400

it('is even where nothing breaks it', () => {
  const scale = scaleOf(200)
  expect([0, 50, 200].map((second) => scale.share(second * 1000))).toEqual([0, 0.25, 1])
  expect([0, 50, 200].map(scale.shareOfSeconds)).toEqual([0, 0.25, 1])
  expect(scale).toMatchObject({seconds: 200, breaks: []})
})

it('draws a break a tenth as wide as all that ran, however long it was', () => {
  const scale = scaleOf(3 * day, [60, 3 * day - 40])
  expect(scale.seconds).toBe(100)
  const [one] = scale.breaks
  expect(one?.from).toBeCloseTo(60 / 110, 10)
  expect(one?.to).toBeCloseTo(70 / 110, 10)
  expect(one?.seconds).toBe(3 * day - 100)
  expect(scale.share(30_000)).toBeCloseTo(30 / 110, 10)
  expect(scale.share(3 * day * 1000)).toBe(1)
})

it('leaves a break to scale that is no wider than that', () => {
  const scale = scaleOf(1000, [500, 580])
  expect(scale.share(540_000)).toBeCloseTo(0.54, 10)
})

it.each([
  ['before the first step', [[0, day]], day + 100],
  ['between steps', [[60, day]], day + 40],
  ['after the last step', [[100, day]], day],
  [
    'twice',
    [
      [20, day],
      [day + 50, 3 * day],
    ],
    3 * day + 30,
  ],
] as const)('counts along the axis without what was %s', (_where, idle, end) => {
  const scale = scaleOf(end, ...idle)
  expect(scale.seconds).toBe(100)
  const shares = niceTicks(scale.seconds).map(({seconds}) => scale.shareOfSeconds(seconds))
  const steps = shares.slice(1).map((share, index) => share - (shares[index] ?? 0))
  expect(Math.min(...steps)).toBeGreaterThan(0.15)
  for (const share of shares) {
    expect(share).toBeLessThanOrEqual(1)
    expect(scale.breaks.filter(({from, to}) => share >= from && share < to)).toEqual([])
  }
})

it('has a place for everything where no step took any time', () => {
  const scale = scaleOf(2 * day, [0, day], [day, 2 * day])
  expect(scale.breaks.map(({from, to}) => [from, to])).toEqual([
    [0, 0.5],
    [0.5, 1],
  ])
})
