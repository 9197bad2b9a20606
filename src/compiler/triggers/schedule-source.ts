// Schedules: when they fire, in which time zone, how late at most, and between which days.
// Sources: EventBridge Scheduler API reference, CreateSchedule; EventBridge User Guide, "Creating a rule that runs on a schedule".

import {parseSchedule} from '../../events/schedule/schedule.ts'
import {openZone} from '../../events/schedule/zone.ts'
import type {TriggerOf} from '../../spec/triggers/parse-triggers.ts'
import type {Located} from '../../spec/value.ts'
import {durationSeconds} from '../../text/duration.ts'
import {parseMoment} from '../../text/moment.ts'
import {nearestName} from '../../text/nearest-name.ts'
import type {ScheduleSource} from '../../trigger/trigger.ts'
import {scheduleHelp} from './schedule-help.ts'
import {type Findings, triggerText} from './trigger-scope.ts'

type ScheduleSpec = TriggerOf<'schedule'>

const longestWindowMinutes = 1440
const longestZoneName = 50

/** What only EventBridge Scheduler knows. */
const schedulerKeys = ['timezone', 'window', 'start', 'end'] as const

export function compileSchedule(spec: ScheduleSpec, scope: Findings): ScheduleSource | undefined {
  const expression = triggerText(spec.schedule, scope)
  const via = spec.via?.value ?? 'scheduler'
  if (via === 'rule') reportSchedulerKeys(spec, scope)
  const isOnce = expression ? checkExpression(expression, via, scope) === 'at' : false
  const zone = checkedZone(triggerText(spec.timezone, scope), scope)
  const windowMinutes = checkedWindow(spec, scope)
  const bounds = compileBounds(spec, isOnce, scope)
  if (!expression) return undefined
  return {
    kind: 'schedule',
    expression: expression.value,
    via,
    ...(zone === undefined ? {} : {zone}),
    ...(windowMinutes === undefined ? {} : {windowMinutes}),
    ...bounds,
  }
}

function reportSchedulerKeys(spec: ScheduleSpec, {findings}: Findings): void {
  for (const key of schedulerKeys) {
    const range = spec.keyRanges.get(key)
    if (!range) continue
    const message = `"${key}" is not for a rule: rules fire in UTC, on time, and for ever`
    findings.error('exclusive-keys', range, message, {help: 'leave out "via: rule": EventBridge Scheduler knows it'})
  }
}

/** The form of the expression; undefined when it is wrong, which is then reported. */
function checkExpression(
  {value: text, range}: Located<string>,
  service: ScheduleSource['via'],
  {findings}: Findings,
): 'cron' | 'rate' | 'at' | undefined {
  const parsed = parseSchedule(text, service)
  if (parsed.kind === 'schedule') return parsed.schedule.kind
  const subject = parsed.field === 'expression' ? '' : `the ${parsed.field} of `
  // Some reasons name the expression by themselves.
  const message = parsed.reason.includes(text) ? parsed.reason : `${subject}"${text}": ${parsed.reason}`
  findings.error('invalid-schedule', range, message, {help: scheduleHelp(text, service)})
  return undefined
}

function checkedZone(zone: Located<string> | undefined, {findings}: Findings): string | undefined {
  if (!zone) return undefined
  const {value: name, range} = zone
  // Intl takes offsets such as +01:00 too, and names in any case.
  const known = Intl.supportedValuesOf('timeZone')
  const otherCase = known.find((one) => one !== name && one.toLowerCase() === name.toLowerCase())
  if (/^[A-Za-z]/.test(name) && name.length <= longestZoneName && openZone(name) && !otherCase) return name
  const meant = otherCase ?? nearestName(name, known) ?? known.find((one) => one.endsWith(`/${name}`))
  const help = meant === undefined ? 'its IANA name is wanted, such as Europe/Berlin' : `did you mean "${meant}"?`
  findings.error('invalid-schedule', range, `"${name}" is not a time zone`, {help})
  return undefined
}

function checkedWindow({window}: ScheduleSpec, {findings}: Findings): number | undefined {
  if (!window) return undefined
  const minutes = (durationSeconds(window.value) ?? Number.NaN) / 60
  if (Number.isInteger(minutes) && minutes <= longestWindowMinutes) return minutes
  findings.error('out-of-range', window.range, 'a window has whole minutes, from 1m to 24h')
  return undefined
}

function compileBounds(spec: ScheduleSpec, isOnce: boolean, scope: Findings): {startMs?: number; endMs?: number} {
  const {findings} = scope
  const bounds = [spec.start, spec.end].map((bound) => triggerText(bound, scope))
  const [start, end] = bounds.map((bound) => bound && {...bound, value: checkedMoment(bound, scope)})
  const bound = start ?? end
  if (isOnce && bound) {
    findings.error('exclusive-keys', bound.range, 'at(…) fires once: EventBridge Scheduler ignores start and end', {
      help: 'leave them out',
    })
  }
  if (start?.value !== undefined && end?.value !== undefined && end.value <= start.value) {
    findings.error('invalid-schedule', end.range, 'the end is not after the start: it never fires')
  }
  return {
    ...(start?.value === undefined ? {} : {startMs: start.value}),
    ...(end?.value === undefined ? {} : {endMs: end.value}),
  }
}

/** In UTC where it does not say otherwise. A duration is not taken: compiling knows no time of day. */
function checkedMoment({value: text, range}: Located<string>, {findings}: Findings): number | undefined {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0]
  // The 30th of February would be taken for the 2nd of March.
  const isDay = day !== undefined && isDate(day)
  const moment = isDay ? parseMoment(text, 0) : undefined
  if (moment === undefined) {
    findings.error('invalid-schedule', range, `"${text}" is no date and no time`, {
      help: 'such as 2027-01-31, 2027-01-31T09:00 (UTC) or 2027-01-31T09:00+01:00',
    })
  }
  return moment
}

function isDate(day: string): boolean {
  const date = new Date(day)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}
