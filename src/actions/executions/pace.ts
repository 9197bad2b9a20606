// How often an execution is looked at. Pure.

import type {Target} from '../../project/target.ts'

/** `embedded`: the engine of this machine, which may be asked often. `service`: SageMaker, whose answers are rationed. */
export type Pace = 'embedded' | 'service'

export function paceOf({kind}: Pick<Target, 'kind'>): Pace {
  return kind === 'local' ? 'embedded' : 'service'
}

export type Look = {
  /** Looks in a row, this one included, that got no answer. */
  readonly failures: number
  /** Since something last happened. */
  readonly quietMs: number
  /** What the look itself took. */
  readonly tookMs: number
  /** From 0 up to 1. */
  readonly random: number
}

type Limits = {readonly shortestMs: number; readonly longestMs: number; readonly jitter: number}

/**
 * Many followers that began together would ask together for ever, hence the jitter. SageMaker publishes no rate for its pipeline
 * calls: at most one look a second, and one in 15 to 20 seconds while nothing happens.
 */
const limits: Readonly<Record<Pace, Limits>> = {
  embedded: {shortestMs: 50, longestMs: 1000, jitter: 0},
  service: {shortestMs: 1000, longestMs: 15_000, jitter: 0.3},
}

/** A tenth of the time since something last happened, so that an end is seen about 10 % late at most. */
const patience = 0.1
/** A look may take this share of the time at most, however many steps there are to list. */
const lookShare = 0.2

/** How long to wait before the next look. */
export function pauseBetweenLooks(pace: Pace, {failures, quietMs, tookMs, random}: Look): number {
  if (failures > 0) return pauseAfterFailure(failures, random)
  const {shortestMs, longestMs, jitter} = limits[pace]
  const wanted = Math.max(quietMs * patience, tookMs / lookShare, shortestMs)
  return Math.min(wanted, longestMs) * (1 + jitter * random)
}

const firstRetryMs = 2000
const longestRetryMs = 30_000

/** How long to wait after so many looks in a row without an answer: 1 to 2 s, twice that, … 15 to 30 s. */
export function pauseAfterFailure(failures: number, random: number): number {
  const wanted = Math.min(firstRetryMs * 2 ** Math.max(0, failures - 1), longestRetryMs)
  return wanted * (0.5 + 0.5 * random)
}

/** Looks at the steps alone, before the execution is asked for its status all the same. */
const stepLooks = 8

/**
 * Whether a look asks for the status of the execution too. While a step runs the execution has not ended, and the steps tell
 * all that is new.
 */
export function asksForStatus(
  pace: Pace,
  last: {readonly isStepRunning: boolean; readonly stepLooks: number},
): boolean {
  return pace === 'embedded' || !last.isStepRunning || last.stepLooks >= stepLooks
}
