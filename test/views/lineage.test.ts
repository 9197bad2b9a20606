// The tree of a lineage at the widths that people have: nothing runs over the edge but what has to be copied whole.

import {describe, expect, it} from 'vitest'
import type {LineageResult, LineageStep} from '../../src/actions/lineage/lineage-result.ts'
import {lineageFileView, lineageView} from '../../src/views/lineage.ts'
import {displayWidth} from '../../src/views/style.ts'

const arn = (id: string) => `arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn/execution/${id}`
const named = (execution: string, step: string) => ({execution, executionArn: arn(execution), step})
const hash = (digit: string) => digit.repeat(64)

function step(execution: string, name: string, more: Partial<LineageStep> = {}): LineageStep {
  return {
    ...named(execution, name),
    type: 'Processing',
    status: 'Succeeded',
    agoSeconds: 7200,
    durationSeconds: 61,
    takenOverBy: [],
    inputs: [],
    code: [],
    outputs: [],
    parameters: [],
    hyperparameters: [],
    environment: [],
    metrics: [],
    after: [],
    ...more,
  }
}

const result: LineageResult = {
  formatVersion: 1,
  pipeline: 'churn',
  target: 'prod',
  direction: 'upstream',
  subject: {kind: 'model', name: 'churn/7', arn: 'arn:aws:sagemaker:us-east-1:111122223333:model-package/churn/7'},
  notes: [],
  steps: [
    step('aaaaaaaaaaaa', 'prepare', {
      takenOverBy: [{execution: 'bbbbbbbbbbbb', executionArn: arn('bbbbbbbbbbbb'), how: 'cached'}],
      inputs: [
        {
          name: 'raw',
          uri: `s3://b/churn/data/${hash('1')}/rows.csv`,
          content: {kind: 'content-hash', value: hash('1')},
          file: 'data/rows.csv',
        },
        {
          name: 'lake',
          uri: 's3://a-lake/with/a/rather/long/prefix/of/partitions/year=2026/',
          content: {kind: 'fingerprint', value: hash('2')},
        },
      ],
      code: [
        {
          name: 'code',
          uri: `s3://b/churn/code/${hash('3')}/p.py`,
          content: {kind: 'content-hash', value: hash('3')},
          file: 'src/p.py',
        },
      ],
    }),
    step('bbbbbbbbbbbb', 'train', {
      type: 'Training',
      inputs: [{name: 'train', uri: 's3://b/x', madeBy: named('aaaaaaaaaaaa', 'prepare')}],
      hyperparameters: Array.from({length: 9}, (_, index) => ({name: `setting-${index}`, value: `${index}`.repeat(8)})),
      metrics: [{name: 'accuracy', value: 0.9649122807}],
    }),
    step('bbbbbbbbbbbb', 'broken', {status: 'Failed', simulated: 'a rehearsal'}),
  ],
  executions: [
    {
      ...{execution: 'bbbbbbbbbbbb', arn: arn('bbbbbbbbbbbb'), pipeline: 'churn', status: 'Succeeded'},
      ...{startedAt: '2026-01-01T10:00:00.000Z', agoSeconds: 7200, parameters: [{name: 'epochs', value: '3'}]},
    },
    {
      ...{execution: 'aaaaaaaaaaaa', arn: arn('aaaaaaaaaaaa'), pipeline: 'churn', status: 'Succeeded'},
      ...{startedAt: '2026-01-01T09:00:00.000Z', agoSeconds: 10_800, parameters: []},
      origin: {gitCommit: 'c0ffee'.repeat(6), gitDirty: true, from: 'tags'},
    },
  ],
  models: [
    {
      model: 'churn/7',
      arn: 'arn:aws:sagemaker:us-east-1:111122223333:model-package/churn/7',
      approval: 'Approved',
      approvalReason: 'looked at\u001B[2J by two',
      createdAt: '2026-01-01T10:00:00.000Z',
      agoSeconds: 7200,
      metrics: [{name: 'accuracy', value: 0.9649122807}],
      registeredBy: named('bbbbbbbbbbbb', 'register'),
      endpoints: ['churn-prod'],
    },
  ],
  gaps: Array.from({length: 20}, (_, index) => `the execution e${index} of churn is there no more`),
  next: [],
}

const text = (width: number, shown: LineageResult = result) => lineageView('tree').human(shown, {width, colour: false})

describe('the tree', () => {
  it.each([60, 72, 100])('fits %i columns', (width) => {
    const wide = text(width)
      .split('\n')
      .filter((line) => displayWidth(line) > width)
    expect(wide).toEqual([])
  })

  it('goes from the model back, and says what was cached and where it really ran', () => {
    const shown = text(120)
    const order = [
      'model churn/7: what made it',
      'approval',
      'train  Training',
      'prepare  Processing',
      'executions',
      'not followed',
    ]
    expect(order.map((part) => shown.indexOf(part))).toEqual(
      order.map((part) => shown.indexOf(part)).toSorted((a, b) => a - b),
    )
    expect(order.every((part) => shown.includes(part))).toBe(true)
    expect(shown).toContain('prepare  Processing  cached: really ran in aaaaaaaaaaaa, 2 hours ago (1 min 01 s)')
    expect(shown).toContain('train from prepare (aaaaaaaaaaaa)')
    expect(shown).toContain('raw  data/rows.csv  sha256:111111111111')
    expect(shown).toContain('fingerprint:222222222222')
    expect(shown).toContain('src/p.py  sha256:333333333333  commit c0ffeec0 + changes')
    expect(shown).toContain('commit c0ffeec0ffee with changes that were not committed')
    expect(shown).toContain("(as the pipeline's tags say)")
    expect(shown).toContain('not known: no note of a deploy was found')
    expect(shown).toContain('churn-prod')
  })

  it.each([
    [{state: 'gone'}, 'nothing lies there today'],
    [{state: 'written-since', writtenAt: '2026-01-02T03:04:05.678Z'}, 'written since (2026-01-02 03:04:05 UTC)'],
    [
      {state: 'written-meanwhile', writtenAt: '2026-01-02T03:04:05.000Z'},
      'written after the step began (2026-01-02 03:04:05 UTC)',
    ],
    [
      {state: 'written-since', writtenAt: '2026-01-02T03:04:05.000Z', among: {newer: 2, objects: 12, isCut: false}},
      '2 of 12 objects there written since (last 2026-01-02 03:04:05 UTC)',
    ],
    [
      {state: 'written-since', writtenAt: '2026-01-02T03:04:05.000Z', among: {newer: 1, objects: 1000, isCut: true}},
      '1 of the first 1000 objects there written since (last 2026-01-02 03:04:05 UTC)',
    ],
    [{state: 'older', writtenAt: '2026-01-02T03:04:05.000Z'}, undefined],
    [undefined, undefined],
  ] as const)('tells of a place that only its URI tells of what stands there today: %j', (since, words) => {
    const inputs = [{name: 'raw', uri: 's3://lake/raw.csv', ...(since ? {since} : {})}]
    const told = words === undefined ? '' : `  ${words}`
    const [data] = text(150, {...result, steps: [step('aaaaaaaaaaaa', 'prepare', {inputs})]}).match(/data .*/) ?? []
    expect(data).toBe(`data  raw  s3://lake/raw.csv${told}`)
    const took = [
      {...named('aaaaaaaaaaaa', 'prepare'), input: 'raw', uri: 's3://lake/raw.csv', ...(since ? {since} : {})},
    ]
    const after = words === undefined ? '' : `, ${words}`
    expect(text(150, {...result, took})).toContain(`prepare aaaaaaaaaaaa  as raw${after}\n`)
  })

  it('obeys nothing that others wrote, and leaves out no gap silently', () => {
    expect(text(72)).not.toContain('\u001B')
    expect(text(72)).toContain('and 8 more, which --json tells')
  })

  it('downstream goes from the data on to the models', () => {
    const took = [
      {
        ...named('aaaaaaaaaaaa', 'prepare'),
        input: 'raw',
        uri: 's3://b/x',
        sha256: hash('1'),
        content: {kind: 'content-hash' as const, value: hash('1')},
      },
    ]
    const shown = text(72, {
      ...result,
      direction: 'downstream',
      subject: {kind: 'file', name: 'data/rows.csv', sha256: hash('9')},
      notes: [
        'data/rows.csv has changed since: execution aaaaaaaaaaaa used sha256:111111111111, it is sha256:999999999999 now',
      ],
      took,
    })
    expect(
      shown.startsWith('file data/rows.csv sha256:999999999999: what came of it\n! data/rows.csv has changed'),
    ).toBe(true)
    expect(shown).toContain('prepare aaaaaaaaaaaa  as raw, sha256:111111111111')
    expect(shown.indexOf('prepare  Processing')).toBeLessThan(shown.indexOf('train  Training'))
    expect(shown.indexOf('train  Training')).toBeLessThan(shown.indexOf('model churn/7'))
    expect(shown).toContain('taken over by bbbbbbbbbbbb')
  })
})

it('a document is printed as it is, and what went into a file is said in a line', () => {
  const shown = {...result, document: 'flowchart LR\n'}
  expect(lineageView('mermaid').human(shown, {width: 72, colour: true})).toBe('flowchart LR')
  expect(JSON.parse(lineageView('json').human(result, {width: 72, colour: true}))).toEqual(result)
  const line = lineageFileView('out.mmd').human(shown, {width: 72, colour: false})
  expect(line).toBe('out.mmd holds what lies upstream of churn/7 (3 step runs; 20 gaps)')
})
