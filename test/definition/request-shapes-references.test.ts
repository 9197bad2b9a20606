// Types of references before anything runs, and the places they may stand in.

import {describe, expect, it} from 'vitest'
import type {Json, JsonObject} from '../../src/definition/json.ts'
import {parsePropertyPath} from '../../src/definition/property-path.ts'
import {parseGet} from '../../src/definition/references.ts'
import {checkRequest} from '../../src/definition/request-shapes/check-request.ts'
import {propertyShape} from '../../src/definition/request-shapes/property-shape.ts'
import {type ReferenceScope, referenceType} from '../../src/definition/request-shapes/value-type.ts'
import {madeSteps} from '../support/made-definitions.ts'

const get = (text: string): JsonObject => ({Get: text})

const scope: ReferenceScope = {
  parameters: new Map([
    ['text', 'String'],
    ['whole', 'Integer'],
    ['rate', 'Float'],
    ['flag', 'Boolean'],
  ]),
  steps: new Map([
    ['train', {Type: 'Training'}],
    ['prepare', {Type: 'Processing'}],
    ['tune', {Type: 'Tuning'}],
    ['automl', {Type: 'AutoML'}],
    ['model', {Type: 'Model'}],
    ['register', {Type: 'RegisterModel'}],
    ['check', {Type: 'QualityCheck'}],
    ['gate', {Type: 'Condition'}],
    ['new', {Type: 'SomethingNew'}],
    ['call', {Type: 'Lambda', OutputParameters: [{OutputName: 'n', OutputType: 'Integer'}, {OutputName: 'untyped'}]}],
  ]),
}

const file = {Get: 'Steps.prepare.PropertyFiles.report'}

// Parameters as declared; execution variables and joins are texts; properties as the Describe call shows them.
it.each<[Json, string]>([
  [get('Parameters.text'), 'String'],
  [get('Parameters.whole'), 'Integer'],
  [get('Parameters.rate'), 'Float'],
  [get('Parameters.flag'), 'Boolean'],
  [get('Parameters.none'), 'Unknown'],
  [get('Execution.PipelineExecutionId'), 'String'],
  [get('Execution.StartDateTime'), 'String'],
  [get('PipelineExperimentConfig.TrialName'), 'String'],
  [{'Std:Join': {On: '', Values: [get('Parameters.whole')]}}, 'String'],
  [{'Std:JsonGet': {PropertyFile: file, Path: 'a'}}, 'Unknown'],
  [get('Steps.train.ModelArtifacts.S3ModelArtifacts'), 'String'],
  [get("Steps.train.FinalMetricDataList['acc'].Value"), 'Number'],
  [get("Steps.train.HyperParameters['epochs']"), 'String'],
  [get('Steps.train.EnableNetworkIsolation'), 'Boolean'],
  [get('Steps.train.CreationTime'), 'Unknown'],
  [get('Steps.train.VpcConfig'), 'Unknown'],
  [get('Steps.train.VpcConfig.Subnets[0]'), 'String'],
  [get("Steps.prepare.ProcessingOutputConfig.Outputs['a'].S3Output.S3Uri"), 'String'],
  [get('Steps.tune.BestTrainingJob.TrainingJobName'), 'String'],
  [get('Steps.tune.TrainingJobSummaries[3].TrainingJobName'), 'String'],
  [get('Steps.automl.BestCandidateProperties.ModelInsightsJsonReportPath'), 'String'],
  [get('Steps.model.ModelName'), 'String'],
  [get('Steps.register.ModelPackageVersion'), 'Number'],
  [get('Steps.check.CalculatedBaselineConstraints'), 'String'],
  [get('Steps.gate.Outcome'), 'Unknown'],
  [get("Steps.call.OutputParameters['n']"), 'Integer'],
  [get("Steps.call.OutputParameters['untyped']"), 'Unknown'],
  [get('Steps.new.Anything'), 'Unknown'],
  [get('Steps.none.Anything'), 'Unknown'],
  [get('nonsense'), 'Unknown'],
])('%j is of type %s', (reference, type) => {
  expect(referenceType(reference, scope)).toBe(type)
})

describe('a place takes what is of its type, or what only the run can tell', () => {
  const text = (value: Json) => ({Environment: {A: value}})
  const number = (value: Json) => ({ResourceConfig: {InstanceCount: value}})
  const flag = (value: Json) => ({EnableManagedSpotTraining: value})
  const list = (value: Json) => ({VpcConfig: {Subnets: value, SecurityGroupIds: ['sg-1']}})
  const structure = (value: Json) => ({CheckpointConfig: value})
  const choice = (value: Json) => ({AlgorithmSpecification: {TrainingInputMode: value}})
  const join = {'Std:Join': {On: '', Values: ['1', get('Parameters.whole')]}}
  const json = {'Std:JsonGet': {PropertyFile: file, Path: 'a'}}

  it.each<[string, JsonObject, boolean]>([
    ['a text: a String', text(get('Parameters.text')), true],
    ['a text: an Integer', text(get('Parameters.whole')), false],
    ['a text: a Float', text(get('Parameters.rate')), false],
    ['a text: a Boolean', text(get('Parameters.flag')), false],
    ['a text: a join', text(join), true],
    ['a text: a value of a report', text(json), true],
    ['a text: a number of a Describe call', text(get('Steps.train.BillableTimeInSeconds')), false],
    ['a text: an Integer of a Lambda', text(get("Steps.call.OutputParameters['n']")), false],
    ['a text: what is not known', text(get('Steps.new.Anything')), true],
    ['a number: an Integer', number(get('Parameters.whole')), true],
    ['a number: a Float', number(get('Parameters.rate')), true],
    ['a number: a String', number(get('Parameters.text')), false],
    ['a number: a join', number(join), false],
    ['a number: a value of a report', number(json), true],
    ['a number: a number of a Describe call', number(get('Steps.train.BillableTimeInSeconds')), true],
    ['a flag: a Boolean', flag(get('Parameters.flag')), true],
    ['a flag: a String', flag(get('Parameters.text')), false],
    ['a choice: a String', choice(get('Parameters.text')), true],
    ['a choice: an Integer', choice(get('Parameters.whole')), false],
    ['a list: a String', list(get('Parameters.text')), false],
    ['a list: what is not known', list(get('Steps.train.VpcConfig.Subnets')), true],
    ['a structure: a String', structure(get('Parameters.text')), false],
    ['a structure: what is not known', structure(get('Steps.train.CheckpointConfig')), true],
  ])('%s', (_place, args, isRight) => {
    const found = checkRequest('Training', args, scope).filter(({kind}) => kind !== 'missing-member')
    expect(found.map(({kind}) => kind)).toEqual(isRight ? [] : ['wrong-reference'])
  })
})

// Property names and their first members that there are: Developer Guide, "Pipeline step properties"; SageMaker API reference.
it.each<[string, string, number]>([
  ['Training', 'ModelArtifact.S3ModelArtifacts', 0],
  ['Training', 'ModelArtifacts.S3Artifacts', 1],
  ['Training', 'ModelArtifacts.S3ModelArtifacts.Key', 2],
  ['Training', 'FinalMetricDataList.Value', 1],
  ['Training', "FinalMetricDataList['a'].Valu", 2],
  ['Processing', 'ModelArtifacts.S3ModelArtifacts', 0],
  ['Processing', "ProcessingOutputConfig['Outputs'].x", 2],
  ['QualityCheck', 'ProcessingJobName', 0],
  ['ClarifyCheck', 'CalculatedBaselineStatistics', 0],
  ['Fail', 'ErrorMessage', 0],
])('%s has no %s', (type, text, segment) => {
  expect(propertyShape(type, parsePropertyPath(text) ?? [])).toMatchObject({kind: 'missing', segment})
})

it('knows every property that the definitions of the SDK read', () => {
  const read = madeSteps().flatMap(({step, scope: names}) =>
    [...JSON.stringify(step.Arguments).matchAll(/"Get":"(Steps\.[^"]*)"/g)].map(([, text = '']) => ({text, names})),
  )
  expect(read.length).toBeGreaterThan(20)
  for (const {text, names} of read) {
    const target = parseGet(text)
    if (target?.kind !== 'property') continue
    const type = names.steps.get(target.stepName)?.Type ?? ''
    if (type !== 'Lambda') expect([text, propertyShape(type, target.path)?.kind]).toEqual([text, 'known'])
  }
})
