// What is due is fired: a delivery for each target, and the clock moved on, in one transaction. So it happens once, however
// many servers look, and wherever one of them dies.

import {createHash} from 'node:crypto'
import type {JsonObject} from '../../../definition/json.ts'
import {objectAt} from '../../../definition/json-members.ts'
import {insertDelivery} from '../../store/deliveries.ts'
import {findRule, listTargets} from '../../store/rules.ts'
import {type ClockRow, dropClock, listDueClocks} from '../../store/schedule-clocks.ts'
import {deleteSchedule, findScheduleByArn} from '../../store/schedules.ts'
import {formatEvent} from '../publish.ts'
import {firstTimeAfter, latestTimeAfter, requestOf, type Timing} from './timing.ts'
import {type ClockContext, findTiming, setClock, windClock} from './wind.ts'

export type Firing = {
  /** Of the rule or the schedule. */
  readonly arn: string
  readonly scheduledMs: number
  readonly firedMs: number
  /** How many targets it went to. */
  readonly targets: number
  /** How many were not told: it came too late for them, since nobody served at its time. */
  readonly tooLate: number
}

/** A transaction holds up every other writer. */
const mostAtOnce = 100

/** Later than that is late: the services fire within the minute (Scheduler User Guide, "Schedule types"). */
const lateMs = 60_000

/** Fires what is due, the longest overdue first, up to some number; there may be more when it is reached. */
export function fireDue(context: ClockContext): {readonly firings: readonly Firing[]; readonly isAll: boolean} {
  const {db, now} = context
  return db.transaction(() => {
    const due = listDueClocks(db, now(), mostAtOnce)
    return {firings: due.flatMap((clock) => fireOne(clock, context)), isAll: due.length < mostAtOnce}
  })
}

function fireOne(clock: ClockRow, context: ClockContext): Firing[] {
  const {db, now} = context
  const {arn} = clock
  const timing = findTiming(db, arn)
  if (!timing || JSON.stringify(timing) !== clock.timing) {
    windClock(context, arn)
    return []
  }

  // After a sleep the times in between are one: the last of them.
  const firedMs = now()
  const isLate = firedMs - clock.dueAtMs > lateMs
  const missed = isLate ? latestTimeAfter(timing, clock.scheduledMs, firedMs) : undefined
  const scheduledMs = missed ?? clock.scheduledMs
  const counts = deliver(arn, {timing, scheduledMs, firedMs}, context)
  const next = firstTimeAfter(timing, isLate ? firedMs : scheduledMs)
  if (next === undefined) complete(arn, timing, context)
  else setClock(context, arn, timing, next)
  return [{arn, scheduledMs, firedMs, ...counts}]
}

type Moment = {readonly timing: Timing; readonly scheduledMs: number; readonly firedMs: number}
type Errand = {readonly id: string; readonly target: string; readonly event: string}

function deliver(arn: string, moment: Moment, {db}: ClockContext): Pick<Firing, 'targets' | 'tooLate'> {
  const errands = errandsOf(arn, moment.scheduledMs, db)
  const inTime = errands.filter(({target}) => !isTooLate(JSON.parse(target), moment))
  for (const errand of inTime) insertDelivery(db, {...errand, sourceArn: arn, createdAtMs: moment.firedMs})
  return {targets: inTime.length, tooLate: errands.length - inTime.length}
}

function errandsOf(arn: string, scheduledMs: number, db: ClockContext['db']): Errand[] {
  const schedule = findScheduleByArn(db, arn)
  if (schedule) {
    return [{id: `${arn}/${scheduledMs}`, target: JSON.stringify(requestOf(schedule).Target), event: '{}'}]
  }
  if (!findRule(db, arn)) return []
  const eventId = eventIdOf(arn, scheduledMs)
  const event = scheduledEvent(eventId, arn, scheduledMs)
  return listTargets(db, arn).map(({id, request}) => ({id: `${eventId}/${arn}/${id}`, target: request, event}))
}

const longestAgeSeconds = 86_400

/**
 * A firing that nobody was there for is good for the MaximumEventAgeInSeconds of its target, by default 24 hours. What recurs is good
 * until its next time, unless it was given less than that: a weekly one that was slept over is wanted still.
 */
function isTooLate(target: JsonObject, {timing, scheduledMs, firedMs}: Moment): boolean {
  const given = objectAt(target, 'RetryPolicy')['MaximumEventAgeInSeconds']
  const seconds = typeof given === 'number' ? given : longestAgeSeconds
  if (seconds >= longestAgeSeconds && !timing.expression.startsWith('at(')) return false
  return firedMs - scheduledMs - timing.windowMs > Math.max(seconds * 1000, lateMs)
}

/** EventBridge User Guide, "Scheduled Event". */
function scheduledEvent(id: string, arn: string, scheduledMs: number): string {
  const head = {id, source: 'aws.events', detailType: 'Scheduled Event', detail: '{}'}
  return formatEvent({...head, resources: [arn], timeMs: scheduledMs})
}

/** The same for the same firing, whoever writes it. */
function eventIdOf(arn: string, scheduledMs: number): string {
  const hex = createHash('sha256').update(`${arn}/${scheduledMs}`).digest('hex')
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A schedule that recurs without an EndDate stays (Scheduler User Guide, "Deletion after schedule completion"). */
function complete(arn: string, {expression, endMs}: Timing, {db}: ClockContext): void {
  dropClock(db, arn)
  const schedule = findScheduleByArn(db, arn)
  if (!schedule || requestOf(schedule).ActionAfterCompletion !== 'DELETE') return
  if (expression.startsWith('at(') || endMs !== undefined) deleteSchedule(db, arn)
}
