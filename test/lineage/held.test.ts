// Whether a run took an object: by what lay at its place then, and what lies there today.

import {describe, expect, it} from 'vitest'
import {heldThen, type PlacedObject} from '../../src/lineage/held.ts'

const taken = (uri: string, fingerprint = 'f'.repeat(64)) => ({
  ...{name: 'new', uri},
  content: {kind: 'fingerprint' as const, value: fingerprint},
})
const objects = (...pairs: readonly string[]): PlacedObject[] =>
  pairs.map((pair) => ({key: pair.split(' ')[0] ?? '', etag: pair.split(' ')[1] ?? ''}))
const [one, other] = ['1'.repeat(32), `${'2'.repeat(32)}-3`]

describe('with a listing', () => {
  it.each([
    ['an object that lay there', 's3://b/in/', 's3://b/in/a.csv', ['in/a.csv 1'], ['in/a.csv 1'], 'same'],
    ['one that was overwritten', 's3://b/in/', 's3://b/in/a.csv', ['in/a.csv 1'], ['in/a.csv 2'], 'changed'],
    ['one that was deleted', 's3://b/in/', 's3://b/in/a.csv', ['in/a.csv 1'], [], 'gone'],
    ['one that came later', 's3://b/in/', 's3://b/in/b.csv', ['in/a.csv 1'], ['in/a.csv 1', 'in/b.csv 1'], 'absent'],
    ['one with a longer name', 's3://b/in/', 's3://b/in/a', ['in/a.csv 1'], ['in/a.csv 1'], 'absent'],
    [
      'a key that begins with the prefix',
      's3://b/in/p',
      's3://b/in/p-1.csv',
      ['in/p-1.csv 1'],
      ['in/p-1.csv 1'],
      'same',
    ],
    ['a folder below', 's3://b/in/', 's3://b/in/x', ['in/x/a 1', 'in/y 1'], ['in/x/a 1', 'in/y 2'], 'same'],
    ['a folder that has grown', 's3://b/in/', 's3://b/in/x/', ['in/x/a 1'], ['in/x/a 1', 'in/x/b 1'], 'changed'],
    ['the folder that a console drew', 's3://b/in/', 's3://b/in/', ['in/a 1'], ['in/ 0', 'in/a 1'], 'same'],
    ['a place above', 's3://b/in/', 's3://b', ['in/a 1'], ['in/a 1', 'out/a 1'], 'same'],
  ])('%s', (_name, place, uri, then, today, held) => {
    expect(heldThen({uri, taken: taken(place), listing: objects(...then), today: objects(...today)})).toBe(held)
  })

  it('what may not be read today was taken all the same', () => {
    expect(heldThen({uri: 's3://b/in/a', taken: taken('s3://b/in/'), listing: objects('in/a 1')})).toBeUndefined()
  })
})

describe('without a listing', () => {
  it.each([
    ['below the place', 's3://b/in/', 's3://b/in/a', undefined, [], 'place-only'],
    ['the place itself', 's3://b/in/', 's3://b/in', undefined, [], undefined],
    ['the one object, by its ETag', 's3://b/in/a', 's3://b/in/a', one, [`in/a ${one}`], 'same'],
    ['the one object in parts, by its ETag', 's3://b/in/a', 's3://b/in/a', other, [`in/a ${other}`], 'same'],
    ['the one object, with another ETag', 's3://b/in/a', 's3://b/in/a', one, [`in/a ${other}`], 'changed'],
    ['the one object, which is there no more', 's3://b/in/a', 's3://b/in/a', one, [], 'gone'],
    ['many objects, by an ETag', 's3://b/in/', 's3://b/in/', one, ['in/a 1', 'in/b 1'], undefined],
    ['the one object, by a time', 's3://b/in/a', 's3://b/in/a', '2026-01-01T00:00:00Z', [`in/a ${one}`], undefined],
  ])('%s', (_name, place, uri, fingerprint, today, held) => {
    expect(heldThen({uri, taken: taken(place, fingerprint), today: objects(...today)})).toBe(held)
  })
})
