// Conditions in the words of a spec.

import {expect, it} from 'vitest'
import {describeCondition} from '../../src/definition/condition-words.ts'
import type {Json} from '../../src/definition/json.ts'

const auc = {'Std:JsonGet': {PropertyFile: {Get: 'Steps.e.PropertyFiles.r'}, Path: 'auc'}}
const compare = (Type: string, LeftValue: Json, RightValue: Json) => ({Type, LeftValue, RightValue})

const cases: readonly (readonly [string, Json])[] = [
  ['auc >= 0.9', compare('GreaterThanOrEqualTo', auc, 0.9)],
  ['auc > parameters.least', compare('GreaterThan', auc, {Get: 'Parameters.least'})],
  ['parameters.stage != "dev"', {Type: 'Not', Condition: compare('Equals', {Get: 'Parameters.stage'}, 'dev')}],
  ['not (auc < 1)', {Type: 'Not', Condition: compare('LessThan', auc, 1)}],
  ['auc < 1 or auc == 2', {Type: 'Or', Conditions: [compare('LessThan', auc, 1), compare('Equals', auc, 2)]}],
  ['parameters.stage in ["a", "b"]', {Type: 'In', QueryValue: {Get: 'Parameters.stage'}, Values: ['a', 'b']}],
  [
    'auc <= a.b in s3://b/x.json',
    compare('LessThanOrEqualTo', auc, {'Std:JsonGet': {S3Uri: 's3://b/x.json', Path: 'a.b'}}),
  ],
  [
    'auc <= champion + 0.5',
    compare('LessThanOrEqualTo', auc, {
      'Std:JsonGet': {S3Uri: 's3://b/p/champion/gate.json', Path: 'thresholds.g.auc.at_most_champion_plus_0_5'},
    }),
  ],
]

it.each(cases)('%s', (expected, condition) => {
  expect(describeCondition(condition, 'gate')).toBe(expected)
})
