// What deploys, rollbacks, undeploys and comparisons of models say, on terminals of three widths.

import {expect, it} from 'vitest'
import type {CompareModelsResult} from '../../src/actions/models/compare-models.ts'
import type {
  DeployModelResult,
  RollbackResult,
  UndeployResult,
} from '../../src/actions/models/serving/serving-results.ts'
import {compareModelsView} from '../../src/views/models/compare.ts'
import {deployModelView, rollbackView, undeployView} from '../../src/views/models/serving.ts'
import {deployModelProposal} from '../../src/views/models/serving-proposals.ts'
import {displayWidth} from '../../src/views/style.ts'

const plain = {width: 72, colour: false}

const deployed: DeployModelResult = {
  formatVersion: 1,
  target: 'prod',
  model: 'churn/3',
  modelArn: 'arn:m',
  endpoint: 'churn',
  endpointArn: 'arn:e',
  outcome: 'updated',
  would: 'update',
  status: 'InService',
  config: 'churn-v3-0a1b2c3d',
  capacity: {kind: 'instance', type: 'ml.m5.large', count: 2},
  role: 'arn:r',
  environment: ['LEVEL'],
  before: {config: 'churn-v2-00000000', model: 'churn/2'},
  waitedSeconds: 245,
  removed: [],
  next: ['mlpipe models rollback churn'],
}

it('a deploy says what it did, on what, and what was there', () => {
  expect(deployModelView.human(deployed, plain)).toBe(`\
endpoint  churn updated, InService after 4 min 05 s
model     churn/3 (has churn/2)
on        2 x ml.m5.large
env       LEVEL
role      arn:r
config    churn-v3-0a1b2c3d
target    prod
arn       arn:e
next:
  mlpipe models rollback churn`)
})

it('one that failed says why, with the log, what goes on and what was deleted', () => {
  const failed: DeployModelResult = {
    ...deployed,
    outcome: 'failed',
    failure: {reason: 'the ping\nfailed', log: ['Traceback\u001B[31m', `  ${'x'.repeat(100)}`]},
    removed: ['endpoint configuration churn-v3-0a1b2c3d', 'model churn-v3-0a1b2c3d'],
    next: [],
  }
  const text = deployModelView.human(failed, plain)
  expect(text).toContain('endpoint  churn failed after 4 min 05 s')
  expect(text).toContain(`\
why: the ping failed
  | Traceback
  |   ${'x'.repeat(65)}…
endpoint churn goes on with churn/2
deleted  endpoint configuration churn-v3-0a1b2c3d,
         model churn-v3-0a1b2c3d`)
})

it.each([
  ['dry-run', 'create', 'churn would be created (nothing is: this was a dry run)'],
  ['dry-run', 'replace', 'churn has failed, would be deleted and made anew'],
  ['unchanged', 'change-nothing', 'churn unchanged: it serves this model already'],
  ['started', 'create', 'churn begun, not waited for'],
  ['timed-out', 'create', 'churn no longer waited for after 4 min 05 s, it is Creating'],
  ['left-running', 'create', 'churn no longer waited for, it is Creating'],
] as const)('%s, would %s', (outcome, would, text) => {
  const one = {...deployed, outcome, would, status: 'Creating'}
  expect(deployModelView.human(one, {...plain, width: 100})).toContain(text)
})

it('an endpoint of somebody else is told as such before it is taken over', () => {
  const foreign = {...deployed, owner: 'other', outcome: 'dry-run'} as const
  expect(deployModelProposal(foreign, plain).at(-1)).toBe('it was not made by mlpipe: --adopt takes it over')
  expect(deployModelView.human(foreign, plain)).toContain('--adopt takes it over')
})

it('a rollback says from what to what', () => {
  const result: RollbackResult = {
    formatVersion: 1,
    target: 'prod',
    endpoint: 'churn',
    endpointArn: 'arn:e',
    outcome: 'rolled-back',
    from: {config: 'churn-v3-0a1b2c3d', model: 'churn/3'},
    to: {config: 'by-hand'},
    waitedSeconds: 200,
    next: [],
  }
  expect(rollbackView.human(result, plain)).toBe(`\
endpoint  churn rolled back, InService after 3 min 20 s
to        by-hand
from      churn/3 (churn-v3-0a1b2c3d)
target    prod
arn       arn:e`)
  expect(rollbackView.human({...result, outcome: 'failed', failure: {reason: 'no', log: []}}, plain)).toContain(
    'why: no\nendpoint churn goes on with churn/3',
  )
})

it('an undeploy says what goes and what stays', () => {
  const result: UndeployResult = {
    formatVersion: 1,
    target: 'prod',
    endpoint: 'churn',
    outcome: 'undeployed',
    endpointArn: 'arn:e',
    serves: {config: 'c', model: 'churn/3'},
    configs: ['c'],
    models: ['c'],
    next: [],
  }
  expect(undeployView.human(result, plain)).toBe(`\
deleted  endpoint churn (churn/3), endpoint configuration c, model c
stays    the registered models
target   prod
arn      arn:e`)
})

const side = {arn: 'arn', createdAt: '2026-01-01T12:00:00.000Z', agoSeconds: 60} as const

/** `prepare` and `check` in one, `train` and `register` in the other. */
const ran = (first: string, second: string) => [
  {step: 'prepare', execution: first},
  {step: 'check', execution: first},
  {step: 'train', execution: second},
  {step: 'register', execution: second},
]

const compared: CompareModelsResult = {
  formatVersion: 1,
  target: 'local',
  before: {
    ...side,
    model: 'churn/1',
    approval: 'Approved',
    execution: 'abc123',
    earlierExecutions: [],
    ranIn: ran('abc123', 'abc123'),
  },
  after: {
    ...side,
    model: 'churn/3',
    approval: 'PendingManualApproval',
    execution: 'def456',
    earlierExecutions: ['abc123'],
    ranIn: ran('abc123', 'def456'),
  },
  metrics: [
    {name: 'accuracy', before: 0.9, after: 0.925, difference: 0.025, change: 'better'},
    {step: 'train', name: 'loss', before: 0.25, after: 0.5, difference: 0.25},
  ],
  parameters: [{name: 'epochs', before: '10', after: '20'}],
  hyperparameters: [],
  data: [
    {step: 'prepare', name: 'raw', before: {uri: 's3://b/raw/'}, after: {uri: 's3://b/raw/'}, sameness: 'unknown'},
    {step: 'prepare', name: 'new', before: {uri: 's3://b/n'}, after: {uri: 's3://b/n'}, sameness: 'written-between'},
  ],
  code: [
    {
      step: 'train',
      name: 'code',
      before: {uri: 's3://b/1', file: 'src/train.py', content: {kind: 'content-hash', value: 'a'.repeat(64)}},
      after: {uri: 's3://b/2', file: 'src/train.py', content: {kind: 'content-hash', value: 'b'.repeat(64)}},
      sameness: 'differs',
    },
  ],
  origin: {before: {gitCommit: 'c'.repeat(40)}, after: {gitCommit: 'c'.repeat(40), gitDirty: true}},
  images: [],
  gaps: ['the definition is gone'],
  next: ['mlpipe models approve churn/3'],
}

it('a comparison is read as two columns, and a word for each line', () => {
  expect(compareModelsView.human(compared, {width: 100, colour: false})).toBe(`\
                                        churn/1              churn/3
                   approval             Approved             Pending
                   registered (UTC)     2026-01-01 12:00:00  2026-01-01 12:00:00
                   execution            abc123               def456

results from
                   prepare              itself               abc123
                   check                itself               abc123

metrics
~ +0.025 better    accuracy             0.9                  0.925
~ +0.25            train: loss          0.25                 0.5

data
~ same place       prepare: raw         s3://b/raw/          s3://b/raw/
~ written between  prepare: new         s3://b/n             s3://b/n

code
~ differs          train: src/train.py  aaaaaaaaaa           bbbbbbbbbb
~ differs          git commit           cccccccccc           cccccccccc and changes

parameters
~ differs          epochs               10                   20

not known: the definition is gone
next:
  mlpipe models approve churn/3`)
})

it('says of every step that was taken over where it ran, of others nothing', () => {
  const shown = (before: Partial<typeof compared.before>, after: Partial<typeof compared.after>) => {
    const models = {before: {...compared.before, ...before}, after: {...compared.after, ...after}}
    const text = compareModelsView.human({...compared, ...models}, {width: 120, colour: false})
    const [, section = ''] = /^results from\n((?:.+\n)+)/m.exec(text) ?? []
    return section.split('\n').flatMap((line) => (line === '' ? [] : [line.trim().split(/ {2,}/)]))
  }
  expect(shown({}, {ranIn: ran('def456', 'def456')})).toEqual([])
  expect(shown({ranIn: ran('old111', 'abc123')}, {ranIn: ran('def456', 'abc123')})).toEqual([
    ['prepare', 'old111', 'itself'],
    ['check', 'old111', 'itself'],
    ['train', 'itself', 'abc123'],
    ['register', 'itself', 'abc123'],
  ])
  expect(shown({ranIn: []}, {})).toEqual([
    ['prepare', '-', 'abc123'],
    ['check', '-', 'abc123'],
  ])
})

it('of a file that went up in an archive alone, its own hash is shown, as lineage shows it', () => {
  const file = 'd'.repeat(64)
  const code = compared.code.map((row) =>
    row.before === undefined ? row : {...row, before: {...row.before, fileSha256: file}},
  )
  const shown = compareModelsView.human({...compared, code}, {width: 100, colour: false})
  expect(shown).toContain('train: src/train.py  dddddddddd           bbbbbbbbbb')
})

it.each([60, 72, 100])('nothing is wider than %d columns', (width) => {
  const views = [
    compareModelsView.human(compared, {width, colour: true}),
    deployModelView.human(deployed, {width, colour: true}),
  ]
  for (const line of views.join('\n').split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width)
})
