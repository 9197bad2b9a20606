// EventBridge Scheduler User Guide, "Schedule types"; API Reference, CreateSchedule: the start is a time to fire, the bounds
// are ignored for a single time.
import {expect, it} from 'vitest'
import {firingTimes, standingTimetable, type Timetable, timetableOf} from '../../src/trigger/firing-times.ts'

const noon = Date.UTC(2026, 0, 1, 12)

function times(timetable: Partial<Timetable>, count = 2, madeAtMs?: number) {
  const whole: Timetable = {service: 'scheduler', expression: '', zone: 'UTC', ...timetable}
  const found = firingTimes(whole, {afterMs: noon, count, ...(madeAtMs === undefined ? {} : {madeAtMs})})
  if (found.kind === 'invalid') return found.reason
  return found.times.map((time) => new Date(time).toISOString().slice(0, 16))
}

it.each<[string, Partial<Timetable>, string[]]>([
  ['cron in UTC', {expression: 'cron(0 3 * * ? *)'}, ['2026-01-02T03:00', '2026-01-03T03:00']],
  [
    'cron in a zone',
    {expression: 'cron(0 3 * * ? *)', zone: 'Europe/Berlin'},
    ['2026-01-02T02:00', '2026-01-03T02:00'],
  ],
  ['a single time', {expression: 'at(2026-01-01T14:00:00)', zone: 'Europe/Berlin'}, ['2026-01-01T13:00']],
  ['a single time that is over', {expression: 'at(2026-01-01T12:00:00)', zone: 'Europe/Berlin'}, []],
  [
    'a start that is to come',
    {expression: 'rate(1 hour)', startMs: Date.UTC(2026, 1, 1)},
    ['2026-02-01T00:00', '2026-02-01T01:00'],
  ],
  [
    'a start that is past',
    {expression: 'rate(1 hour)', startMs: noon - 600_000},
    ['2026-01-01T12:50', '2026-01-01T13:50'],
  ],
  ['an end', {expression: 'cron(0 3 * * ? *)', endMs: Date.UTC(2026, 0, 2, 12)}, ['2026-01-02T03:00']],
  ['an end that is past', {expression: 'rate(1 hour)', endMs: noon}, []],
  [
    'bounds of a single time',
    {expression: 'at(2026-01-01T14:00:00)', startMs: noon * 2, endMs: 0},
    ['2026-01-01T14:00'],
  ],
])('%s', (_name, timetable, expected) => expect(times(timetable)).toEqual(expected))

it('a rate counts from when it was made, else it is said that this is not known', () => {
  expect(times({expression: 'rate(1 hour)'}, 1, noon - 60_000)).toEqual(['2026-01-01T12:59'])
  const timetable: Timetable = {service: 'rule', expression: 'rate(1 hour)', zone: 'UTC'}
  expect(firingTimes(timetable, {afterMs: noon, count: 1})).toMatchObject({isShifted: true})
  expect(firingTimes(timetable, {afterMs: noon, count: 1, madeAtMs: noon})).toMatchObject({isShifted: false})
})

it.each<[string, Partial<Timetable>, string]>([
  ['an expression', {expression: 'cron(0 25 * * ? *)'}, "'25' is not 0 to 23"],
  ['a single time for a rule', {expression: 'at(2026-01-01T14:00:00)', service: 'rule'}, 'a rule has no at( )'],
  ['a zone', {expression: 'rate(1 hour)', zone: 'Mars/Olympus'}, "there is no time zone 'Mars/Olympus'"],
])('refuses %s', (_name, timetable, reason) => expect(times(timetable)).toContain(reason))

it('a rule counts in UTC, whatever the source says', () => {
  const source = {kind: 'schedule', via: 'rule', expression: 'rate(1 day)', zone: 'Europe/Berlin', startMs: 5} as const
  expect(timetableOf(source)).toEqual({service: 'rule', expression: 'rate(1 day)', zone: 'UTC'})
})

it('is read off what stands', () => {
  expect(standingTimetable({kind: 'rule', schedule: 'rate(1 day)'})).toMatchObject({service: 'rule', zone: 'UTC'})
  expect(standingTimetable({kind: 'rule'})).toBeUndefined()
  const schedule = {kind: 'schedule', name: 'n', group: 'g', isEnabled: true, expression: 'rate(1 day)'} as const
  expect(standingTimetable({...schedule, zone: 'Asia/Tokyo', endMs: 7})).toEqual({
    service: 'scheduler',
    expression: 'rate(1 day)',
    zone: 'Asia/Tokyo',
    endMs: 7,
  })
})
