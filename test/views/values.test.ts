import {describe, expect, it} from 'vitest'
import {cutMiddle, flow, wrap} from '../../src/views/flow.ts'
import {displayWidth} from '../../src/views/style.ts'
import {changeText, shortPair, shortValue, valueText} from '../../src/views/values.ts'
import {fc, runs} from '../support/properties.ts'

const hash = (digit: string) => digit.repeat(64)

describe('a value', () => {
  it.each([
    ['text', 'text'],
    ['two words', 'two words'],
    ['', '""'],
    [' edge', '" edge"'],
    ['line\nbreak', '"line\\nbreak"'],
    [5, '5'],
    [null, 'null'],
    [['a', 1], '["a",1]'],
    [{Get: 'Parameters.epochs'}, '${Parameters.epochs}'],
    [
      {'Std:Join': {On: '/', Values: ['s3://b', {Get: 'Execution.PipelineExecutionId'}, 'out']}},
      's3://b/${Execution.PipelineExecutionId}/out',
    ],
    [
      {'Std:JsonGet': {PropertyFile: {Get: 'Steps.evaluate.PropertyFiles.metrics'}, Path: 'accuracy'}},
      '${Steps.evaluate.PropertyFiles.metrics: accuracy}',
    ],
    [{Get: 'a', Other: 'b'}, '{"Get":"a","Other":"b"}'],
    ['\0CurrentDateTime', '${Execution.CurrentDateTime}'],
  ])('%j reads as %s', (value, text) => {
    expect(valueText(value)).toBe(text)
  })

  it('has its content hash cut as git does', () => {
    expect(shortValue(`s3://b/p/code/${hash('3')}/x.py`, 80)).toBe('s3://b/p/code/33333333…/x.py')
  })

  it('that is long keeps both ends', () => {
    expect(shortValue('abcdefghijklmnopqrstuvwxyz', 13)).toBe('abcdef…uvwxyz')
  })
})

describe('two values', () => {
  it.each([
    [
      `s3://bucket/pipeline/code/${hash('3')}/x.py`,
      `s3://bucket/pipeline/code/${hash('b')}/x.py`,
      80,
      '…/33333333…/x.py -> …/bbbbbbbb…/x.py',
    ],
    ['s3://b/a', 's3://b/c', 80, 's3://b/a -> s3://b/c'],
    ['true', true, 80, '"true" -> true'],
    [
      `${'x'.repeat(50)}1${'y'.repeat(50)}`,
      `${'x'.repeat(50)}2${'y'.repeat(50)}`,
      30,
      '…xxxx1yyyyyy… -> …xxxx2yyyyyy…',
    ],
  ])('%s and %s', (before, after, room, text) => {
    expect(changeText(before, after, room)).toBe(text)
  })

  it('that begin with the same digits of a hash show more of them', () => {
    const [left, right] = shortPair(`${'a'.repeat(40)}1${'a'.repeat(23)}`, `${'a'.repeat(40)}2${'a'.repeat(23)}`, 40)
    expect([left, right]).toEqual(['…aaaaaa1aaaaaaaaa…', '…aaaaaa2aaaaaaaaa…'])
  })

  it('one of which is missing are told in words', () => {
    expect(changeText(undefined, 5, 40)).toBe('added: 5')
    expect(changeText(5, undefined, 40)).toBe('removed, was 5')
  })

  it('that differ never read the same', () => {
    const value = fc.oneof(fc.string({unit: 'binary', maxLength: 200}), fc.integer(), fc.boolean(), fc.constant(null))
    const near = fc
      .tuple(
        fc.string({maxLength: 90}),
        fc.string({maxLength: 3}),
        fc.string({maxLength: 3}),
        fc.string({maxLength: 90}),
      )
      .map(([head, left, right, tail]): [string, string] => [head + left + tail, head + right + tail])
    fc.assert(
      fc.property(fc.oneof(fc.tuple(value, value), near), fc.integer({min: 10, max: 120}), ([before, after], room) => {
        fc.pre(JSON.stringify(before) !== JSON.stringify(after))
        const [left, right] = shortPair(before, after, room)
        expect(left).not.toBe(right)
      }),
      {numRuns: runs(2000)},
    )
  })
})

describe('text that flows', () => {
  it('keeps every word and no line over the width', () => {
    const word = fc.stringMatching(/^[a-z]{1,20}$/)
    fc.assert(
      fc.property(
        fc.array(fc.array(word, {minLength: 1, maxLength: 8}), {maxLength: 6}),
        fc.integer({min: 30, max: 90}),
        (pieces, width) => {
          const texts = pieces.map((words) => words.join(' '))
          const lines = flow(
            texts.map((text) => ({text})),
            width,
            4,
          )
          expect(lines.filter((line) => displayWidth(line) > width)).toEqual([])
          expect(lines.join(' ').split(/\s+/).filter(Boolean)).toEqual(pieces.flat())
        },
      ),
    )
  })

  it('breaks a path that is too long after a dot or a slash', () => {
    expect(wrap('ProcessingResources.ClusterConfig.InstanceType', 36)).toEqual([
      'ProcessingResources.ClusterConfig.',
      'InstanceType',
    ])
  })

  it('cuts what cannot be broken', () => {
    expect(cutMiddle('中文中文中文中文', 7)).toBe('中文中…')
    expect(wrap('abcdefghij', 5)).toEqual(['ab…ij'])
  })
})
