// When none of an execution's steps ran. An execution that is retried goes on under its own name, perhaps days later, and neither the
// retry nor the attempts that it replaced are listed: the times of the steps are all that can be known of it. Pure.

import type {IdleStretch} from './execution-report.ts'
import {iso, seconds} from './step-report.ts'

export type StepTimes = {readonly name: string; readonly startedAtMs?: number; readonly endedAtMs?: number}

export type Span = {readonly fromMs: number; readonly toMs: number}

/** Between two steps SageMaker itself takes seconds. */
const shortestMs = 60_000
/** Less changes nothing about how long an execution seems to have run. */
const smallestShare = 0.05

/**
 * Of the whole execution, up to its end or to now. Empty where nothing has started, and where a step does not tell when it started: it
 * may have run at any time.
 */
export function idleStretches(steps: readonly StepTimes[], whole: Span): IdleStretch[] {
  const ran = steps.flatMap(({name, startedAtMs, endedAtMs}) =>
    startedAtMs === undefined ? [] : [{name, fromMs: startedAtMs, toMs: endedAtMs ?? whole.toMs}],
  )
  if (ran.length === 0 || ran.length < steps.length) return []

  const found: IdleStretch[] = []
  const leastMs = Math.max(shortestMs, smallestShare * (whole.toMs - whole.fromMs))
  const note = (stretch: Span, before: Pick<IdleStretch, 'before'>) => {
    if (stretch.toMs - stretch.fromMs >= leastMs) found.push({...told(stretch), ...before})
  }
  let {fromMs: idleFromMs} = whole
  for (const {name, fromMs, toMs} of ran.sort((a, b) => a.fromMs - b.fromMs)) {
    note({fromMs: idleFromMs, toMs: fromMs}, {before: name})
    idleFromMs = Math.max(idleFromMs, toMs)
  }
  note({fromMs: idleFromMs, toMs: whole.toMs}, {})
  return found
}

function told({fromMs, toMs}: Span): Omit<IdleStretch, 'before'> {
  return {startedAt: iso(fromMs), endedAt: iso(toMs), durationSeconds: seconds(toMs - fromMs)}
}
