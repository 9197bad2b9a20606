// How long an execution took, told without the stretches in which none of its steps ran, and those beside it.

import type {ExecutionReport} from '../actions/executions/execution-report.ts'
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
 * `3 d 1 h before train, since 2026-01-01 12:04:10 UTC: as after a retry`. That there was one cannot be known for certain: on the embedded
 * engine a step may have waited for other executions.
 */
export function describeIdle({idle = []}: Timed): string[] {
  return idle.map(({durationSeconds, startedAt, before}) => {
    const where = before === undefined ? 'after its last step' : `before ${before}`
    const why = before === undefined ? '' : ': as after a retry, whose earlier attempts are not listed'
    return `${duration(durationSeconds)} ${where}, since ${clock(startedAt)} UTC${why}`
  })
}
