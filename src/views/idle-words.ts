// How long an execution took, told without the stretches in which none of its steps ran, and those beside it.

import type {ExecutionReport, StepReport} from '../actions/executions/execution-report.ts'
import {clock, duration} from './time.ts'

type Timed = Pick<ExecutionReport, 'durationSeconds' | 'idle'>

export function idleSeconds({idle = []}: Timed): number {
  return idle.reduce((sum, {durationSeconds}) => sum + durationSeconds, 0)
}

/** `12 min 05 s`: of an execution that was retried, without the days before the retry. */
export function ranFor(report: Timed): string {
  return duration(Math.max(0, report.durationSeconds - idleSeconds(report)))
}

/** `, not counting 3 d 1 h outside its steps`, or nothing. */
export function notCounting(report: Timed, whose = 'its steps'): string {
  return report.idle ? `, not counting ${duration(idleSeconds(report))} outside ${whose}` : ''
}

/**
 * `3 d 1 h before train, since 2026-01-01 12:04:10 UTC: as after a retry, or a wait for a free place`. Which it was cannot be known. Before
 * any step ended there was nothing to be retried, as far as is listed, and nothing is said of it.
 */
export function describeIdle({idle = [], steps}: Timed & Pick<ExecutionReport, 'steps'>): string[] {
  return idle.map(({durationSeconds, startedAt, before}) => {
    const where = before === undefined ? 'after its last step' : `before ${before}`
    const goesOn = before !== undefined && steps.some((step) => endedBy(step, startedAt))
    const why = goesOn ? ': as after a retry, or a wait for a free place' : ''
    return `${duration(durationSeconds)} ${where}, since ${clock(startedAt)} UTC${why}`
  })
}

function endedBy({endedAt}: StepReport, iso: string): boolean {
  return endedAt !== undefined && Date.parse(endedAt) <= Date.parse(iso)
}
