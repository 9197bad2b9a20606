import {gzipSync} from 'node:zlib'
import {describe, expect, it} from 'vitest'
import type {JsonObject} from '../../../../src/definition/json.ts'
import {csvReader} from '../../../../src/engine/runners/checks/csv.ts'
import {categoricalDistance, numericalDistance} from '../../../../src/engine/runners/checks/data/drift.ts'
import {sketchOf, weightedValues} from '../../../../src/engine/runners/checks/data/sketch.ts'
import {documents, profile} from './profiles.ts'

describe('CSV', () => {
  it.each([
    [
      'plain cells',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['empty cells at both ends', ',x,\n', [['', 'x', '']]],
    [
      'line ends of Windows, and none at the end',
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a comma and a doubled quote in quotes', '"a,""b""",c\n', [['a,"b"', 'c']]],
    [
      'a line break in quotes',
      '"a\nb",c\nd,e\n',
      [
        ['a\nb', 'c'],
        ['d', 'e'],
      ],
    ],
    ['a quoted cell that is empty', '"",x\n', [['', 'x']]],
    ['blank lines', 'a\n\n\nb\n', [['a'], ['b']]],
  ])('has %s', (_name, text, expected) => {
    for (const size of [1, 3, text.length]) {
      const rows: string[][] = []
      const reader = csvReader((cells) => rows.push(cells))
      for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size))
      reader.end()
      expect(rows).toEqual(expected)
    }
  })

  it('says that a quote is not closed', () => {
    const reader = csvReader(() => undefined)
    reader.push('a,"b\nc')
    expect(() => reader.end()).toThrow('a quoted cell is not closed')
  })
})

describe('columns', () => {
  it.each([
    ['whole numbers', ['1', '-2', '+3'], 'Integral'],
    ['one fraction among them', ['1', '2.5', '3'], 'Fractional'],
    ['an exponent', ['1e5', '2'], 'Fractional'],
    ['one text among numbers', ['1', 'x', '2.5'], 'String'],
    ['booleans', ['true', 'false'], 'String'],
    ['nothing', ['', 'NaN'], 'Unknown'],
  ])('of %s are inferred', async (_name, values, expected) => {
    const {columns} = await profile(`id,a\n${values.map((value) => `r,${value}`).join('\n')}\n`)
    expect(columns[1]?.type).toBe(expected)
  })

  it('are named _c0, _c1 … without a header', async () => {
    const {columns, rows} = await profile('1,2\n3,4\n', {kind: 'csv', header: 'none'})
    expect(columns.map(({name}) => name)).toEqual(['_c0', '_c1'])
    expect(rows).toBe(2)
  })

  it.each([
    ['JSON lines', '{"a": 1, "b": {"c": "x"}}\n\n{"a": null, "d": true}\n', {kind: 'jsonLines'}, 'data'],
    ['a JSON list', '[{"a": 1, "b": {"c": "x"}}, {"a": null, "d": true}]', {kind: 'json'}, 'data'],
    [
      'gzipped JSON lines',
      gzipSync('{"a": 1, "b": {"c": "x"}}\n{"a": null, "d": true}\n'),
      {kind: 'jsonLines'},
      'x.gz',
    ],
  ] as const)('come out of %s', async (_name, text, format, name) => {
    const {columns, rows} = await profile(text, format, name)
    expect(rows).toBe(2)
    expect(columns.map((column) => [column.name, column.type, column.missing])).toEqual([
      ['a', 'Integral', 1],
      ['b.c', 'String', 1],
      ['d', 'String', 1],
    ])
  })

  it('count distinct values beyond the limit of exactness to within 1 %', async () => {
    const count = 200_000
    const lines = Array.from({length: count}, (_none, index) => `value ${index}`)
    const {columns} = await profile(`a\n${lines.join('\n')}\n`)
    expect(Math.abs((columns[0]?.distinct ?? 0) - count)).toBeLessThan(count / 100)
    expect(columns[0]?.categories).toBeUndefined()
  })

  it('name the line that is no JSON', async () => {
    await expect(profile('{"a": 1}\nnonsense\n', {kind: 'jsonLines'})).rejects.toThrow(/line 2 is not a JSON object/)
  })
})

describe('statistics and constraints', () => {
  const text = 'n,kind\n1,x\n2,x\n3,y\n4,\n,y\n'

  it('have the numbers of a column of numbers', async () => {
    const {statistics} = documents(await profile(text))
    const [n] = statistics.features as JsonObject[]
    expect(n).toMatchObject({
      name: 'n',
      inferred_type: 'Integral',
      numerical_statistics: {
        common: {num_present: 4, num_missing: 1},
        mean: 2.5,
        sum: 10,
        min: 1,
        max: 4,
        std_dev: Math.sqrt(1.25),
        distribution: {kll: {sketch: {parameters: {c: 0.64, k: 2048}, data: [[1, 2, 3, 4]]}}},
      },
    })
    const numerical = n?.numerical_statistics as {distribution: {kll: {buckets: JsonObject[]}}} | undefined
    const buckets = numerical?.distribution.kll.buckets ?? []
    expect(buckets).toHaveLength(10)
    expect(buckets.map(({count}) => count)).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0, 1])
    expect(buckets[0]).toEqual({lower_bound: 1, upper_bound: 1.3, count: 1})
    expect(buckets[9]?.upper_bound).toBe(4)
  })

  it('have the values of a column of texts', async () => {
    const {statistics, constraints} = documents(await profile(text))
    expect((statistics.features as JsonObject[])[1]).toEqual({
      name: 'kind',
      inferred_type: 'String',
      string_statistics: {
        common: {num_present: 4, num_missing: 1},
        distinct_count: 2,
        distribution: {
          categorical: {
            buckets: [
              {value: 'x', count: 2},
              {value: 'y', count: 2},
            ],
          },
        },
      },
    })
    expect(constraints.features).toEqual([
      {name: 'n', inferred_type: 'Integral', completeness: 0.8, num_constraints: {is_non_negative: true}},
      {name: 'kind', inferred_type: 'String', completeness: 0.8, string_constraints: {domains: ['x', 'y']}},
    ])
  })

  it('suggest no domain for texts that do not repeat', async () => {
    const {constraints} = documents(await profile('a\nanna\nberta\nclara\n'))
    expect(constraints.features).toEqual([{name: 'a', inferred_type: 'String', completeness: 1}])
  })

  it('sketch many values with weights that add up', () => {
    const sorted = Float64Array.from({length: 10_001}, (_none, index) => index)
    const values = weightedValues(sketchOf(sorted))
    expect(values.reduce((sum, {weight}) => sum + weight, 0)).toBe(10_001)
    expect(values.length).toBeLessThanOrEqual(2048)
    let below = 0
    for (const {value, weight} of values) {
      below += weight
      expect(Math.abs(below - (value + 1))).toBeLessThan(8)
    }
  })
})

describe('distance', () => {
  const unit = (...values: number[]) => values.map((value) => ({value, weight: 1}))

  it.each([
    ['equal samples', unit(1, 2, 3), unit(1, 2, 3), 0],
    ['samples that do not meet', unit(1, 2), unit(3, 4), 1],
    ['half of the values moved beyond', unit(1, 2, 3, 4), unit(1, 2, 5, 6), 0.5],
    [
      'weights instead of repetition',
      [
        {value: 1, weight: 3},
        {value: 2, weight: 1},
      ],
      unit(1, 2),
      0.25,
    ],
  ])('of %s', (_name, left, right, expected) => {
    expect(numericalDistance(left, right, [left.length, right.length], 'Simple')).toBeCloseTo(expected, 12)
  })

  it('is corrected for chance by the robust method', () => {
    const distance = numericalDistance(unit(1, 2), unit(3, 4), [200, 800], 'Robust')
    expect(distance).toBeCloseTo(1 - 1.8 * Math.sqrt(1000 / 160_000), 12)
    expect(numericalDistance(unit(1, 2, 3, 4), unit(1, 2, 5, 6), [4, 4], 'Robust')).toBe(0)
  })

  it('of categories is the greatest difference of shares', () => {
    const before = new Map([
      ['x', 50],
      ['y', 50],
    ])
    const after = new Map([
      ['x', 20],
      ['y', 50],
      ['z', 30],
    ])
    expect(categoricalDistance(before, after, 'Simple')).toBeCloseTo(0.3, 12)
  })
})
