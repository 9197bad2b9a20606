// What differs between two values, checked on cases by hand and by laws that an independent reading of values states.

import {describe, expect, it} from 'vitest'
import {canonicalJson, isJsonObject, type Json} from '../../src/definition/json.ts'
import {type Difference, jsonDifferences, jsonLeaves} from '../../src/definition/json-difference.ts'
import {parsePropertyPath} from '../../src/definition/property-path.ts'
import {fc, runs} from '../support/properties.ts'

const input = (name: string, uri: Json) => ({InputName: name, S3Input: {S3Uri: uri}})

it.each<[string, Json | undefined, Json | undefined, Difference[]]>([
  ['nothing, in equal values', {a: [1, {b: null}]}, {a: [1, {b: null}]}, []],
  ['nothing, when members stand in another order', {a: 1, b: 2}, {b: 2, a: 1}, []],
  ['a changed member', {a: {b: 1}}, {a: {b: 2}}, [{path: 'a.b', before: 1, after: 2}]],
  ['a removed member', {a: 1, b: 2}, {a: 1}, [{path: 'b', before: 2}]],
  [
    'an added member, after what was there',
    {b: 1},
    {a: 2, b: 3},
    [
      {path: 'b', before: 1, after: 3},
      {path: 'a', after: 2},
    ],
  ],
  ['null, which is a value', {a: null}, {}, [{path: 'a', before: null}]],
  ['a value of another kind, as one', {a: {b: 1}}, {a: [1]}, [{path: 'a', before: {b: 1}, after: [1]}]],
  ['an empty object beside an empty list', {a: {}}, {a: []}, [{path: 'a', before: {}, after: []}]],
  ['an object that comes, as one', {}, {a: {b: {c: 1}}}, [{path: 'a', after: {b: {c: 1}}}]],
  [
    'elements by place, when they have no names',
    {args: ['--seed', '7']},
    {args: ['--seed', '8']},
    [{path: 'args[1]', before: '7', after: '8'}],
  ],
  ['a longer list', ['a'], ['a', 'b'], [{path: '[1]', after: 'b'}]],
  ['the whole, at the top', 1, 2, [{path: '', before: 1, after: 2}]],
  ['the whole, that was not there', undefined, {a: 1}, [{path: '', after: {a: 1}}]],
  ['nothing, between nothing and nothing', undefined, undefined, []],
])('finds %s', (_what, before, after, expected) => {
  expect(jsonDifferences(before, after)).toEqual(expected)
})

describe('elements that carry a name', () => {
  it('are compared by it, wherever they stand', () => {
    const before = {ProcessingInputs: [input('raw', 's3://b/1'), input('code', 's3://b/c')]}
    const after = {ProcessingInputs: [input('code', 's3://b/c'), input('raw', 's3://b/2')]}
    expect(jsonDifferences(before, after)).toEqual([
      {path: "ProcessingInputs['raw'].S3Input.S3Uri", before: 's3://b/1', after: 's3://b/2'},
    ])
  })

  it('come and go as one', () => {
    expect(jsonDifferences([input('a', 'x')], [input('b', 'x')])).toEqual([
      {path: "['a']", before: input('a', 'x')},
      {path: "['b']", after: input('b', 'x')},
    ])
  })

  it('are each an addition to an empty list', () => {
    expect(jsonDifferences({Outputs: []}, {Outputs: [{OutputName: 'train'}]})).toEqual([
      {path: "Outputs['train']", after: {OutputName: 'train'}},
    ])
  })

  it('are compared by place when a name stands twice', () => {
    const twice = [
      {Name: 'a', Regex: 'x'},
      {Name: 'a', Regex: 'y'},
    ]
    expect(jsonDifferences(twice, [...twice].reverse()).map(({path}) => path)).toEqual(['[0].Regex', '[1].Regex'])
  })
})

describe('a reference', () => {
  it.each<[string, Json, Json]>([
    ['Get', {Get: 'Parameters.a'}, {Get: 'Parameters.b'}],
    ['Std:Join', {'Std:Join': {On: '', Values: ['a']}}, {'Std:Join': {On: '/', Values: ['a']}}],
    ['Std:JsonGet', {'Std:JsonGet': {Path: 'a'}}, {'Std:JsonGet': {Path: 'b'}}],
    ['Get beside a value', {Get: 'Parameters.a'}, 'a'],
  ])('is one value: %s', (_kind, before, after) => {
    expect(jsonDifferences({x: before}, {x: after})).toEqual([{path: 'x', before, after}])
  })

  it('equals itself whatever the order of its members', () => {
    const join = {'Std:Join': {On: '', Values: [1]}}
    expect(jsonDifferences(join, {'Std:Join': {Values: [1], On: ''}})).toEqual([])
  })

  it('is no object that happens to have a member called Get', () => {
    expect(jsonDifferences({Get: '1', Put: '2'}, {Get: '1', Put: '3'})).toEqual([
      {path: 'Put', before: '2', after: '3'},
    ])
  })
})

it('writes names that are none for a dotted path in brackets', () => {
  expect(jsonDifferences({}, {'a.b': 1, 'c d': 2, '': 3}).map(({path}) => path)).toEqual(["['a.b']", 'c d', "['']"])
})

describe('single values', () => {
  it.each<[string, Json, {path: string; value: Json}[]]>([
    [
      'of an object, in its order',
      {b: 1, a: {c: null}},
      [
        {path: 'b', value: 1},
        {path: 'a.c', value: null},
      ],
    ],
    [
      'of elements, by name',
      [input('raw', 's3://b')],
      [
        {path: "['raw'].InputName", value: 'raw'},
        {path: "['raw'].S3Input.S3Uri", value: 's3://b'},
      ],
    ],
    [
      'of a list, by place',
      ['x', 'y'],
      [
        {path: '[0]', value: 'x'},
        {path: '[1]', value: 'y'},
      ],
    ],
    ['that are references', {a: {Get: 'Parameters.a'}}, [{path: 'a', value: {Get: 'Parameters.a'}}]],
    [
      'that are empty',
      {a: {}, b: []},
      [
        {path: 'a', value: {}},
        {path: 'b', value: []},
      ],
    ],
    ['that are all there is', 1, [{path: '', value: 1}]],
  ])('%s', (_what, json, expected) => {
    expect(jsonLeaves(json)).toEqual(expected)
  })

  it('have the path that leads to them put before theirs', () => {
    const below = [{kind: 'member', name: 'Environment'}] as const
    expect(jsonLeaves({STAGE: 'dev'}, below)).toEqual([{path: 'Environment.STAGE', value: 'dev'}])
  })
})

describe('laws', () => {
  it('every difference leads to a single value or to something that holds some', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const paths = [...jsonLeaves(a), ...jsonLeaves(b)].map(({path}) => path)
        for (const {path} of jsonDifferences(a, b)) expect(paths.some((leaf) => leaf.startsWith(path))).toBe(true)
      }),
    )
  })

  it('a value does not differ from itself, in any order of members and named elements', () => {
    fc.assert(
      fc.property(value, (a) => {
        expect(jsonDifferences(a, reversed(a))).toEqual([])
      }),
    )
  })

  it('something differs exactly when the values differ apart from order', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(jsonDifferences(a, b).length === 0).toBe(canonicalJson(ordered(a)) === canonicalJson(ordered(b)))
      }),
      {numRuns: runs(500)},
    )
  })

  it('swapped sides swap before and after', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const swapped = jsonDifferences(b, a).map(({path, ...sides}) => ({
          path,
          ...('after' in sides ? {before: sides.after} : {}),
          ...('before' in sides ? {after: sides.before} : {}),
        }))
        expect(sorted(swapped)).toEqual(sorted(jsonDifferences(a, b)))
      }),
      {numRuns: runs(500)},
    )
  })

  it('what differs, put into the one value, gives the other', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(canonicalJson(ordered(patched(a, jsonDifferences(a, b))))).toBe(canonicalJson(ordered(b)))
      }),
      {numRuns: runs(500)},
    )
  })
})

// Few names and values, so that two values often share parts.
const leaf = fc.constantFrom<Json>(null, true, 0, 1, 'x', 'y', {Get: 'Parameters.a'}, {Get: 'Parameters.b'}, {}, [])
const {value} = fc.letrec<{value: Json; named: Json}>((tie) => ({
  named: fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(tie('value'))), {
      selector: ([name]) => name,
      maxLength: 3,
    })
    .map((elements) => elements.map(([Name, Value]): Json => (Value === null ? {Name} : {Name, Value}))),
  value: fc.oneof(
    {maxDepth: 4, depthSize: 'small'},
    leaf,
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), {maxKeys: 3}),
    fc.array(tie('value'), {maxLength: 3}),
    tie('named'),
  ),
}))

/** Members and uniquely named elements the other way round. */
function reversed(json: Json): Json {
  if (Array.isArray(json)) return isNamed(json) ? json.map(reversed).reverse() : json.map(reversed)
  if (!isJsonObject(json)) return json
  return Object.fromEntries(
    Object.entries(json)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  )
}

/** Uniquely named elements sorted by their names. */
function ordered(json: Json): Json {
  if (Array.isArray(json)) {
    const list = json.map(ordered)
    return isNamed(json) ? list.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) : list
  }
  if (!isJsonObject(json)) return json
  return Object.fromEntries(Object.entries(json).map(([name, member]) => [name, ordered(member)]))
}

function isNamed(list: readonly Json[]): boolean {
  const names = list.map(nameOf)
  return names.every((name) => name !== '') && new Set(names).size === names.length
}

function nameOf(json: Json): string {
  return isJsonObject(json) && typeof json.Name === 'string' ? json.Name : ''
}

function sorted(differences: readonly Difference[]): Difference[] {
  return [...differences].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Changes and additions in their order, removals from the back, so that places in lists stay right. */
function patched(json: Json, differences: readonly Difference[]): Json {
  const removals = differences.filter(({after}) => after === undefined).reverse()
  const rest = differences.filter(({after}) => after !== undefined)
  return [...rest, ...removals].reduce<Json>(
    (patch, {path, after}) => withPart(patch, path === '' ? [] : (parsePropertyPath(path) ?? []), after) ?? null,
    json,
  )
}

function withPart(
  json: Json,
  path: NonNullable<ReturnType<typeof parsePropertyPath>>,
  part: Json | undefined,
): Json | undefined {
  const [segment, ...rest] = path
  if (!segment) return part
  if (segment.kind === 'member' && isJsonObject(json)) {
    const {[segment.name]: old = null, ...others} = json
    const renewed = withPart(old, rest, part)
    return renewed === undefined ? others : {...others, [segment.name]: renewed}
  }
  if (!Array.isArray(json) || segment.kind === 'member') throw new Error('the path leads nowhere')
  const list: Json[] = [...json]
  const found = segment.kind === 'index' ? segment.index : list.findIndex((element) => nameOf(element) === segment.key)
  const at = found < 0 ? list.length : found
  const renewed = withPart(list[at] ?? null, rest, part)
  list.splice(at, 1, ...(renewed === undefined ? [] : [renewed]))
  return list
}
