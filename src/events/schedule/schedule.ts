// Schedule expressions: cron( ), rate( ) and at( ), each refused with the field that is wrong and why.
// Source: Amazon EventBridge User Guide, "Setting a schedule pattern"; EventBridge Scheduler User Guide, "Schedule types".

import {type CronField, type CronSchedule, parseCron} from './cron.ts'

export type RateUnit = 'minute' | 'hour' | 'day'
export type RateSchedule = {readonly kind: 'rate'; readonly value: number; readonly unit: RateUnit}
/** The wall-clock time, in the time zone of the schedule. */
export type AtSchedule = {readonly kind: 'at'; readonly time: WallTime}
export type WallTime = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}
export type Schedule = CronSchedule | RateSchedule | AtSchedule

export type ScheduleFault = {
  readonly kind: 'invalid'
  readonly field: 'expression' | CronField | 'value' | 'unit' | 'time'
  readonly reason: string
}
export type ParsedSchedule = {readonly kind: 'schedule'; readonly schedule: Schedule} | ScheduleFault

/** Rules know no at( ), want six cron fields, and a unit in the singular exactly for 1; EventBridge Scheduler is laxer. */
export type ScheduleService = 'rule' | 'scheduler'

const longest = 256

export function parseSchedule(text: string, service: ScheduleService): ParsedSchedule {
  if (text.length > longest) return invalid('expression', `it has ${text.length} characters, ${longest} are allowed`)
  const [, form = '', inner = ''] = /^([a-z]+)\((.*)\)$/s.exec(text) ?? []
  switch (form) {
    case 'cron':
      return parseCron(inner, service)
    case 'rate':
      return parseRate(inner, service)
    case 'at':
      if (service === 'scheduler') return parseAt(inner)
      return invalid('expression', 'a rule has no at( ): use EventBridge Scheduler for a single time')
    default:
      return invalid('expression', `'${text}' is neither ${service === 'rule' ? '' : 'at(…), '}cron(…) nor rate(…)`)
  }
}

const units: Readonly<Record<string, RateUnit>> = {
  ...{minute: 'minute', minutes: 'minute', hour: 'hour', hours: 'hour', day: 'day', days: 'day'},
}

function parseRate(inner: string, service: ScheduleService): ParsedSchedule {
  const [amount = '', name = '', ...more] = inner.trim().split(/\s+/)
  if (name === '' || more.length > 0) return invalid('expression', 'a rate is a number and a unit: rate(5 minutes)')
  const value = Number(amount)
  if (!/^\d+$/.test(amount) || value < 1) return invalid('value', `'${amount}' is not a whole number above 0`)
  if (!Number.isSafeInteger(value)) return invalid('value', `${amount} is too large`)
  const unit = Object.hasOwn(units, name) ? units[name] : undefined
  if (!unit) return invalid('unit', `'${name}' is none of minute, minutes, hour, hours, day, days`)
  if (service === 'rule' && (value === 1) !== (name === unit)) {
    return invalid(
      'unit',
      `'${name}' does not go with ${value}: write rate(${value} ${value === 1 ? unit : `${unit}s`})`,
    )
  }
  return {kind: 'schedule', schedule: {kind: 'rate', value, unit}}
}

function parseAt(inner: string): ParsedSchedule {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})$/.exec(inner)?.slice(1).map(Number)
  if (!parts) return invalid('time', `'${inner}' is not of the form yyyy-mm-ddThh:mm:ss, without a time zone`)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const read = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  if (year < 1970 || read.toISOString().slice(0, 19) !== inner) return invalid('time', `there is no time '${inner}'`)
  return {kind: 'schedule', schedule: {kind: 'at', time: {year, month, day, hour, minute, second}}}
}

function invalid(field: ScheduleFault['field'], reason: string): ScheduleFault {
  return {kind: 'invalid', field, reason}
}
