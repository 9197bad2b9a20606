import {describe, expect, it} from 'vitest'
import {displayWidth, painter, stripColour, truncate} from '../../src/views/style.ts'
import {alignRows, fields, table} from '../../src/views/table.ts'
import {ago, bytes, count, duration, shortNumber} from '../../src/views/time.ts'

const paint = painter(true)

describe('columns that a text takes', () => {
  // Widths as in Unicode Standard Annex 11 (East Asian Width).
  it.each([
    ['ASCII', 'train', 5],
    ['accents as one letter', 'Tübingen', 8],
    ['accents as two code points', 'Tu\u0308bingen', 8],
    ['Chinese', '訓練', 4],
    ['Korean', '훈련', 4],
    ['an emoji of several code points', '👩‍🔬', 2],
    ['colours', paint.red('train'), 5],
    ['nothing', '', 0],
  ])('%s', (_name, text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})

describe('cutting', () => {
  it.each([
    ['short enough', 'train', 5, 'train'],
    ['too long', 'evaluate', 5, 'eval…'],
    ['wide letters are not cut in half', '訓練訓練', 4, '訓…'],
    ['one column', 'train', 1, '…'],
    ['no column', 'train', 0, ''],
    ['no limit', 'train', Number.POSITIVE_INFINITY, 'train'],
  ])('%s', (_name, text, width, cut) => {
    expect(truncate(text, width)).toBe(cut)
  })

  it('closes a colour that it cuts', () => {
    expect(truncate(paint.red('evaluate'), 5)).toBe('\u001B[31meval…\u001B[0m')
    expect(stripColour(truncate(paint.red('evaluate'), 5))).toBe('eval…')
  })
})

it('colours are nothing when there is no colour', () => {
  expect(painter(false).red('x')).toBe('x')
  expect(paint.red('')).toBe('')
})

it('aligns on what is seen, not on characters', () => {
  expect(
    alignRows(
      [
        ['訓練', 'a'],
        ['x', 'b'],
        [paint.red('abc'), 'c'],
      ],
      80,
    ).map(stripColour),
  ).toEqual(['訓練  a', 'x     b', 'abc   c'])
})

it('a table has its head over its columns and is cut at the edge', () => {
  expect(table(['NAME', 'REASON'], [['train', 'AlgorithmError']], 16)).toBe('NAME   REASON\ntrain  Algorith…')
})

it('fields without a value are left out', () => {
  expect(
    fields(
      [
        ['a', '1'],
        ['long', undefined],
        ['b', ''],
      ],
      80,
    ),
  ).toEqual(['a  1'])
})

it.each([
  [0, '0.00 s'],
  [0.354, '0.35 s'],
  [0.999, '1.0 s'],
  [4.24, '4.2 s'],
  [59.97, '1 min 00 s'],
  [65, '1 min 05 s'],
  [3599.6, '1 h 00 min'],
  [7380, '2 h 03 min'],
  [273_600, '3 d 4 h'],
])('%d seconds is %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})

it.each([
  [0, 'just now'],
  [12.7, '12 seconds ago'],
  [60, '1 minute ago'],
  [3599, '59 minutes ago'],
  [3600, '1 hour ago'],
  [172_800, '2 days ago'],
])('%d seconds back is %s', (seconds, text) => {
  expect(ago(seconds)).toBe(text)
})

it.each([
  [512, '512 B'],
  [1536, '1.5 KiB'],
  [52_428_800, '50 MiB'],
])('%d bytes is %s', (amount, text) => {
  expect(bytes(amount)).toBe(text)
})

it.each([
  [0.9649122807017544, '0.964912'],
  [200, '200'],
  [1e-7, '1e-7'],
  [123456789.5, '123457000'],
])('%d is shown as %s', (value, text) => {
  expect(shortNumber(value)).toBe(text)
})

it('one is singular', () => {
  expect([count(0, 'step'), count(1, 'step'), count(2, 'step')]).toEqual(['0 steps', '1 step', '2 steps'])
})

it('a value goes on below itself: a text between its words, a list between its items, a long word whole', () => {
  const pairs = [
    ['steps', 'prepare, train, evaluate'],
    ['metrics', ['train:', 'loss 0.081,', 'accuracy 0.99']],
    ['arn', 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn'],
  ] as const
  expect(fields(pairs, 30)).toEqual([
    'steps    prepare, train,',
    '         evaluate',
    'metrics  train: loss 0.081,',
    '         accuracy 0.99',
    'arn      arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn',
  ])
})
