// What to write instead of a text that is no schedule expression: cron as Unix has it, a rate without its brackets, a time.

import {parseSchedule, type ScheduleService} from '../../events/schedule/schedule.ts'

export function scheduleHelp(text: string, service: ScheduleService): string | undefined {
  const inner = /^cron\((.*)\)$/i.exec(text.trim())?.[1] ?? text.trim()
  const candidates = [shorthands[text.trim().toLowerCase()], ...cronsOf(inner), rateOf(text), atOf(text)]
  const meant = candidates.find((one) => one !== undefined && parseSchedule(one, service).kind === 'schedule')
  return meant === undefined ? undefined : `did you mean ${meant}?`
}

const shorthands: Readonly<Record<string, string | undefined>> = {
  '@hourly': 'cron(0 * * * ? *)',
  '@daily': 'cron(0 0 * * ? *)',
  '@midnight': 'cron(0 0 * * ? *)',
  '@weekly': 'cron(0 0 ? * SUN *)',
  '@monthly': 'cron(0 0 1 * ? *)',
  '@yearly': 'cron(0 0 1 1 ? *)',
}

/** Of five fields, which are those of Unix: Sunday is 0 there, and a year is missing. Of six, with one day field left open. */
function cronsOf(inner: string): string[] {
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = '*', ...more] = inner.split(/\s+/)
  if (weekday === '' || more.length > 0) return []
  const isUnix = inner.split(/\s+/).length === 5
  const days = isUnix ? weekday.replace(/\d+/g, (digits) => String((Number(digits) % 7) + 1)) : weekday
  const pair = weekday === '*' ? [day, '?'] : ['?', days]
  const asUnix = [minute, hour, pair[0], month, pair[1], year]
  return [`cron(${inner})`, `cron(${asUnix.join(' ')})`]
}

/** `every 5 minutes`, `rate(5 min)`, `5m`. */
function rateOf(text: string): string | undefined {
  const [, amount, letter = ''] = /(\d+)\s*([mhd])/i.exec(text) ?? []
  const unit = {m: 'minute', h: 'hour', d: 'day'}[letter.toLowerCase()]
  return amount === undefined || unit === undefined
    ? undefined
    : `rate(${amount} ${unit}${Number(amount) === 1 ? '' : 's'})`
}

/** A time without its brackets, its seconds, or with the Z that `at` does not take. */
function atOf(text: string): string | undefined {
  const [, time, seconds = ':00'] = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?/.exec(text) ?? []
  return time === undefined ? undefined : `at(${time}${seconds})`
}
