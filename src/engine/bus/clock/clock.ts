// The clock of a process that serves the bus. It looks at least every second, so that it sees what other processes have
// changed, and compares with the wall clock, so that a machine that has slept is told the time at once.

import {nextDueMs} from '../../store/schedule-clocks.ts'
import {type Firing, fireDue} from './fire.ts'
import {type ClockContext, windAll} from './wind.ts'

export type Clock = {close(): void}

export type ClockListeners = {
  onFired?(firing: Firing): void
  /** Nothing could be fired now, for example because the disk is full; it is tried again. */
  onTrouble?(error: unknown): void
}

const longestSleepMs = 1000

export function startClock(context: ClockContext, {onFired, onTrouble}: ClockListeners = {}): Clock {
  const {db, now} = context
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const look = () => {
    let sleepMs = longestSleepMs
    try {
      const {firings, isAll} = fireDue(context)
      for (const firing of firings) onFired?.(firing)
      sleepMs = isAll ? Math.min(longestSleepMs, Math.max(0, (nextDueMs(db) ?? Number.POSITIVE_INFINITY) - now())) : 0
    } catch (error) {
      onTrouble?.(error)
    }
    if (!isClosed) timer = setTimeout(look, sleepMs)
  }

  windAll(context)
  timer = setTimeout(look, 0)
  return {
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
