// What is wrong with a schedule beyond the shape of its request. Only that AWS refuses it is documented, not its words.

import {parseSchedule} from '../../../events/schedule/schedule.ts'
import {openZone} from '../../../events/schedule/zone.ts'
import {requestOf} from '../../bus/clock/timing.ts'
import {isAssumable} from '../../bus/role-check.ts'
import type {Db} from '../../store/database.ts'
import type {ScheduleRow} from '../../store/schedules.ts'
import type {putScheduleShape} from '../../validations/scheduler/schedules.ts'
import type {InputOf} from '../../validations/shape.ts'
import {invalid} from '../reply.ts'

export function findScheduleFault(input: InputOf<typeof putScheduleShape>, db: Db) {
  const parsed = parseSchedule(input.ScheduleExpression, 'scheduler')
  if (parsed.kind === 'invalid') {
    return invalid(`Invalid Schedule Expression ${input.ScheduleExpression}. ${parsed.field}: ${parsed.reason}.`)
  }
  const zone = input.ScheduleExpressionTimezone
  if (zone !== undefined && !openZone(zone)) return invalid(`Provided ScheduleExpressionTimezone ${zone} is invalid.`)

  const {Mode: mode, MaximumWindowInMinutes: window} = input.FlexibleTimeWindow
  if (mode === 'FLEXIBLE' && window === undefined) {
    return invalid('MaximumWindowInMinutes must be provided for FlexibleTimeWindow mode FLEXIBLE.')
  }
  if (mode === 'OFF' && window !== undefined) {
    return invalid('MaximumWindowInMinutes must not be provided for FlexibleTimeWindow mode OFF.')
  }
  const {StartDate: start, EndDate: end} = input
  if (start !== undefined && end !== undefined && end <= start) return invalid('EndDate must be later than StartDate.')
  if (!/^arn:aws[a-z-]*:[a-z0-9-]+:[^:]*:[^:]*:.+/s.test(input.Target.Arn)) {
    return invalid(`Provided Target.Arn ${input.Target.Arn} is not in correct format.`)
  }
  // As the service says it; a role that is not there is told with the same words (User Guide, "Troubleshooting").
  if (!isAssumable(db, 'schedule', input.Target.RoleArn)) {
    return invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.')
  }
  return undefined
}

const minuteMs = 60_000
const oldestStartMs = 5 * minuteMs

/**
 * What is over already. That a StartDate may not lie further back is told by the service itself, in these words, also when a
 * schedule is updated; that a single time has to be in the future is reported by its users. A time of this minute is good, since
 * a firing has that long, and so is one that the schedule had before.
 */
export function findLateFault(input: InputOf<typeof putScheduleShape>, nowMs: number, present?: ScheduleRow) {
  const {ScheduleExpression: expression, ScheduleExpressionTimezone: zoneName = 'UTC', StartDate: start} = input
  const parsed = parseSchedule(expression, 'scheduler')
  if (parsed.kind === 'invalid') return undefined
  if (parsed.schedule.kind !== 'at') {
    if (start === undefined || start * 1000 >= nowMs - oldestStartMs) return undefined
    return invalid('The StartDate you specify cannot be earlier than 5 minutes ago.')
  }
  if (present && requestOf(present).ScheduleExpression === expression) return undefined
  const instant = openZone(zoneName)?.instantOf(parsed.schedule.time)
  if (instant === undefined || instant > nowMs - minuteMs) return undefined
  return invalid(`Invalid Schedule Expression ${expression}. time: it is in the past.`)
}
