// When schedules fire. The dates are worked out from the calendar and from the rules in the guides of EventBridge and of
// EventBridge Scheduler ("Daylight savings time"); days of the clock change: EU 2026-03-29 and 2026-10-25, US 2026-03-08
// and 2026-11-01, Lord Howe Island (half an hour) 2026-04-05 and 2026-10-04.

import {expect, it} from 'vitest'
import {daysOf, nextTimes} from '../../../src/events/schedule/next-times.ts'
import {parseSchedule} from '../../../src/events/schedule/schedule.ts'
import {openZone} from '../../../src/events/schedule/zone.ts'
import {fc, runs} from '../../support/properties.ts'

function next(text: string, after: string, zoneName = 'UTC', count = 5): string[] {
  const parsed = parseSchedule(text, 'scheduler')
  const zone = openZone(zoneName)
  if (parsed.kind === 'invalid' || !zone) throw new Error(`${text} in ${zoneName}`)
  const afterMs = Date.parse(after)
  const times: string[] = []
  for (const time of nextTimes(parsed.schedule, {afterMs, startMs: Date.parse('2026-01-01T00:00:00Z'), zone})) {
    times.push(new Date(time).toISOString().replace(':00.000Z', 'Z'))
    if (times.length === count) break
  }
  return times
}

it.each([
  ['cron(0 10 * * ? *)', '2026-01-01T10:00:00Z', ['2026-01-02T10:00Z', '2026-01-03T10:00Z', '2026-01-04T10:00Z']],
  ['cron(0 18 ? * MON-FRI *)', '2026-01-02T12:00:00Z', ['2026-01-02T18:00Z', '2026-01-05T18:00Z', '2026-01-06T18:00Z']],
  ['cron(0 8 1 * ? *)', '2026-01-02T00:00:00Z', ['2026-02-01T08:00Z', '2026-03-01T08:00Z', '2026-04-01T08:00Z']],
  ['cron(0/20 8-9 ? * 2 *)', '2026-01-05T08:30:00Z', ['2026-01-05T08:40Z', '2026-01-05T09:00Z', '2026-01-05T09:20Z']],
  [
    'cron(15 10 ? * 6L 2026-2027)',
    '2026-11-01T00:00:00Z',
    ['2026-11-27T10:15Z', '2026-12-25T10:15Z', '2027-01-29T10:15Z'],
  ],
  ['cron(0 0 ? * 3#1 *)', '2026-01-01T00:00:00Z', ['2026-01-06T00:00Z', '2026-02-03T00:00Z', '2026-03-03T00:00Z']],
  ['cron(0 0 ? * MON#5 *)', '2026-01-01T00:00:00Z', ['2026-03-30T00:00Z', '2026-06-29T00:00Z', '2026-08-31T00:00Z']],
  ['cron(0 0 L * ? *)', '2027-12-15T00:00:00Z', ['2027-12-31T00:00Z', '2028-01-31T00:00Z', '2028-02-29T00:00Z']],
  ['cron(0 0 LW * ? *)', '2026-01-15T00:00:00Z', ['2026-01-30T00:00Z', '2026-02-27T00:00Z', '2026-03-31T00:00Z']],
  // The 1st is a Thursday, a Sunday (the Monday after), a Sunday; August 1st a Saturday: not July, but Monday the 3rd.
  ['cron(0 0 1W * ? *)', '2025-12-31T12:00:00Z', ['2026-01-01T00:00Z', '2026-02-02T00:00Z', '2026-03-02T00:00Z']],
  ['cron(0 0 1W 8 ? *)', '2026-01-01T00:00:00Z', ['2026-08-03T00:00Z', '2027-08-02T00:00Z', '2028-08-01T00:00Z']],
  ['cron(0 0 31W * ? *)', '2026-01-01T00:00:00Z', ['2026-01-30T00:00Z', '2026-03-31T00:00Z', '2026-05-29T00:00Z']],
  ['cron(0 0 29 2 ? *)', '2026-01-01T00:00:00Z', ['2028-02-29T00:00Z', '2032-02-29T00:00Z', '2036-02-29T00:00Z']],
  ['cron(0 0 ? * L *)', '2026-01-01T00:00:00Z', ['2026-01-03T00:00Z', '2026-01-10T00:00Z', '2026-01-17T00:00Z']],
  ['cron(0 0 31 12 ? 2198-2199)', '2190-01-01T00:00:00Z', ['2198-12-31T00:00Z', '2199-12-31T00:00Z']],
  ['cron(0 0 31 2 ? *)', '2026-01-01T00:00:00Z', []],
  ['cron(0 0 1 1 ? 2020)', '2026-01-01T00:00:00Z', []],
  ['rate(90 minutes)', '2026-01-01T00:00:00Z', ['2026-01-01T01:30Z', '2026-01-01T03:00Z', '2026-01-01T04:30Z']],
  ['rate(1 day)', '2025-06-01T00:00:00Z', ['2026-01-01T00:00Z', '2026-01-02T00:00Z', '2026-01-03T00:00Z']],
  ['at(2026-02-03T04:05:00)', '2026-01-01T00:00:00Z', ['2026-02-03T04:05Z']],
  ['at(2026-02-03T04:05:00)', '2026-02-03T04:05:00Z', []],
])('%s after %s', (text, after, times) => expect(next(text, after, 'UTC', 3)).toEqual(times))

it.each([
  [
    'a time that the clocks skip is left out',
    'cron(30 2 * * ? *)',
    '2026-03-28T00:00:00Z',
    'Europe/Berlin',
    ['2026-03-28T01:30Z', '2026-03-30T00:30Z'],
  ],
  [
    'also at the other side of the ocean',
    'cron(30 2 * * ? *)',
    '2026-03-07T12:00:00Z',
    'America/New_York',
    ['2026-03-09T06:30Z', '2026-03-10T06:30Z'],
  ],
  [
    'a time that they repeat fires once, at the first',
    'cron(30 2 * * ? *)',
    '2026-10-24T12:00:00Z',
    'Europe/Berlin',
    ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
  ],
  [
    'and not again in the second hour',
    'cron(30 1 * * ? *)',
    '2026-11-01T05:31:00Z',
    'America/New_York',
    ['2026-11-02T06:30Z', '2026-11-03T06:30Z'],
  ],
  [
    'half an hour is skipped too',
    'cron(15 2 * * ? *)',
    '2026-10-02T18:00:00Z',
    'Australia/Lord_Howe',
    ['2026-10-04T15:15Z', '2026-10-05T15:15Z'],
  ],
  [
    'every quarter of the hour that is repeated fires once',
    'cron(0/15 1 1 11 ? 2026)',
    '2026-11-01T00:00:00Z',
    'America/New_York',
    ['2026-11-01T05:00Z', '2026-11-01T05:15Z'],
  ],
  [
    'a wall time west of UTC',
    'cron(0 20 * * ? *)',
    '2026-01-01T00:00:00Z',
    'America/Los_Angeles',
    ['2026-01-01T04:00Z', '2026-01-02T04:00Z'],
  ],
  [
    'a wall time east of UTC',
    'cron(0 3 1 * ? *)',
    '2026-01-01T00:00:00Z',
    'Asia/Tokyo',
    ['2026-01-31T18:00Z', '2026-02-28T18:00Z'],
  ],
  [
    'a day of a rate has 24 hours',
    'rate(1 day)',
    '2026-03-28T12:00:00Z',
    'Europe/Berlin',
    ['2026-03-29T00:00Z', '2026-03-30T00:00Z'],
  ],
  ['a single time', 'at(2026-07-01T09:00:00)', '2026-01-01T00:00:00Z', 'Europe/Berlin', ['2026-07-01T07:00Z']],
  ['a single time that is skipped never comes', 'at(2026-03-29T02:30:00)', '2026-01-01T00:00:00Z', 'Europe/Berlin', []],
])('%s', (_name, text, after, zone, times) => expect(next(text, after, zone, 2)).toEqual(times))

it('knows no zone of another name', () => {
  expect(openZone('Europe/Atlantis')).toBeUndefined()
})

// Minute by minute, with the wall clock of Intl, against the fields as they are written.
it.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
  'fires where the wall clock says so, in %s',
  (zoneName) => {
    const starts = ['2026-03-07', '2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24', '2026-10-31', '2026-02-27']
    const arbitrary = fc.record({
      start: fc.constantFrom(...starts),
      minutes: fc.constantFrom('0', '30', '*/15', '5,50', '10-12'),
      hours: fc.constantFrom('*', '0', '1-3', '2', '23', '*/6'),
      days: fc.constantFrom('* * ?', '? * *', '29,1 * ?', '? * SUN', '? * 2-6', '1/2 3,10 ?'),
    })
    fc.assert(
      fc.property(arbitrary, ({start, minutes, hours, days}) => {
        const text = `cron(${minutes} ${hours} ${days} *)`
        const parsed = parseSchedule(text, 'rule')
        const zone = openZone(zoneName)
        if (parsed.kind === 'invalid' || parsed.schedule.kind !== 'cron' || !zone) throw new Error(text)
        const {schedule} = parsed
        const from = Date.parse(`${start}T00:00:00Z`)
        const to = from + 3 * 86_400_000
        const expected: number[] = []
        const seen = new Set<string>()
        // From a day before, so that the second of two equal wall times is known as such.
        for (let at = from - 86_400_000; at < to; at += 60_000) {
          const wall = zone.wallTimeOf(at)
          const key = JSON.stringify(wall)
          const fires =
            schedule.minutes.includes(wall.minute) &&
            schedule.hours.includes(wall.hour) &&
            schedule.months.includes(wall.month) &&
            daysOf(schedule.days, wall.year, wall.month).includes(wall.day)
          if (fires && !seen.has(key) && at > from) expected.push(at)
          seen.add(key)
        }
        const found: number[] = []
        for (const time of nextTimes(schedule, {afterMs: from, startMs: 0, zone})) {
          if (time >= to) break
          found.push(time)
        }
        expect(found).toEqual(expected)
      }),
      {numRuns: runs(15)},
    )
  },
)
