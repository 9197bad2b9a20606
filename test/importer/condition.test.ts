import {expect, it} from 'vitest'
import type {Json, JsonObject} from '../../src/definition/json.ts'
import {createReferences} from '../../src/importer/references.ts'
import {liftCondition} from '../../src/importer/steps/condition.ts'
import {writeText, writeValue} from '../../src/importer/values.ts'

const a = {Get: 'Parameters.a'}
const b = {Get: 'Parameters.b'}
const isA = {Type: 'Equals', LeftValue: a, RightValue: 1}
const isB = {Type: 'LessThan', LeftValue: b, RightValue: 'x'}
const either = {Type: 'Or', Conditions: [isA, isB]}
const file = {'Std:JsonGet': {S3Uri: 's3://b/x.json', Path: "['k'].v"}}

// What the SageMaker Python SDK writes for each condition: workflow/conditions.py and workflow/functions.py.
it.each<[string, readonly JsonObject[], string]>([
  ['one comparison', [isA], 'parameters.a == 1'],
  ['several, all of which must hold', [isA, isB], "parameters.a == 1 and parameters.b < 'x'"],
  ['one Or', [either], "parameters.a == 1 or parameters.b < 'x'"],
  ['an Or among others', [isA, either], "parameters.a == 1 and (parameters.a == 1 or parameters.b < 'x')"],
  [
    'an Or in an Or',
    [{Type: 'Or', Conditions: [either, isA]}],
    "(parameters.a == 1 or parameters.b < 'x') or parameters.a == 1",
  ],
  ['Not Equals', [{Type: 'Not', Condition: isA}], 'parameters.a != 1'],
  ['Not of an order', [{Type: 'Not', Condition: isB}], "not parameters.b < 'x'"],
  ['Not Or', [{Type: 'Not', Condition: either}], "not (parameters.a == 1 or parameters.b < 'x')"],
  ['In', [{Type: 'In', QueryValue: a, Values: [1, b, null]}], 'parameters.a in [1, parameters.b, null]'],
  ['Not In', [{Type: 'Not', Condition: {Type: 'In', QueryValue: a, Values: [true]}}], 'parameters.a not in [true]'],
  ['quotes and backslashes', [equal("it's \\ $" + '{x}')], "parameters.a == 'it\\'s \\\\ $$" + "{x}'"],
  ['a join without separator', [equal(join('', ['x-', b]))], "parameters.a == 'x-${parameters.b}'"],
  ['a join that casts', [equal(join('', [b]))], "parameters.a == join('', parameters.b)"],
  ['a join with a separator', [equal(join('/', ['x', b, 2]))], "parameters.a == join('/', 'x', parameters.b, 2)"],
  ['a value in a file', [equal(file)], "parameters.a == json('s3://b/x.json', '[\\'k\\'].v')"],
])('writes %s as an expression', (_name, conditions, expression) => {
  expect(lift(conditions)).toEqual({if: expression})
})

it.each<[string, JsonObject]>([
  ['Not Not', {Type: 'Not', Condition: {Type: 'Not', Condition: isA}}],
  ['an Or of one', {Type: 'Or', Conditions: [isA]}],
  ['an In of none', {Type: 'In', QueryValue: a, Values: []}],
  ['NotEquals', {Type: 'NotEquals', LeftValue: a, RightValue: 1}],
  ['a reference to nothing', {Type: 'Equals', LeftValue: {Get: 'Parameters.none'}, RightValue: 1}],
])("keeps %s in SageMaker's own names", (_name, condition) => {
  expect(lift([isB, condition])).toMatchObject({api: {Conditions: [{Type: 'LessThan'}, {Type: condition.Type}]}})
})

function lift(conditions: readonly JsonObject[]) {
  const steps = new Map<string, JsonObject>()
  const references = createReferences({parameters: new Map(['a', 'b'].map((name) => [name, 'String'])), steps}, 'short')
  const context = {
    value: (json: Json) => writeValue(json, references),
    text: (json: Json) => writeText(json, references),
    steps,
  }
  return liftCondition({Type: 'Condition', Arguments: {Conditions: conditions}}, context)
}

function equal(right: Json): JsonObject {
  return {Type: 'Equals', LeftValue: a, RightValue: right}
}

function join(separator: string, values: readonly Json[]): JsonObject {
  return {'Std:Join': {On: separator, Values: values}}
}
