// When a schedule fires next. In a zone with summer time, a time that the clocks skip is left out, and one that they repeat
// fires once (EventBridge Scheduler User Guide, "Schedule types", Daylight savings time).

import type {CronSchedule, DayRule} from './cron.ts'
import type {RateSchedule, Schedule, WallTime} from './schedule.ts'
import {utcOf, type Zone} from './zone.ts'

export type Firing = {
  /** Only later instants count. */
  readonly afterMs: number
  /** What a rate counts from: the start of the schedule. */
  readonly startMs: number
  readonly zone: Zone
}

const dayMs = 86_400_000

/** The instants at which the schedule fires after `afterMs`, in order; a cron or a rate may have no end. */
export function* nextTimes(schedule: Schedule, firing: Firing): Generator<number, void, undefined> {
  switch (schedule.kind) {
    case 'at': {
      const instant = firing.zone.instantOf(schedule.time)
      if (instant !== undefined && instant > firing.afterMs) yield instant
      return
    }
    case 'rate':
      yield* rateTimes(schedule, firing)
      return
    case 'cron':
      yield* cronTimes(schedule, firing)
  }
}

/** A day is 24 hours here, also where the clocks change. */
function* rateTimes({value, unit}: RateSchedule, {afterMs, startMs}: Firing): Generator<number, void, undefined> {
  const step = value * {minute: 60_000, hour: 3_600_000, day: dayMs}[unit]
  const passed = Math.max(0, Math.floor((afterMs - startMs) / step) + 1)
  for (let count = passed; ; count += 1) yield startMs + count * step
}

function* cronTimes(cron: CronSchedule, {afterMs, zone}: Firing): Generator<number, void, undefined> {
  const from = searchStart(afterMs, zone)
  const fromMs = utcOf(from)
  let last = afterMs
  for (const [year, month] of monthsFrom(cron, from)) {
    for (const day of daysOf(cron.days, year, month)) {
      if (year === from.year && month === from.month && day < from.day) continue
      for (const time of timesOfDay(cron, {year, month, day}, fromMs)) {
        const instant = zone.instantOf(time)
        if (instant === undefined || instant <= last) continue
        yield instant
        last = instant
      }
    }
  }
}

/** The wall time to look from. Where the clocks were put back, it is behind: by three hours at the most (Antarctica, 2010). */
function searchStart(afterMs: number, zone: Zone): WallTime {
  const offsets = [-dayMs, 0, dayMs].map((shift) => utcOf(zone.wallTimeOf(afterMs + shift)) - afterMs - shift)
  const isSteady = offsets.every((offset) => offset === offsets[0])
  return zone.wallTimeOf(isSteady ? afterMs : afterMs - dayMs)
}

function* monthsFrom(cron: CronSchedule, from: WallTime): Generator<readonly [number, number]> {
  for (const year of cron.years) {
    if (year < from.year) continue
    for (const month of cron.months) if (year > from.year || month >= from.month) yield [year, month]
  }
}

/** The wall times of the day, but for those before `fromMs`, which is one as if it were UTC. */
function* timesOfDay({hours, minutes}: CronSchedule, day: Day, fromMs: number): Generator<WallTime> {
  for (const hour of hours) {
    if (utcOf({...day, hour, minute: 59, second: 59}) < fromMs) continue
    for (const minute of minutes) {
      const time = {...day, hour, minute, second: 0}
      if (utcOf(time) >= fromMs) yield time
    }
  }
}

type Day = Pick<WallTime, 'year' | 'month' | 'day'>

/** The days of the month that the rule names, in order. */
export function daysOf(rule: DayRule, year: number, month: number): readonly number[] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const weekdayOf = (day: number) => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1
  const all = Array.from({length}, (_, index) => index + 1)
  switch (rule.kind) {
    case 'days':
      return rule.days.filter((day) => day <= length)
    case 'last-day':
      return [length]
    case 'last-working-day':
      return [nearestWorkingDay(length, length, weekdayOf)]
    case 'nearest-working-day':
      return rule.day > length ? [] : [nearestWorkingDay(rule.day, length, weekdayOf)]
    case 'weekdays':
      return all.filter((day) => rule.weekdays.includes(weekdayOf(day)))
    case 'last-weekday':
      return all.filter((day) => weekdayOf(day) === rule.weekday).slice(-1)
    case 'nth-weekday':
      return all.filter((day) => weekdayOf(day) === rule.weekday).slice(rule.nth - 1, rule.nth)
  }
}

/** Monday to Friday, and never out of the month: the 1st on a Saturday gives the 3rd, the last on a Sunday the Friday before. */
function nearestWorkingDay(day: number, length: number, weekdayOf: (day: number) => number): number {
  const weekday = weekdayOf(day)
  if (weekday === 7) return day > 1 ? day - 1 : day + 2
  if (weekday === 1) return day < length ? day + 1 : day - 2
  return day
}
