// What a gate asks of the champion: worked out in decimals, and told again by the path that the condition reads.

import {describe, expect, it} from 'vitest'
import {
  type ChampionFormula,
  championGates,
  championRequirement,
  championUri,
  comparisonTypes,
  isBeyond,
  metricNames,
  requirementText,
  thresholdOf,
  thresholdPath,
  thresholdsObject,
} from '../../src/definition/champion-thresholds.ts'
import {evaluateCondition} from '../../src/definition/conditions.ts'
import {readJsonPath} from '../../src/definition/json-path.ts'
import {fc} from '../support/properties.ts'

const plain = {comparison: '>=', withoutChampion: 'pass'} as const

it.each([
  [0.9621, {}, 0.9621],
  // In binary 0.9520999999999999: a metric of 0.9521 is to be enough, and one of 0.95209 is not.
  [0.9621, {sign: '-', amount: 0.01}, 0.9521],
  [0.1, {sign: '+', amount: 0.2}, 0.3],
  [1.1, {sign: '*', amount: 1.1}, 1.21],
  [0, {sign: '*', amount: 2}, 0],
  [-0.5, {sign: '-', amount: 0.25}, -0.75],
  [12_345_678, {sign: '+', amount: 1e-7}, 12_345_678.0000001],
] as const)('%d %j is %d', (champion, room, expected) => {
  expect(thresholdOf({...plain, ...room}, champion)).toBe(expected)
})

describe('without a champion', () => {
  it.each([
    ['>=', 'pass', true],
    ['>', 'pass', true],
    ['<=', 'pass', true],
    ['<', 'pass', true],
    ['>=', 'fail', false],
    ['>', 'fail', false],
    ['<=', 'fail', false],
    ['<', 'fail', false],
  ] as const)('%s, %s: that any metric holds is %s', (comparison, withoutChampion, expected) => {
    const threshold = thresholdOf({comparison, withoutChampion, sign: '-', amount: 0.01}, undefined)
    expect(isBeyond(threshold)).toBe(true)
    for (const metric of [-1e300, -1, 0, 0.93, 1e300]) {
      const condition = {Type: comparisonTypes[comparison], LeftValue: metric, RightValue: threshold}
      expect(evaluateCondition(condition, () => ({kind: 'unknown', reason: ''}))).toEqual({
        kind: 'known',
        value: expected,
      })
    }
  })
})

const amounts = fc.oneof(
  fc.double({min: 1e-15, max: 1e14, noNaN: true}),
  fc.constantFrom(0.01, 1e-7, 1.05e-7, 1e-15, 1, 1.5, 100, 123_456.789),
)

const formulas: fc.Arbitrary<ChampionFormula> = fc
  .record({
    comparison: fc.constantFrom('>=' as const, '>' as const, '<=' as const, '<' as const),
    withoutChampion: fc.constantFrom('pass' as const, 'fail' as const),
    room: fc.option(fc.record({sign: fc.constantFrom('-' as const, '+' as const, '*' as const), amount: amounts}), {
      nil: undefined,
    }),
  })
  .map(({room, ...rest}) => ({...rest, ...room}))

const groups = fc.stringMatching(/^[a-zA-Z0-9](-?[a-zA-Z0-9]){0,20}$/)
const metrics = fc.stringMatching(/^[a-z_][\w-]{0,8}(\.[a-z][\w-]{0,8}|\[\d\]){0,3}$/)

it('a condition tells the whole of its requirement again, and finds its threshold', () => {
  fc.assert(
    fc.property(groups, fc.uniqueArray(metrics, {minLength: 1, maxLength: 6}), formulas, (group, paths, formula) => {
      const names = metricNames(paths)
      expect(new Set(names.values()).size).toBe(paths.length)
      const written = paths.map((metric) => {
        const path = thresholdPath(group, names.get(metric) ?? '', formula)
        // Every segment is letters, digits, underscores and, in the group, hyphens.
        expect(path).toMatch(/^thresholds\.[A-Za-z0-9-]+\.\w+\.\w+$/)
        return {metric, path}
      })
      const object = {
        thresholds: thresholdsObject(written.map((requirement, index) => ({requirement, threshold: index}))),
      }
      for (const [index, {metric, path}] of written.entries()) {
        const condition = {
          Type: comparisonTypes[formula.comparison],
          LeftValue: {'Std:JsonGet': {PropertyFile: {Get: 'Steps.evaluate.PropertyFiles.metrics'}, Path: metric}},
          RightValue: {'Std:JsonGet': {S3Uri: championUri('b', 'p', 'gate'), Path: path}},
        }
        expect(championRequirement(condition, 'gate')).toEqual({
          uri: 's3://b/p/champion/gate.json',
          requirement: {...formula, metric, group, path},
        })
        expect(readJsonPath(object, path)).toBe(index)
      }
    }),
    {examples: [['constructor', ['valueOf', 'toString'], plain]]},
  )
})

const metric = {'Std:JsonGet': {PropertyFile: {Get: 'Steps.e.PropertyFiles.r'}, Path: 'auc'}}
const champion = (S3Uri: string, Path: string) => ({'Std:JsonGet': {S3Uri, Path}})
const own = 's3://b/p/champion/gate.json'

it.each([
  ['a number', 'GreaterThan', 0.9],
  [
    'the object of another gate',
    'GreaterThan',
    champion('s3://b/p/champion/other.json', 'thresholds.g.auc.above_champion'),
  ],
  ['another object', 'GreaterThan', champion('s3://b/p/report.json', 'thresholds.g.auc.above_champion')],
  ['another path', 'GreaterThan', champion(own, 'auc')],
  ['a formula that is none', 'GreaterThan', champion(own, 'thresholds.g.auc.above_champion_by_far')],
  ['a comparison that the path does not name', 'LessThan', champion(own, 'thresholds.g.auc.above_champion')],
])('asks nothing of the champion: %s', (_what, Type, RightValue) => {
  expect(championRequirement({Type, LeftValue: metric, RightValue}, 'gate')).toBeUndefined()
})

it('finds gates in branches too, and says what they require as the spec has it', () => {
  const condition = (Name: string, IfSteps: readonly object[], ...Conditions: readonly object[]) =>
    ({Name, Type: 'Condition', Arguments: {Conditions, IfSteps, ElseSteps: []}}) as never
  const inner = condition('inner', [], {
    Type: 'LessThanOrEqualTo',
    LeftValue: metric,
    RightValue: champion('s3://b/p/champion/inner.json', 'thresholds.g.auc.at_most_champion_times_1_05_or_fail'),
  })
  const gates = championGates({Steps: [condition('outer', [inner], {Type: 'Equals', LeftValue: 1, RightValue: 1})]})
  expect(gates.map(({step}) => step)).toEqual(['inner'])
  expect(gates[0]?.requirements.map(requirementText)).toEqual(['auc <= champion * 1.05'])
})
