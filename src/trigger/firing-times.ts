// When a trigger fires next: of a schedule that is declared, and of one that stands on either service.

import {nextTimes} from '../events/schedule/next-times.ts'
import {parseSchedule, type ScheduleService} from '../events/schedule/schedule.ts'
import {openZone} from '../events/schedule/zone.ts'
import type {RuleDocument, ScheduleDocument} from './documents.ts'
import type {ScheduleSource} from './trigger.ts'

/** What decides when a schedule fires, wherever it stands. */
export type Timetable = {
  readonly service: ScheduleService
  readonly expression: string
  readonly zone: string
  readonly startMs?: number
  readonly endMs?: number
}

export type FiringTimes =
  | {
      readonly kind: 'times'
      readonly times: readonly number[]
      /** A rate counts from a moment that is not known here: the times are right only in how far they are apart. */
      readonly isShifted: boolean
    }
  | {readonly kind: 'invalid'; readonly reason: string}

export type Asked = {
  readonly afterMs: number
  readonly count: number
  /** When the schedule was made: a rate without a start counts from there. */
  readonly madeAtMs?: number
}

type Starter = Pick<RuleDocument, 'kind' | 'schedule'> | Omit<ScheduleDocument, 'description' | 'target' | 'tags'>

export function timetableOf({via, expression, zone, startMs, endMs}: ScheduleSource): Timetable {
  return via === 'rule' ? ruleTimetable(expression) : schedulerTimetable(expression, {zone, startMs, endMs})
}

/** Of a rule or a schedule as it stands; undefined for a rule that waits for events only. */
export function standingTimetable(starter: Starter): Timetable | undefined {
  if (starter.kind === 'schedule') return schedulerTimetable(starter.expression, starter)
  return starter.schedule === undefined ? undefined : ruleTimetable(starter.schedule)
}

/** Rules count in UTC. */
function ruleTimetable(expression: string): Timetable {
  return {service: 'rule', expression, zone: 'UTC'}
}

type Bounds = {
  readonly zone?: string | undefined
  readonly startMs?: number | undefined
  readonly endMs?: number | undefined
}

function schedulerTimetable(expression: string, {zone, startMs, endMs}: Bounds): Timetable {
  return {
    service: 'scheduler',
    expression,
    zone: zone ?? 'UTC',
    ...(startMs === undefined ? {} : {startMs}),
    ...(endMs === undefined ? {} : {endMs}),
  }
}

/** With a flexible window, the beginnings of the windows. */
export function firingTimes(timetable: Timetable, {afterMs, count, madeAtMs}: Asked): FiringTimes {
  const parsed = parseSchedule(timetable.expression, timetable.service)
  if (parsed.kind === 'invalid') return parsed
  const zone = openZone(timetable.zone)
  if (!zone) return {kind: 'invalid', reason: `there is no time zone '${timetable.zone}'`}

  const {schedule} = parsed
  // "EventBridge Scheduler ignores StartDate and EndDate for one-time schedules" (API Reference, CreateSchedule).
  const {startMs, endMs = Number.POSITIVE_INFINITY} = schedule.kind === 'at' ? {} : timetable
  const countsFromMs = startMs ?? madeAtMs
  const firing = {
    // The start itself may be a time to fire.
    afterMs: startMs !== undefined && startMs > afterMs ? startMs - 1 : afterMs,
    startMs: countsFromMs ?? afterMs,
    zone,
  }
  const times: number[] = []
  for (const time of nextTimes(schedule, firing)) {
    if (times.length >= count || time > endMs) break
    times.push(time)
  }
  return {kind: 'times', times, isShifted: schedule.kind === 'rate' && countsFromMs === undefined}
}
