// Keeps the clock of a rule or a schedule in step with it: called in the transaction of every change, by whichever process
// makes it, so that a server has only to look which clocks are due.

import type {OperationContext} from '../../operations/context.ts'
import type {Db} from '../../store/database.ts'
import {findRule, listScheduledRules} from '../../store/rules.ts'
import {dropClock, findClock, keepClock} from '../../store/schedule-clocks.ts'
import {findScheduleByArn, listEnabledSchedules, type ScheduleRow} from '../../store/schedules.ts'
import {firstTimeAfter, requestOf, type Timing, timingOfRule, timingOfSchedule} from './timing.ts'

export type ClockContext = Pick<OperationContext, 'db' | 'now' | 'random'>

/** The times of the rule or schedule as it is now; undefined when it has none, or is gone. */
export function findTiming(db: Db, arn: string): Timing | undefined {
  const rule = findRule(db, arn)
  if (rule) return timingOfRule(rule)
  const schedule = findScheduleByArn(db, arn)
  return schedule && timingOfSchedule(schedule)
}

/**
 * What it would have done before this moment, or before the one that is given, is forgotten: so it is after a change of its
 * times, and when it is enabled. A change of anything else leaves the clock as it is.
 */
export function windClock(context: ClockContext, arn: string, afterMs: number = context.now()): void {
  const {db} = context
  const timing = findTiming(db, arn)
  if (!timing) {
    dropClock(db, arn)
    return
  }
  if (findClock(db, arn)?.timing === JSON.stringify(timing)) return
  const scheduledMs = firstTimeAfter(timing, afterMs)
  if (scheduledMs === undefined) dropClock(db, arn)
  else setClock(context, arn, timing, scheduledMs)
}

/**
 * After which moment the times of a schedule count that was made, or changed from `before`. "If you do not provide a StartDate for
 * a rate-based schedule, your schedule starts invoking the target immediately" (Scheduler User Guide, "Schedule types"), while a
 * rule waits for its first interval. A single time of this minute has not passed: a firing has that long.
 */
export function countsAfter({modifiedAtMs, ...row}: ScheduleRow, before?: ScheduleRow): number {
  const {ScheduleExpression: expression} = requestOf(row)
  if (expression.startsWith('rate(') && !before) return modifiedAtMs - 1
  const isSame = before !== undefined && requestOf(before).ScheduleExpression === expression
  return expression.startsWith('at(') && !isSame ? modifiedAtMs - minuteMs : modifiedAtMs
}

const minuteMs = 60_000

/** Sets it to the time, at a random moment of its window. */
export function setClock({db, now, random}: ClockContext, arn: string, timing: Timing, scheduledMs: number): void {
  const drawn = scheduledMs + Math.floor(random() * timing.windowMs)
  // Windows may overlap: what is drawn for a time that has come already is not overdue.
  const dueAtMs = timing.windowMs === 0 ? drawn : Math.max(drawn, now())
  keepClock(db, {arn, timing: JSON.stringify(timing), scheduledMs, dueAtMs})
}

/** For what an mlpipe without clocks has made. */
export function windAll(context: ClockContext): void {
  const {db} = context
  db.transaction(() => {
    for (const {arn} of [...listScheduledRules(db), ...listEnabledSchedules(db)]) windClock(context, arn)
  })
}
