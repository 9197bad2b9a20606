// When a trigger fires next, as clocks show it in its own zone and in that of whoever looks.

import type {WallTime} from '../../../events/schedule/schedule.ts'
import {openZone, utcOf, type Zone} from '../../../events/schedule/zone.ts'
import {firingTimes, type Timetable} from '../../../trigger/firing-times.ts'
import {iso} from '../../executions/step-report.ts'
import type {Firing, NextFirings} from './trigger-report.ts'

export type Look = {
  readonly nowMs: number
  readonly count: number
  /** Of whoever looks. */
  readonly zone: string
}

/** `madeAtMs`: what a rate without a start counts from. */
export function nextFirings(timetable: Timetable, madeAtMs: number | undefined, look: Look): NextFirings {
  const {nowMs, count, zone} = look
  const made = madeAtMs === undefined ? {} : {madeAtMs}
  const found = firingTimes(timetable, {afterMs: nowMs, count, ...made})
  if (found.kind === 'invalid') return {kind: 'unknown', why: found.reason}
  if (found.isShifted)
    return {kind: 'unknown', why: 'a rate counts from when it was made, which the service does not tell'}

  const [there, here] = [openZone(timetable.zone), openZone(zone)]
  const times = found.times.map((ms): Firing => ({at: iso(ms), there: wallTime(ms, there), here: wallTime(ms, here)}))
  return {kind: 'times', zone: timetable.zone, times}
}

/** `2026-11-28T03:00:00+01:00`; in UTC where the zone is unknown. */
function wallTime(ms: number, zone: Zone | undefined): string {
  if (!zone) return `${iso(ms).slice(0, 19)}+00:00`
  const time = zone.wallTimeOf(ms)
  const minutes = Math.round((utcOf(time) - ms) / 60_000)
  const size = Math.abs(minutes)
  const offset = `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`
  return `${dateOf(time)}T${[time.hour, time.minute, time.second].map(twoDigits).join(':')}${offset}`
}

function dateOf({year, month, day}: WallTime): string {
  return [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)].join('-')
}

function twoDigits(amount: number): string {
  return String(amount).padStart(2, '0')
}
