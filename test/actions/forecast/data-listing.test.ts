import {createHash} from 'node:crypto'
import {expect, it} from 'vitest'
import {digestOf, listingChanges, listingText, parseListing} from '../../../src/actions/forecast/data-listing.ts'
import type {ObjectFacts} from '../../../src/cloud/ports.ts'
import {fc} from '../../support/properties.ts'

const uri = 's3://lake/raw/'
const a: ObjectFacts = {key: 'raw/a', etag: 'aa', size: 1}
const b: ObjectFacts = {key: 'raw/b', etag: 'bb', size: 2}
const c: ObjectFacts = {key: 'raw/c', etag: 'cc', size: 3}

const object = fc.record({key: fc.string({unit: 'binary'}), etag: fc.string(), size: fc.nat()})
const objects = fc.uniqueArray(object, {selector: ({key}) => key})

it('is the SHA-256 of keys, ETags and sizes, sorted by key', () => {
  const text = `{"uri":"${uri}","objects":[\n{"key":"raw/a","etag":"aa","size":1},\n{"key":"raw/b","etag":"bb","size":2}\n]}\n`
  expect(digestOf(listingText({uri, objects: [b, a]}))).toBe(createHash('sha256').update(text).digest('hex'))
})

it('does not depend on the order of the listing', () => {
  fc.assert(
    fc.property(
      objects.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, {minLength: all.length}))),
      ([all, shuffled]) => {
        expect(listingText({uri, objects: shuffled})).toBe(listingText({uri, objects: all}))
      },
    ),
  )
})

it('comes back from its text, and from no other', () => {
  fc.assert(
    fc.property(objects, (all) => {
      const text = listingText({uri, objects: all})
      expect(new Set(parseListing(text, digestOf(text))?.objects)).toEqual(new Set(all))
    }),
  )
  expect(parseListing('{}', digestOf('[]'))).toBeUndefined()
})

it.each([
  ['nothing', [a, b], [b, a], {added: 0, changed: 0, removed: 0}],
  ['an object more', [a], [a, b], {added: 1, changed: 0, removed: 0}],
  ['an object less', [a, b], [b], {added: 0, changed: 0, removed: 1}],
  ['other content of the same size', [a, b], [a, {...b, etag: 'xx'}], {added: 0, changed: 1, removed: 0}],
  ['another size', [a], [{...a, size: 9}], {added: 0, changed: 1, removed: 0}],
  ['everything else', [a, b], [c], {added: 1, changed: 0, removed: 2}],
])('counts %s', (_name, before, after, expected) => {
  expect(listingChanges({uri, objects: before}, {uri, objects: after})).toEqual(expected)
})

it('does not compare two places', () => {
  expect(listingChanges({uri: 's3://lake/old/', objects: [a]}, {uri, objects: [a]})).toBeUndefined()
})
