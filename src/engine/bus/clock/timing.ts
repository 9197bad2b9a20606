// What the times of a rule or a schedule follow from, as one value: its text is what tells that they have changed.

import {latestTime} from '../../../events/schedule/latest-time.ts'
import {nextTimes} from '../../../events/schedule/next-times.ts'
import {parseSchedule, type Schedule, type ScheduleService} from '../../../events/schedule/schedule.ts'
import {openZone, type Zone} from '../../../events/schedule/zone.ts'
import type {RuleRow} from '../../store/rules.ts'
import type {ScheduleRow} from '../../store/schedules.ts'
import type {putScheduleShape} from '../../validations/scheduler/schedules.ts'
import type {InputOf} from '../../validations/shape.ts'

export type Timing = {
  readonly service: ScheduleService
  readonly expression: string
  readonly zone: string
  /** What a rate counts from. */
  readonly startMs: number
  /** No time before it counts; a schedule that has none starts at once. */
  readonly boundMs?: number
  readonly endMs?: number
  readonly windowMs: number
}

/** Undefined when it has no times: a rule for events, or a disabled one. */
export function timingOfRule({state, schedule, createdAtMs}: RuleRow): Timing | undefined {
  if (state === 'DISABLED' || schedule === null) return undefined
  // Rules know UTC only, and a rate starts when the rule is made (EventBridge User Guide, "Setting a schedule pattern").
  return {service: 'rule', expression: schedule, zone: 'UTC', startMs: createdAtMs, windowMs: 0}
}

/** Undefined when it is disabled. */
export function timingOfSchedule({state, createdAtMs, ...row}: ScheduleRow): Timing | undefined {
  if (state === 'DISABLED') return undefined
  const {ScheduleExpression: expression, ScheduleExpressionTimezone: zone = 'UTC', ...request} = requestOf(row)
  const {StartDate: start, EndDate: end, FlexibleTimeWindow: window} = request
  const windowMs = (window.MaximumWindowInMinutes ?? 0) * 60_000
  const common = {service: 'scheduler', expression, zone, startMs: createdAtMs, windowMs} as const
  // Both bounds are ignored for a single time (Scheduler API Reference, CreateSchedule).
  if (expression.startsWith('at(')) return common
  return {
    ...common,
    ...(start === undefined ? {} : {startMs: start * 1000, boundMs: start * 1000}),
    ...(end === undefined ? {} : {endMs: end * 1000}),
  }
}

/** What was saved had passed the table of its operation. */
export function requestOf({request}: Pick<ScheduleRow, 'request'>): InputOf<typeof putScheduleShape> {
  return JSON.parse(request)
}

/** The first time after the instant; undefined when none is left. */
export function firstTimeAfter(timing: Timing, afterMs: number): number | undefined {
  const {boundMs = Number.NEGATIVE_INFINITY, endMs = Number.POSITIVE_INFINITY} = timing
  const {schedule, ...firing} = readTiming(timing)
  const [first] = nextTimes(schedule, {...firing, afterMs: Math.max(afterMs, boundMs - 1)})
  return first !== undefined && first <= endMs ? first : undefined
}

/** The last time after the instant that has come by now. */
export function latestTimeAfter(timing: Timing, afterMs: number, nowMs: number): number | undefined {
  const {schedule, ...firing} = readTiming(timing)
  return latestTime(schedule, {...firing, afterMs, untilMs: Math.min(nowMs, timing.endMs ?? nowMs)})
}

function readTiming({expression, service, zone, startMs}: Timing) {
  const key = JSON.stringify([service, expression, zone])
  const known = readings.get(key) ?? read(service, expression, zone)
  if (readings.size >= 1000) readings.clear()
  readings.set(key, known)
  return {...known, startMs}
}

type Reading = {readonly schedule: Schedule; readonly zone: Zone}

/** Reading costs more than finding the next time; those that are no longer used are dropped with all others. */
const readings = new Map<string, Reading>()

function read(service: ScheduleService, expression: string, zoneName: string): Reading {
  const parsed = parseSchedule(expression, service)
  const zone = openZone(zoneName)
  if (parsed.kind === 'invalid' || !zone) throw new Error(`the clock was given ${expression} in ${zoneName}`)
  return {schedule: parsed.schedule, zone}
}
