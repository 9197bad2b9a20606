// What a schedule has missed: the last of its times in a stretch that may be years long. Looks back from the end, so that a
// schedule of every minute costs no more than one of every year.

import {type Firing, nextTimes} from './next-times.ts'
import type {Schedule} from './schedule.ts'

const hourMs = 3_600_000
const spans = [1, 24, 31 * 24, 366 * 24, Number.POSITIVE_INFINITY].map((hours) => hours * hourMs)

/** The last instant after `afterMs` and not after `untilMs`; undefined when there is none. */
export function latestTime(schedule: Schedule, {untilMs, ...firing}: Firing & {readonly untilMs: number}) {
  for (const span of spans) {
    const afterMs = Math.max(firing.afterMs, untilMs - span)
    const latest = lastOf(nextTimes(schedule, {...firing, afterMs}), untilMs)
    if (latest !== undefined || afterMs === firing.afterMs) return latest
  }
  return undefined
}

function lastOf(times: Iterable<number>, untilMs: number): number | undefined {
  let last: number | undefined
  for (const time of times) {
    if (time > untilMs) break
    last = time
  }
  return last
}
