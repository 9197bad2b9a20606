// Which values a search tries.

import {expect, it} from 'vitest'
import type {JsonObject} from '../../../../src/definition/json.ts'
import {
  gridSearch,
  randomSearch,
  type Search,
  seededRandom,
} from '../../../../src/engine/runners/tuning/tuning-space.ts'
import {fc} from '../../../support/properties.ts'

function take(search: Search, count: number) {
  return Array.from({length: count}, () => search())
}

function integers(min: string, max: string, scaling = 'Auto'): JsonObject {
  return {IntegerParameterRanges: [{Name: 'n', MinValue: min, MaxValue: max, ScalingType: scaling}]}
}

function continuous(min: string, max: string, scaling = 'Linear'): JsonObject {
  return {ContinuousParameterRanges: [{Name: 'x', MinValue: min, MaxValue: max, ScalingType: scaling}]}
}

it('a grid has every combination once, and then ends', () => {
  const ranges = {
    CategoricalParameterRanges: [
      {Name: 'a', Values: ['1', '2']},
      {Name: 'b', Values: ['x', 'y']},
    ],
  }
  expect(take(gridSearch(ranges, 'it'), 6)).toEqual([
    {a: '1', b: 'x'},
    {a: '1', b: 'y'},
    {a: '2', b: 'x'},
    {a: '2', b: 'y'},
    undefined,
    undefined,
  ])
})

it.each<[string, JsonObject, number[]]>([
  ['a linear range', continuous('0', '10'), [0, 5, 9]],
  ['a logarithmic range: half way from 1 to 10,000 is 100', continuous('1', '10000', 'Logarithmic'), [1, 100, 3981]],
  // Near 1 the values lie closer: half way from 0 to 0.9999 is 0.99.
  ['a reverse logarithmic range', continuous('0', '0.9999', 'ReverseLogarithmic'), [0, 0.99, 0.9997]],
  ['whole numbers, each with the same share', integers('1', '3'), [1, 2, 3]],
])('draws from %s', (_name, ranges, expected) => {
  const draws = [0, 0.5, 0.9]
  const search = randomSearch(ranges, 'it', () => draws.shift() ?? 0)
  const values = take(search, 3).map((point) => Number(point?.['x'] ?? point?.['n']))
  for (const [index, value] of values.entries()) expect(value).toBeCloseTo(expected[index] ?? 0, value > 100 ? 0 : 3)
})

it('never leaves a range, on any scale', () => {
  const bounds = fc.tuple(
    fc.integer({min: 1, max: 1000}),
    fc.integer({min: 0, max: 1000}),
    fc.double({min: 0, max: 0.999999, noNaN: true}),
  )
  const scalings = fc.constantFrom('Auto', 'Linear', 'Logarithmic')
  fc.assert(
    fc.property(bounds, scalings, fc.boolean(), ([min, more, at], scaling, isWhole) => {
      const [low, high] = [String(min), String(min + more)]
      const ranges = isWhole ? integers(low, high, scaling) : continuous(low, high, scaling)
      const point = randomSearch(ranges, 'it', () => at)()
      const value = Number(point?.['n'] ?? point?.['x'])
      expect(value).toBeGreaterThanOrEqual(min)
      expect(value).toBeLessThanOrEqual(min + more + 1e-9)
      if (isWhole) expect(Number.isInteger(value)).toBe(true)
    }),
  )
})

it.each<[string, JsonObject, RegExp]>([
  ['that end before they begin', continuous('2', '1'), /"x" of it goes from 2 to 1, which is no range/],
  ['that are no numbers', integers('few', '9'), /"n" of it goes from few to 9/],
  ['of a logarithm below zero', continuous('0', '1', 'Logarithmic'), /must be above 0/],
  ['of a reverse logarithm up to 1', continuous('0', '1', 'ReverseLogarithmic'), /from 0 to below 1/],
  ['on an unknown scale', continuous('0', '1', 'Cubic'), /the scaling Cubic, which is none of Auto/],
])('refuses ranges %s', (_name, ranges, message) => {
  expect(() => randomSearch(ranges, 'it', () => 0)).toThrow(message)
})

it('gives the same numbers for the same seed, spread over the line', () => {
  const [one, same, other] = [seededRandom('a'), seededRandom('a'), seededRandom('b')]
  const numbers = Array.from({length: 200}, () => one())
  expect(Array.from({length: 200}, () => same())).toEqual(numbers)
  expect(Array.from({length: 200}, () => other())).not.toEqual(numbers)
  const tenths = new Set(numbers.map((number) => Math.floor(number * 10)))
  expect([...tenths].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})
