// Schedule expressions in words, where a word can say all of it: `every day at 03:00`. Anything less simple is left as it stands.

import type {CronSchedule, DayRule} from '../events/schedule/cron.ts'
import {parseSchedule, type RateSchedule, type ScheduleService} from '../events/schedule/schedule.ts'

/** Undefined for an expression that has no certain words, or is none. */
export function scheduleWords(expression: string, service: ScheduleService): string | undefined {
  const parsed = parseSchedule(expression, service)
  if (parsed.kind === 'invalid') return undefined
  const {schedule} = parsed
  switch (schedule.kind) {
    case 'at':
      return `once, at ${expression.slice('at('.length, -1).replace('T', ' ')}`
    case 'rate':
      return rateWords(schedule)
    case 'cron':
      return cronWords(schedule)
  }
}

function rateWords({value, unit}: RateSchedule): string {
  if (unit === 'day') return value === 1 ? 'every 24 hours' : `every ${value} days of 24 hours`
  return value === 1 ? `every ${unit}` : `every ${value} ${unit}s`
}

/** More times of day than these are no longer easier to read than the expression. */
const mostTimes = 4

function cronWords({minutes, hours, days, months, years}: CronSchedule): string | undefined {
  if (months.length < 12 || years.length < lastYear - firstYear + 1) return undefined
  const day = dayWords(days)
  if (day === undefined) return undefined

  const [minute = 0] = minutes
  const isAllDay = hours.length === 24
  if (isAllDay && minutes.length > 1) return day === 'every day' ? minuteWords(minutes) : undefined
  if (isAllDay) return day === 'every day' ? `every hour at minute ${minute}` : undefined
  const times = hours.flatMap((hour) => minutes.map((each) => `${twoDigits(hour)}:${twoDigits(each)}`))
  return times.length > mostTimes ? undefined : `${day} at ${listed(times)}`
}

const [firstYear, lastYear] = [1970, 2199]

/** `every 15 minutes`, where the hour begins with one and they lie evenly across its end. */
function minuteWords(minutes: readonly number[]): string | undefined {
  const step = 60 / minutes.length
  if (!Number.isInteger(step) || minutes.some((minute, index) => minute !== index * step)) return undefined
  return step === 1 ? 'every minute' : `every ${step} minutes`
}

const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth']

function dayWords(rule: DayRule): string | undefined {
  switch (rule.kind) {
    case 'days': {
      const [day, ...others] = rule.days
      if (rule.days.length === 31) return 'every day'
      // Not every month has a 29th.
      return others.length === 0 && day !== undefined && day < 29 ? `on day ${day} of every month` : undefined
    }
    case 'last-day':
      return 'on the last day of every month'
    case 'weekdays':
      return weekdayWords(rule.weekdays)
    case 'last-weekday':
      return `on the last ${weekdayName(rule.weekday)} of every month`
    case 'nth-weekday':
      // Not every month has a fifth.
      return rule.nth > 4 ? undefined : `on the ${ordinals[rule.nth - 1]} ${weekdayName(rule.weekday)} of every month`
    case 'last-working-day':
    case 'nearest-working-day':
      return undefined
  }
}

function weekdayWords(weekdays: readonly number[]): string {
  if (weekdays.length === 7) return 'every day'
  if (weekdays.join() === '2,3,4,5,6') return 'Monday to Friday'
  return `every ${listed(weekdays.map(weekdayName))}`
}

/** Sunday is 1. */
function weekdayName(weekday: number): string {
  return weekdayNames[weekday - 1] ?? ''
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

function twoDigits(amount: number): string {
  return String(amount).padStart(2, '0')
}
