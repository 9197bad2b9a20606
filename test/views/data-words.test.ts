import {expect, it} from 'vitest'
import type {DataReport} from '../../src/actions/forecast/forecast.ts'
import {tellData} from '../../src/views/data-words.ts'
import {describeParameters, diffView} from '../../src/views/diff.ts'
import {diffMarkdownView} from '../../src/views/diff-markdown.ts'
import {diffResult} from './forecasts.ts'

const data: DataReport = {
  step: 'prepare',
  input: 'raw',
  uri: 's3://lake/raw',
  parameter: 'fingerprint-prepare-raw',
  objects: 12,
  before: 'a'.repeat(64),
  after: 'b'.repeat(64),
}

it.each<[string, Partial<DataReport>, string]>([
  [
    'every kind of change',
    {added: 3, changed: 1, removed: 2},
    '3 objects added, 1 changed, 2 removed since the last run',
  ],
  ['one kind of change', {added: 0, changed: 1, removed: 0}, '1 object changed since the last run'],
  ['no change', {after: data.before ?? '', added: 0, changed: 0, removed: 0}, 'the same 12 objects as in the last run'],
  ['what is not known any more', {}, 'not what the last run saw; 12 objects now'],
])('tells %s', (_name, part, expected) => {
  const run = {...diffResult.run, data: [{...data, ...part}]}
  expect(tellData(run)).toEqual([`data in s3://lake/raw: ${expected}`])
})

it('tells data that nobody has looked at before', () => {
  const {before: _before, ...first} = data
  expect(tellData({...diffResult.run, data: [{...first, objects: 1}]})).toEqual([
    'data in s3://lake/raw: 1 object, looked at for the first time',
  ])
})

it('tells a place that two steps read once, in both views, and no digest among the parameters', () => {
  const parameters = [
    {name: 'epochs', value: '50', isDefault: false},
    {name: data.parameter, value: data.after, isDefault: false},
  ]
  const changed = {...data, added: 1, changed: 0, removed: 0}
  const run = {...diffResult.run, parameters, data: [changed, {...changed, step: 'train'}]}
  expect(describeParameters(run)).toBe('of the spec as it is now, with epochs=50')
  for (const view of [diffView, diffMarkdownView]) {
    const text = view.human({...diffResult, run}, {width: 100, colour: false})
    expect(text.split('1 object added since the last run')).toHaveLength(2)
    expect(text).not.toContain(data.parameter)
  }
})
