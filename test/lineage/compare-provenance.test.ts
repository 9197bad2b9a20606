// Two models by what they were made of. The values are written by hand, as a trace gives them.

import {expect, it} from 'vitest'
import {compareProvenance} from '../../src/lineage/compare-provenance.ts'
import {judgeChange} from '../../src/lineage/metric-direction.ts'
import type {Provenance, StepRun, Taken} from '../../src/lineage/provenance.ts'
import {stepRun} from '../support/step-run.ts'

const step = (name: string, more: Partial<StepRun> = {}) => stepRun({executionArn: 'arn:one', step: name, ...more})

const made = (steps: readonly StepRun[], more: Partial<Provenance> = {}): Provenance => ({
  executions: [],
  steps,
  models: [],
  gaps: [],
  ...more,
})

const withMetrics = (accuracy: number, loss: number) =>
  made(
    [
      step('train', {metrics: [{name: 'loss', value: loss}]}),
      step('evaluate', {metrics: [{name: 'accuracy', value: accuracy}]}),
    ],
    {
      models: [
        {
          arn: 'arn:m',
          model: 'churn/1',
          approval: 'Approved',
          createdAtMs: 0,
          metrics: [{name: 'accuracy', value: accuracy}],
          endpoints: [],
        },
      ],
    },
  )

it('metrics: the difference always, better or worse only where it is known, and each number once', () => {
  const {metrics} = compareProvenance(withMetrics(0.9, 0.25), withMetrics(0.875, 0.5))
  expect(metrics).toEqual([
    {name: 'accuracy', before: 0.9, after: 0.875, difference: 0.875 - 0.9, change: 'worse'},
    {step: 'train', name: 'loss', before: 0.25, after: 0.5, difference: 0.25},
  ])
})

it.each([
  ['accuracy', 0.8, 0.9, 'better'],
  ['binary_classification_metrics.auc.value', 0.9, 0.8, 'worse'],
  ['regression_metrics.rmse.value', 3, 2, 'better'],
  ['false_positive_rate', 0.1, 0.2, 'worse'],
  ['F1', 0.1, 0.2, 'better'],
  ['accuracy', 0.9, 0.9, undefined],
  ['loss', 0.9, 0.1, undefined],
  ['rows', 1, 2, undefined],
  ['accuracy_by_group.women', 0.1, 0.2, undefined],
] as const)('%s from %d to %d is %s', (name, before, after, judged) => {
  expect(judgeChange(name, before, after)).toBe(judged)
})

const hash = (value: string) => ({kind: 'content-hash', value}) as const
const input = (name: string, uri: string, more: Partial<Taken> = {}): Taken => ({name, uri, ...more})
const since = (state: 'older' | 'written-meanwhile' | 'written-since') => ({since: {state, writtenAtMs: 5}})
const sameness = (before: Taken, after: Taken) =>
  compareProvenance(made([step('train', {inputs: [before]})]), made([step('train', {inputs: [after]})])).data[0]
    ?.sameness

it.each([
  [
    'the same content in two places',
    input('a', 's3://b/1', {content: hash('x')}),
    input('a', 's3://b/2', {content: hash('x')}),
    'same',
  ],
  [
    'other content in one place',
    input('a', 's3://b/1', {content: hash('x')}),
    input('a', 's3://b/1', {content: hash('y')}),
    'differs',
  ],
  ['one place, contents unknown', input('a', 's3://b/1'), input('a', 's3://b/1'), 'unknown'],
  ['one place, one content unknown', input('a', 's3://b/1', {content: hash('x')}), input('a', 's3://b/1'), 'unknown'],
  ['two places, contents unknown', input('a', 's3://b/1'), input('a', 's3://b/2'), 'differs'],
  [
    'a hash and a fingerprint of one place, which say nothing about each other',
    input('a', 's3://b/1', {content: hash('x')}),
    input('a', 's3://b/1', {content: {kind: 'fingerprint', value: 'x'}}),
    'unknown',
  ],
  [
    'one place, written after the first run and before the second',
    input('a', 's3://b/1', since('written-since')),
    input('a', 's3://b/1', since('older')),
    'written-between',
  ],
  [
    'one place, written after the second and before the first, which is the later',
    input('a', 's3://b/1', since('older')),
    input('a', 's3://b/1', since('written-since')),
    'written-between',
  ],
  [
    'one place, last written after both',
    input('a', 's3://b/1', since('written-since')),
    input('a', 's3://b/1', since('written-since')),
    'unknown',
  ],
  [
    'one place, written while the second run read it',
    input('a', 's3://b/1', since('written-since')),
    input('a', 's3://b/1', since('written-meanwhile')),
    'unknown',
  ],
] as const)('data: %s', (_name, before, after, expected) => {
  expect(sameness(before, after)).toBe(expected)
})

it('of what stands there today only what follows from it is told', () => {
  const one = made([step('train', {inputs: [input('a', 's3://b/1', since('older'))]})])
  const sides = {before: {uri: 's3://b/1'}, after: {uri: 's3://b/1'}}
  expect(compareProvenance(one, one).data).toEqual([{step: 'train', name: 'a', ...sides, sameness: 'unknown'}])
})

it('what a step of the pipeline made is no data of its own', () => {
  const madeBy = {executionArn: 'arn:one', step: 'prepare'}
  const one = made([
    step('train', {inputs: [input('train', 's3://b/one/train', {madeBy}), input('labels', 's3://b/labels')]}),
  ])
  const {data} = compareProvenance(one, one)
  expect(data.map(({name}) => name)).toEqual(['labels'])
})

it('code, hyperparameters, images and what only one of them has', () => {
  const before = made([
    step('train', {
      image: 'sklearn:1.0',
      code: [input('code', 's3://b/code/x/train.py', {content: hash('x'), file: 'src/train.py', fileSha256: 'f'})],
      hyperparameters: [{name: 'epochs', value: '10'}],
    }),
  ])
  const after = made([
    step('train', {
      image: 'sklearn:1.2',
      code: [input('code', 's3://b/code/y/train.py', {content: hash('y'), file: 'src/train.py'})],
      hyperparameters: [
        {name: 'epochs', value: '20'},
        {name: 'l2', value: '0'},
      ],
    }),
    step('tune', {image: 'sklearn:1.2'}),
  ])
  const compared = compareProvenance(before, after)
  expect(compared.code).toMatchObject([
    {step: 'train', sameness: 'differs', before: {file: 'src/train.py', fileSha256: 'f'}},
  ])
  expect(compared.hyperparameters).toEqual([
    {step: 'train', name: 'epochs', before: '10', after: '20'},
    {step: 'train', name: 'l2', after: '0'},
  ])
  expect(compared.images).toEqual([
    {step: 'train', before: 'sklearn:1.0', after: 'sklearn:1.2'},
    {step: 'tune', after: 'sklearn:1.2'},
  ])
})

it('parameters are those that the steps had that really ran; where they had two values, both', () => {
  const execution = {arn: 'arn:two', pipeline: 'p', status: 'Succeeded', startedAtMs: 0}
  const before = made(
    [
      step('prepare', {parameters: [{name: 'seed', value: '1'}]}),
      step('train', {parameters: [{name: 'seed', value: '2'}]}),
    ],
    {executions: [{...execution, parameters: [{name: 'seed', value: '3'}]}]},
  )
  const after = made([], {executions: [{...execution, parameters: [{name: 'seed', value: '4'}]}]})
  expect(compareProvenance(before, after).parameters).toEqual([{name: 'seed', before: '1, 2', after: '4'}])
})

it('the commit is that of the execution that registered the model', () => {
  const execution = {arn: 'arn:two', pipeline: 'p', status: 'Succeeded', startedAtMs: 0, parameters: []}
  const one = made([], {executions: [{...execution, origin: {gitCommit: 'abc', gitDirty: true}}, execution]})
  expect(compareProvenance(one, made([])).origin).toEqual({before: {gitCommit: 'abc', gitDirty: true}})
})

it('a model about which nothing is known is compared all the same', () => {
  const nothing = {metrics: [], parameters: [], hyperparameters: [], data: [], code: [], origin: {}, images: []}
  expect(compareProvenance(made([]), made([]))).toEqual(nothing)
})
