// Evaluation of values and conditions under a resolver.
// Facts: SageMaker Python SDK, workflow/functions.py and conditions.py, and its integration tests (booleans joined in lower case).

import {describe, expect, it} from 'vitest'
import {evaluateCondition, evaluateConditions} from '../../src/definition/conditions.ts'
import type {Resolver} from '../../src/definition/evaluate.ts'
import {evaluate} from '../../src/definition/evaluate.ts'
import type {Json} from '../../src/definition/json.ts'
import {formatReference} from '../../src/definition/references.ts'

const values: Record<string, Json> = {
  'Parameters.s': 'text',
  'Parameters.one': 1,
  'Parameters.half': 0.5,
  'Parameters.yes': true,
  'Parameters.no': false,
  'Steps.E.PropertyFiles.R': {metrics: [{value: 0.97}], label: 'b', 'a b': 1},
  's3://b/text/r.json': {Result: 7},
}

const resolver: Resolver = (reference) => {
  const value = values[formatReference(reference)]
  return value === undefined ? {kind: 'unknown', reason: `${formatReference(reference)}?`} : {kind: 'known', value}
}

const get = (text: string): Json => ({Get: text})
const join = (on: string, ...parts: Json[]): Json => ({'Std:Join': {On: on, Values: parts}})
const report = (path: string): Json => ({'Std:JsonGet': {PropertyFile: {Get: 'Steps.E.PropertyFiles.R'}, Path: path}})

describe('a value', () => {
  it.each<[string, Json, Json]>([
    ['a literal', {a: [1, 'x', null, true]}, {a: [1, 'x', null, true]}],
    ['a reference keeps its type', {a: get('Parameters.one')}, {a: 1}],
    ['a join', join('/', 's3:/', get('Parameters.s'), 'x'), 's3://text/x'],
    ['a join without On', {'Std:Join': {Values: ['a', 'b']}}, 'ab'],
    ['a join of one casts to text', join('', get('Parameters.half')), '0.5'],
    ['booleans are joined in lower case', join(',', get('Parameters.yes'), false), 'true,false'],
    ['a join in a join', join('-', join('.', 'a', get('Parameters.one')), 'b'), 'a.1-b'],
    ['a property file', report('metrics[0].value'), 0.97],
    ['a property file in a join', join(' ', 'accuracy', report('metrics[0].value')), 'accuracy 0.97'],
    [
      'a document by address',
      {'Std:JsonGet': {S3Uri: join('/', 's3://b', get('Parameters.s'), 'r.json'), Path: 'Result'}},
      7,
    ],
    ['Get beside other members is no reference', {Get: 'Parameters.s', other: 1}, {Get: 'Parameters.s', other: 1}],
  ])('%s', (_name, value, expected) => {
    expect(evaluate(value, resolver)).toEqual({kind: 'known', value: expected})
  })

  it.each<[string, Json, string[]]>([
    [
      'all reasons, each once',
      [get('Parameters.x'), {a: get('Parameters.y')}, join('', get('Parameters.x'))],
      ['Parameters.x?', 'Parameters.y?'],
    ],
    ['a path that is not there', report('metrics[3].value'), ['"metrics[3].value" is not in Steps.E.PropertyFiles.R']],
    ['what is no reference', get('Nonsense'), ['"Nonsense" is not a reference']],
    ['the parts of an address', {'Std:JsonGet': {S3Uri: get('Parameters.x'), Path: 'a'}}, ['Parameters.x?']],
  ])('unknown: %s', (_name, value, reasons) => {
    expect(evaluate(value, resolver)).toEqual({kind: 'unknown', reasons})
  })
})

const compare = (Type: string, LeftValue: Json, RightValue: Json): Json => ({Type, LeftValue, RightValue})
const isIn = (QueryValue: Json, ...Values: Json[]): Json => ({Type: 'In', QueryValue, Values})
const or = (...Conditions: Json[]): Json => ({Type: 'Or', Conditions})
const not = (Condition: Json): Json => ({Type: 'Not', Condition})
const truth = compare('Equals', 1, 1)
const lie = compare('Equals', 1, 2)
const open = compare('Equals', get('Parameters.x'), 1)
const nonsense = compare('LessThan', 1, 'a')

describe('a condition', () => {
  it.each<[string, Json, boolean]>([
    ['1 = 1', truth, true],
    ['1 = 2', lie, false],
    ['texts', compare('Equals', get('Parameters.s'), 'text'), true],
    ['booleans', compare('Equals', get('Parameters.yes'), true), true],
    ['null is equal to null alone', compare('Equals', get('Parameters.s'), null), false],
    ['1 is not equal to 2', compare('NotEquals', 1, 2), true],
    ['0.97 >= 0.97', compare('GreaterThanOrEqualTo', report('metrics[0].value'), 0.97), true],
    ['0.97 > 0.97', compare('GreaterThan', report('metrics[0].value'), 0.97), false],
    ['1 <= 0.5', compare('LessThanOrEqualTo', get('Parameters.one'), get('Parameters.half')), false],
    ['0.5 < 1', compare('LessThan', get('Parameters.half'), get('Parameters.one')), true],
    // SDK integration test: "1" > "3" is a comparison of texts, and false.
    ['"1" > "3"', compare('GreaterThan', '1', '3'), false],
    ['"10" < "9", as texts', compare('LessThan', '10', '9'), true],
    ['in', isIn(report('label'), 'a', 'b'), true],
    ['not in', isIn(report('label'), 'a'), false],
    ['NotIn', {Type: 'NotIn', QueryValue: 'c', Values: ['a']}, true],
    ['not', not(truth), false],
    ['or', or(lie, truth), true],
    ['or of nothing true', or(lie, lie), false],
    ['or in not in or', or(not(or(truth, lie)), lie), false],
    ['or with one true settles what is unknown', or(open, truth), true],
    ['in with one equal settles what is unknown', isIn(1, get('Parameters.x'), 1), true],
  ])('%s', (_name, condition, expected) => {
    expect(evaluateCondition(condition, resolver)).toEqual({kind: 'known', value: expected})
  })

  it.each<[string, Json]>([
    ['an operand', open],
    ['inside not', not(open)],
    ['or with none true', or(open, lie)],
    ['in with none equal', isIn(1, get('Parameters.x'), 2)],
  ])('is unknown for %s', (_name, condition) => {
    expect(evaluateCondition(condition, resolver)).toEqual({kind: 'unknown', reasons: ['Parameters.x?']})
  })

  it.each<[string, Json, RegExp]>([
    ['text and number', nonsense, /LessThan cannot compare the number 1 with the string "a"/],
    ['equality of two types', compare('Equals', '1', 1), /Equals cannot compare the string "1" with the number 1/],
    ['the order of booleans', compare('LessThan', true, false), /cannot compare/],
    ['a list', compare('Equals', [1], 1), /not a list/],
    ['And, which does not exist', {Type: 'And', Conditions: []}, /unknown condition type "And"/],
    ['a name that every object has', {Type: 'constructor'}, /unknown condition type/],
    // The service answers "Cannot parse object, unknown property 'Expression'" to that form.
    ['Not with Expression', {Type: 'Not', Expression: truth}, /Not needs a Condition/],
    ['no right value', {Type: 'Equals', LeftValue: 1}, /needs a RightValue/],
  ])('is a fault for %s', (_name, condition, message) => {
    const result = evaluateCondition(condition, resolver)
    expect(result.kind === 'fault' ? result.message : '').toMatch(message)
  })
})

describe('the list of a condition step', () => {
  it.each<[string, Json[], string]>([
    ['holds when all hold', [truth, truth], 'true'],
    ['holds when it is empty', [], 'true'],
    ['does not hold when one does not', [truth, lie], 'false'],
    ['is settled by one that does not hold', [open, lie], 'false'],
    ['is unknown with one unknown', [truth, open], 'unknown'],
    ['is a fault with one fault', [open, nonsense], 'fault'],
  ])('%s', (_name, conditions, expected) => {
    const result = evaluateConditions(conditions, resolver)
    expect(result.kind === 'known' ? String(result.value) : result.kind).toBe(expected)
  })
})
