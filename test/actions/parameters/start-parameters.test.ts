// Rules of start values: SageMaker Developer Guide, "Define a pipeline: parameters"; StartPipelineExecution (Parameter).
import {describe, expect, it} from 'vitest'
import {checkStartParameters, splitParameter} from '../../../src/actions/parameters/start-parameters.ts'
import type {ParameterDefinition} from '../../../src/definition/types.ts'
import {MlpipeError} from '../../../src/diagnostics/mlpipe-error.ts'

const declared: ParameterDefinition[] = [
  {Name: 'instanceType', Type: 'String', DefaultValue: 'ml.m5.large'},
  {Name: 'epochs', Type: 'Integer', DefaultValue: 200},
  {Name: 'minAccuracy', Type: 'Float', DefaultValue: 0.93},
  {Name: 'isDry', Type: 'Boolean', DefaultValue: false},
  {Name: 'approval', DefaultValue: 'PendingManualApproval', EnumValues: ['PendingManualApproval', 'Approved']},
]

const check = (given: Readonly<Record<string, string>>, parameters = declared) =>
  checkStartParameters(
    parameters,
    Object.entries(given).map(([name, value]) => ({name, value})),
  )

function problem(given: Readonly<Record<string, string>>, parameters = declared): MlpipeError {
  try {
    check(given, parameters)
  } catch (error) {
    if (error instanceof MlpipeError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('values that are taken', () => {
  it.each([
    ['any text for a String', {instanceType: 'ml.m5.xlarge'}, 'ml.m5.xlarge'],
    ['an empty String', {instanceType: ''}, ''],
    ['blanks around a String stay', {instanceType: ' a '}, ' a '],
    ['digits for an Integer', {epochs: '50'}, '50'],
    ['a negative Integer', {epochs: '-3'}, '-3'],
    ['blanks around a number go', {epochs: ' 50 '}, '50'],
    ['an Integer for a Float', {minAccuracy: '1'}, '1'],
    ['a Float in scientific notation', {minAccuracy: '1e-3'}, '1e-3'],
    ['a Float without its zero', {minAccuracy: '.5'}, '.5'],
    ['true in any case, sent as the Python SDK sends it', {isDry: 'TRUE'}, 'True'],
    ['a value of the enum', {approval: 'Approved'}, 'Approved'],
  ])('%s', (_name, given, sent) => {
    expect(check(given)).toEqual([{name: Object.keys(given)[0], value: sent}])
  })

  it('the later value of one name, so that a flag goes over a file', () => {
    const given = [
      {name: 'epochs', value: '1'},
      {name: 'epochs', value: '2'},
    ]
    expect(checkStartParameters(declared, given)).toEqual([{name: 'epochs', value: '2'}])
  })
})

describe('values that are refused', () => {
  it.each([
    [
      'a name nearly right',
      {epoch: '1'},
      '"epoch" is not a parameter of the deployed pipeline: did you mean "epochs"?',
    ],
    ['text for an Integer', {epochs: 'many'}, '"epochs" takes an Integer (such as 42), not "many"'],
    ['a fraction for an Integer', {epochs: '1.5'}, '"epochs" takes an Integer (such as 42), not "1.5"'],
    ['nothing for an Integer', {epochs: ''}, '"epochs" takes an Integer (such as 42), not ""'],
    ['text for a Float', {minAccuracy: 'high'}, '"minAccuracy" takes a Float (such as 0.93), not "high"'],
    ['infinity for a Float', {minAccuracy: 'Infinity'}, '"minAccuracy" takes a Float (such as 0.93), not "Infinity"'],
    ['1 for a Boolean', {isDry: '1'}, '"isDry" takes a Boolean (true or false), not "1"'],
    ['a value outside the enum', {approval: 'Aproved'}, '"approval" cannot be "Aproved": did you mean "Approved"?'],
  ])('%s', (_name, given, message) => {
    expect(problem(given)).toMatchObject({code: 'wrong-parameters', exit: 64, message})
  })

  it('1,024 characters pass, one more does not', () => {
    expect(check({instanceType: 'x'.repeat(1024)})).toHaveLength(1)
    expect(problem({instanceType: 'x'.repeat(1025)}).message).toContain('takes at most 1024')
  })

  it('a parameter without default needs a value', () => {
    expect(problem({}, [{Name: 'raw', Type: 'String'}]).message).toBe(
      '"raw" (String) has no default: give it with --param raw=…',
    )
    expect(check({raw: 's3://b/k'}, [{Name: 'raw', Type: 'String'}])).toEqual([{name: 'raw', value: 's3://b/k'}])
  })

  it('everything that is wrong is told in one go', () => {
    const {message} = problem({epochs: 'x', zebra: '1'}, [...declared, {Name: 'raw'}])
    expect(message).toBe(
      [
        '3 parameters are wrong:',
        '  "epochs" takes an Integer (such as 42), not "x"',
        '  "zebra" is not a parameter of the deployed pipeline: known: instanceType, epochs, minAccuracy, isDry, approval, raw',
        '  "raw" (String) has no default: give it with --param raw=…',
      ].join('\n'),
    )
  })

  it('a pipeline without parameters says so', () => {
    expect(problem({a: '1'}, []).message).toContain('the pipeline has no parameters')
  })
})

it.each([
  ['a=b', {name: 'a', value: 'b'}],
  ['a=b=c', {name: 'a', value: 'b=c'}],
  ['a=', {name: 'a', value: ''}],
  ['a', undefined],
  ['=b', undefined],
])('--param %s', (text, pair) => {
  expect(splitParameter(text)).toEqual(pair)
})
