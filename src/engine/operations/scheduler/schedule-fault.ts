// What is wrong with a schedule beyond the shape of its request. Only that AWS refuses it is documented, not its words.

import {parseSchedule} from '../../../events/schedule/schedule.ts'
import {openZone} from '../../../events/schedule/zone.ts'
import type {putScheduleShape} from '../../validations/scheduler/schedules.ts'
import type {InputOf} from '../../validations/shape.ts'
import {invalid} from '../reply.ts'

export function findScheduleFault(input: InputOf<typeof putScheduleShape>) {
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
  return undefined
}
