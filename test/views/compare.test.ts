import {expect, it} from 'vitest'
import type {CompareResult} from '../../src/actions/executions/compare-executions.ts'
import {compareView} from '../../src/views/compare.ts'
import {displayWidth} from '../../src/views/style.ts'

const result: CompareResult = {
  formatVersion: 1,
  pipeline: 'churn',
  target: 'local',
  before: {
    execution: 'abc123',
    arn: 'arn:abc123',
    status: 'Succeeded',
    startedAt: '2026-01-01T12:00:00.000Z',
    agoSeconds: 7200,
    durationSeconds: 4.2,
    versionId: 1,
  },
  after: {
    execution: 'def456',
    arn: 'arn:def456',
    status: 'Failed',
    startedAt: '2026-01-01T14:00:00.000Z',
    agoSeconds: 61,
    durationSeconds: 2,
  },
  parameters: [
    {name: 'epochs', before: '200', after: '50'},
    {name: 'instanceType', before: 'ml.m5.large', after: 'ml.m5.large'},
    {name: 'approval', after: 'Approved'},
  ],
  steps: [
    {
      name: 'prepare',
      type: 'Processing',
      before: {state: 'succeeded', durationSeconds: 1.5},
      after: {state: 'cached', durationSeconds: 0.01, cachedFrom: 'abc123'},
    },
    {
      name: 'train',
      type: 'Training',
      before: {state: 'succeeded', durationSeconds: 2.14},
      after: {state: 'succeeded', durationSeconds: 1.9},
    },
    {name: 'notify', type: 'Lambda', before: {state: 'succeeded', durationSeconds: 0.1}},
  ],
  metrics: [
    {step: 'train', name: 'loss', before: 0.25, after: 0.375},
    {step: 'train', name: 'rows', before: 455, after: 455},
  ],
  reports: [{step: 'evaluate', report: 'metrics', path: 'accuracy', before: 0.95}],
  definitionChanges: 2,
}

it('is read as two columns, and a word for each line', () => {
  expect(compareView.human(result, {width: 100, colour: false})).toBe(`\
                                   abc123               def456
               status              Succeeded            Failed
               started (UTC)       2026-01-01 12:00:00  2026-01-01 14:00:00
               took                4.2 s                2.0 s
~ 2 changes    definition          version 1

parameters
~ differs      epochs              200                  50
= same         instanceType        ml.m5.large          ml.m5.large
~ only second  approval            -                    Approved

steps
~ differs      prepare             succeeded 1.5 s      cached
= same         train               succeeded 2.1 s      succeeded 1.9 s
~ only first   notify              succeeded 0.10 s     -

metrics
~ +0.125       train: loss         0.25                 0.375
= same         train: rows         455                  455

reports
~ only first   evaluate: accuracy  0.95                 -`)
})

it.each([60, 80, 140])('nothing is wider than %i columns', (width) => {
  const long = {...result, parameters: [{name: 'uri', before: 'x'.repeat(200), after: 'y'.repeat(200)}]}
  const lines = compareView.human(long, {width, colour: true}).split('\n')
  expect(lines.filter((line) => displayWidth(line) > width)).toEqual([])
  expect(lines.find((line) => line.includes('uri'))).toContain('differs')
})

it('two executions of one definition, none of which can be read', () => {
  const {definitionChanges: _, ...unknown} = result
  expect(compareView.human(unknown, {width: 100, colour: false})).not.toContain('definition')
})

it('tells the time of one that was retried without the wait, and the wait beside it', () => {
  const idle = [{startedAt: '2026-01-01T12:00:01.000Z', endedAt: '2026-01-01T14:00:01.000Z', durationSeconds: 7200}]
  const retried = {...result, before: {...result.before, durationSeconds: 7204.2, idle}}
  expect(compareView.human(retried, {width: 100, colour: false})).toContain(`
               took                4.2 s                2.0 s
               outside steps       2 h 00 min
`)
})
