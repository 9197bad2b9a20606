// References, property paths, JSON paths, flat steps and dependencies.

import {describe, expect, it} from 'vitest'
import {stepGraph, stepReferences} from '../../src/definition/dependencies.ts'
import {flattenSteps} from '../../src/definition/flat-steps.ts'
import {readJsonPath} from '../../src/definition/json-path.ts'
import type {PathSegment} from '../../src/definition/property-path.ts'
import {formatPropertyPath, parsePropertyPath, readPath} from '../../src/definition/property-path.ts'
import {collectReferences, formatReference, parseGet} from '../../src/definition/references.ts'
import type {StepDefinition} from '../../src/definition/types.ts'
import {fc} from '../support/properties.ts'

describe('Get', () => {
  const member = (name: string) => ({kind: 'member' as const, name})
  const key = (text: string) => ({kind: 'key' as const, key: text})

  it.each([
    ['Parameters.n-1_x', {kind: 'parameter', name: 'n-1_x'}],
    ['Execution.PipelineExecutionId', {kind: 'execution', variable: 'PipelineExecutionId'}],
    ['PipelineExperimentConfig.TrialName', {kind: 'experiment', member: 'TrialName'}],
    ['Steps.S.PropertyFiles.F', {kind: 'propertyFile', stepName: 'S', name: 'F'}],
    [
      "Steps.Check.OutputParameters['ok']",
      {kind: 'property', stepName: 'Check', path: [member('OutputParameters'), key('ok')]},
    ],
    [
      "Steps.my-step.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri",
      {
        kind: 'property',
        stepName: 'my-step',
        path: [member('ProcessingOutputConfig'), member('Outputs'), key('train'), member('S3Output'), member('S3Uri')],
      },
    ],
    [
      'Steps.Tune.TrainingJobSummaries[1].TrainingJobName',
      {
        kind: 'property',
        stepName: 'Tune',
        path: [member('TrainingJobSummaries'), {kind: 'index', index: 1}, member('TrainingJobName')],
      },
    ],
  ])('%s', (text, expected) => {
    const reference = parseGet(text)
    expect(reference).toEqual(expected)
    expect(reference && formatReference(reference)).toBe(text)
  })

  it.each([
    '',
    'Parameters',
    'Parameters.',
    'Parameters.a.b',
    'Steps.S',
    'Steps.S.',
    'Steps.S.A..B',
    'Steps.S.A[',
    "Steps.S.A['x",
    'Other.x',
  ])('"%s" is none', (text) => {
    expect(parseGet(text)).toBeUndefined()
  })

  it('is found wherever it stands', () => {
    const value = {
      a: [{Get: 'Parameters.x'}, 'Get'],
      b: {'Std:Join': {On: '/', Values: ['s3:/', {Get: 'Execution.PipelineName'}]}},
      c: {'Std:JsonGet': {PropertyFile: {Get: 'Steps.E.PropertyFiles.R'}, Path: 'a.b'}},
      d: {
        'Std:JsonGet': {
          S3Uri: {'Std:Join': {On: '', Values: [{Get: 'Steps.F.ModelArtifacts.S3ModelArtifacts'}, '/x.json']}},
          Path: 'y',
        },
      },
    }
    expect(collectReferences(value).map(formatReference)).toEqual([
      'Parameters.x',
      'Execution.PipelineName',
      'Steps.E.PropertyFiles.R',
      'Steps.F.ModelArtifacts.S3ModelArtifacts',
    ])
  })
})

describe('a property path', () => {
  const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/)
  const segment: fc.Arbitrary<PathSegment> = fc.oneof(
    word.map((name): PathSegment => ({kind: 'member', name})),
    fc.stringMatching(/^[a-z:. [\]]{1,8}$/).map((key): PathSegment => ({kind: 'key', key})),
    fc.nat(999).map((index): PathSegment => ({kind: 'index', index})),
  )

  it('reads as it was written', () => {
    const path = fc
      .tuple(word, fc.array(segment))
      .map(([name, rest]): PathSegment[] => [{kind: 'member', name}, ...rest])
    fc.assert(
      fc.property(path, (segments) => {
        expect(parsePropertyPath(formatPropertyPath(segments))).toEqual(segments)
      }),
    )
  })

  const described = {
    ProcessingOutputConfig: {Outputs: [{OutputName: 'train', S3Output: {S3Uri: 's3://b/train'}}]},
    FinalMetricDataList: [{MetricName: 'val:acc', Value: 0.9}],
    InputDataConfig: [{ChannelName: 'c', InputMode: 'File'}],
    OutputParameters: {k: 'v'},
  }

  it.each([
    ["ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri", 's3://b/train'],
    ["FinalMetricDataList['val:acc'].Value", 0.9],
    ["InputDataConfig['c'].InputMode", 'File'],
    ["OutputParameters['k']", 'v'],
    ['FinalMetricDataList[0].MetricName', 'val:acc'],
    ["FinalMetricDataList['none'].Value", undefined],
    ['FinalMetricDataList[7]', undefined],
    ['OutputParameters.toString', undefined],
    ['FinalMetricDataList.length', undefined],
  ])('%s', (text, expected) => {
    expect(readPath(described, parsePropertyPath(text) ?? [])).toEqual(expected)
  })
})

describe('a JSON path', () => {
  const document = {metrics: [{value: 1}, {value: 2}], 'a b': {c: null}, deep: {x: {y: 'z'}}, 'a-b': 3}

  it.each([
    ['metrics[0].value', 1],
    ['$.metrics[1].value', 2],
    ['deep.x.y', 'z'],
    ["['a b'].c", null],
    ["$['a b']['c']", null],
    ['a-b', 3],
    ['$', document],
    ['metrics[2].value', undefined],
    ['deep.x.y.z', undefined],
    ['metrics.value', undefined],
    ["metrics['value']", undefined],
    ['deep..y', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%s', (path, expected) => {
    expect(readJsonPath(document, path)).toEqual(expected)
  })
})

const step = (
  Name: string,
  Arguments: StepDefinition['Arguments'] = {},
  rest: Partial<StepDefinition> = {},
): StepDefinition => ({
  Name,
  Type: 'Processing',
  Arguments,
  ...rest,
})

function condition(Name: string, uses: string, ifSteps: StepDefinition[], elseSteps: StepDefinition[]): StepDefinition {
  const args = {
    Conditions: [{Type: 'Equals', LeftValue: {Get: uses}, RightValue: 1}],
    IfSteps: ifSteps,
    ElseSteps: elseSteps,
  }
  return {Name, Type: 'Condition', Arguments: args as unknown as StepDefinition['Arguments']}
}

const pipeline = {
  Steps: [
    step('Prep'),
    step('Train', {x: {Get: 'Steps.Prep.ProcessingJobName'}}, {DependsOn: ['Other', 'Nowhere']}),
    condition(
      'Gate',
      'Steps.Train.TrainingJobName',
      [condition('Inner', 'Parameters.p', [step('Deep', {y: {Get: 'Steps.Prep.ProcessingJobName'}})], [])],
      [step('Reject')],
    ),
    step('Other'),
  ],
}

it('flat steps come in the order of the document, with the branch that they stand in', () => {
  expect(flattenSteps(pipeline).map(({step: {Name}, parent}) => [Name, parent])).toEqual([
    ['Prep', undefined],
    ['Train', undefined],
    ['Gate', undefined],
    ['Inner', {condition: 'Gate', branch: 'If'}],
    ['Deep', {condition: 'Inner', branch: 'If'}],
    ['Reject', {condition: 'Gate', branch: 'Else'}],
    ['Other', undefined],
  ])
})

it('edges are references, DependsOn and the condition of a branch; a condition does not take those of its branches', () => {
  expect([...stepGraph(pipeline).upstream]).toEqual([
    ['Prep', []],
    ['Train', ['Other', 'Prep']],
    ['Gate', ['Train']],
    ['Inner', ['Gate']],
    ['Deep', ['Inner', 'Prep']],
    ['Reject', ['Gate']],
    ['Other', []],
  ])
})

it('references in the envelope count too', () => {
  const check = {...step('Q'), Type: 'QualityCheck', SuppliedBaselineStatistics: {Get: 'Steps.Prep.X'}}
  expect(stepReferences(check).map(formatReference)).toEqual(['Steps.Prep.X'])
})
