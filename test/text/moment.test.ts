import {expect, it} from 'vitest'
import {parseMoment} from '../../src/text/moment.ts'

const now = Date.UTC(2026, 10, 27, 4)

it.each([
  ['2h', '2026-11-27T02:00:00.000Z'],
  ['7d', '2026-11-20T04:00:00.000Z'],
  ['PT90M', '2026-11-27T02:30:00.000Z'],
  ['2026-11-01', '2026-11-01T00:00:00.000Z'],
  ['2026-11-01T10:00', '2026-11-01T10:00:00.000Z'],
  ['2026-11-01 10:00:30', '2026-11-01T10:00:30.000Z'],
  ['2026-11-01t10:00z', '2026-11-01T10:00:00.000Z'],
  ['2026-11-01T10:00+01:00', '2026-11-01T09:00:00.000Z'],
])('%s is %s', (text, iso) => {
  expect(new Date(parseMoment(text, now) ?? 0).toISOString()).toBe(iso)
})

it.each(['', 'yesterday', '2026-13-01', '2026-11-01T25:00', '11/01/2026', '1700000000', 'P1M'])(
  '%j is none',
  (text) => {
    expect(parseMoment(text, now)).toBeUndefined()
  },
)
