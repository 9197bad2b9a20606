import {expect, it} from 'vitest'
import {nearestName, suggestName} from '../../src/text/nearest-name.ts'

it.each([
  ['trian', ['train', 'test'], 'train'],
  ['Train', ['train', 'test'], 'train'],
  ['outptus', ['inputs', 'outputs'], 'outputs'],
  ['x', ['train', 'test'], undefined],
  ['banana', ['train', 'test'], undefined],
  ['ab', ['abcdef'], undefined],
  ['nmae', ['name'], 'name'],
  ['code', ['role', 'cache'], undefined],
])('the name nearest to %j among %j is %j', (name, known, nearest) => {
  expect(nearestName(name, known)).toBe(nearest)
})

it('lists what is known when nothing is near, and says nothing when nothing is known', () => {
  expect(suggestName('banana', ['train', 'test'])).toBe('known: train, test')
  expect(suggestName('banana', [])).toBeUndefined()
  expect(
    suggestName(
      'banana',
      Array.from({length: 14}, (_, index) => `step${index}`),
    ),
  ).toMatch(/step11, and 2 more$/)
})
