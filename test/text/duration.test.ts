import fc from 'fast-check'
import {expect, it} from 'vitest'
import {durationSeconds, isoDuration, parseDuration} from '../../src/text/duration.ts'

// The ISO forms are those of ISO 8601; in the short forms `m` is minutes, as design decided, never months.
it.each([
  ['30d', 'P30D'],
  ['12h', 'PT12H'],
  ['90m', 'PT1H30M'],
  ['45s', 'PT45S'],
  ['1w', 'P7D'],
  ['1d12h', 'P1DT12H'],
  ['2d 3h 4m 5s', 'P2DT3H4M5S'],
  ['P30D', 'P30D'],
  ['P1Y2M', 'P1Y2M'],
  ['PT90M', 'PT1H30M'],
  ['P30M', 'P30M'],
  ['P2W', 'P14D'],
])('reads %s as %s', (text, iso) => {
  const duration = parseDuration(text)
  expect(duration && isoDuration(duration)).toBe(iso)
})

it.each([
  '',
  ' ',
  '0d',
  'P',
  'PT',
  'P0D',
  '30',
  'd',
  '30 days',
  '1.5h',
  '-1d',
  '30D',
  '12h1d',
  '99999999999999999999d',
])('refuses %j', (text) => {
  expect(parseDuration(text)).toBeUndefined()
})

it('has no seconds when it has a calendar part', () => {
  expect(parseDuration('P1M') && durationSeconds({years: 0, months: 1, days: 0, seconds: 0})).toBeUndefined()
  expect(durationSeconds({years: 0, months: 0, days: 1, seconds: 1})).toBe(86_401)
})

it('writes what it reads back to the same length', () => {
  const part = fc.nat(10_000)
  fc.assert(
    fc.property(part, part, part, fc.nat(1_000_000), (years, months, days, seconds) => {
      fc.pre(years + months + days + seconds > 0)
      expect(parseDuration(isoDuration({years, months, days, seconds}))).toEqual({years, months, days, seconds})
    }),
  )
})
