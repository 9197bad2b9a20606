import {expect, it} from 'vitest'
import {durationHelp, durationSeconds, isoDuration, parseDuration} from '../../src/text/duration.ts'
import {fc} from '../support/properties.ts'

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
  ['p30d', 'P30D'],
  ['pt90m', 'PT1H30M'],
  ['p30m', 'P30M'],
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

it.each([
  ['1.5h', 'did you mean 90m?'],
  ['30D', 'did you mean 30d?'],
  ['30 days', 'did you mean 30d?'],
  ['2 hours', 'did you mean 2h?'],
  ['1 day and 3 hrs', 'did you mean 1d3h?'],
  ['30m1h', 'did you mean 1h30m?'],
  ['P12H', 'did you mean PT12H?'],
  ['3600', 'a number needs a unit: 3600d, 3600h, 3600m (minutes) or 3600s'],
  ['1.23456h', 'write 30d, 12h, 90m (minutes), 45s, or ISO 8601 such as P30D'],
  ['soon', 'write 30d, 12h, 90m (minutes), 45s, or ISO 8601 such as P30D'],
])('says of %s: %s', (text, help) => {
  expect(durationHelp(text)).toBe(help)
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
