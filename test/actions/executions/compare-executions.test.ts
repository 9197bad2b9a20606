import {expect, it} from 'vitest'
import {compareReports} from '../../../src/actions/executions/compare-executions.ts'
import type {ExecutionReport} from '../../../src/actions/executions/execution-report.ts'

const report = (id: string, more: Partial<ExecutionReport> = {}): ExecutionReport => ({
  pipeline: 'churn',
  target: 'local',
  execution: id,
  arn: `arn:${id}`,
  status: 'Succeeded',
  startedAt: '2026-01-01T12:00:00.000Z',
  endedAt: '2026-01-01T12:00:04.200Z',
  agoSeconds: 7200,
  durationSeconds: 4.2,
  parameters: [],
  steps: [],
  counts: {},
  metrics: [],
  reports: [],
  models: [],
  ...more,
})

const first = report('abc123', {
  versionId: 1,
  parameters: [
    {name: 'epochs', value: '200'},
    {name: 'instanceType', value: 'ml.m5.large'},
  ],
  steps: [
    {name: 'prepare', type: 'Processing', state: 'succeeded', durationSeconds: 1.5},
    {name: 'train', type: 'Training', state: 'succeeded', durationSeconds: 2.14, jobArn: 'arn:j'},
    {name: 'notify', type: 'Lambda', state: 'succeeded', durationSeconds: 0.1},
  ],
  metrics: [
    {step: 'train', name: 'loss', value: 0.5},
    {step: 'train', name: 'loss', value: 0.25},
    {step: 'train', name: 'rows', value: 455},
  ],
  reports: [{step: 'evaluate', report: 'metrics', uri: 's3://b/k', values: [{path: 'accuracy', value: 0.95}], more: 0}],
})

const second = report('def456', {
  status: 'Failed',
  agoSeconds: 61,
  durationSeconds: 2,
  parameters: [
    {name: 'epochs', value: '50'},
    {name: 'instanceType', value: 'ml.m5.large'},
    {name: 'approval', value: 'Approved'},
  ],
  steps: [
    {
      name: 'prepare',
      type: 'Processing',
      state: 'cached',
      durationSeconds: 0.01,
      cachedFrom: {execution: 'abc123', arn: 'arn:abc123'},
    },
    {name: 'train', type: 'Training', state: 'succeeded', durationSeconds: 1.9},
  ],
  metrics: [
    {step: 'train', name: 'loss', value: 0.375},
    {step: 'train', name: 'rows', value: 455},
  ],
})

it('lines up what both have and what only one has', () => {
  expect(compareReports(first, second)).toEqual({
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
      startedAt: '2026-01-01T12:00:00.000Z',
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
  })
})

it('tells of each in what of its time no step ran', () => {
  const idle = [{startedAt: '2026-01-01T12:00:01.000Z', endedAt: '2026-01-01T13:00:01.000Z', durationSeconds: 3600}]
  const {before, after} = compareReports(report('abc123'), report('def456', {durationSeconds: 3604, idle}))
  expect(after).toMatchObject({durationSeconds: 3604, idle})
  expect(before).not.toHaveProperty('idle')
})
