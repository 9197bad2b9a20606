// The one table of exit codes.

import type {DiffResult} from '../actions/forecast/forecast.ts'

export const exitCodes = {
  done: 0,
  /** It ran and failed. */
  failed: 1,
  /** Only with --detailed-exitcode. */
  differences: 2,
  usage: 64,
  spec: 65,
  service: 69,
  bug: 70,
  /** Still running when --timeout ended. */
  timeout: 75,
  interrupted: 130,
} as const

/** Outcomes of results that do not mean "done". */
const outcomes: Readonly<Record<string, number>> = {
  failed: exitCodes.failed,
  stopped: exitCodes.failed,
  'timed-out': exitCodes.timeout,
  interrupted: exitCodes.interrupted,
  'left-running': exitCodes.interrupted,
}

/** By the result's `outcome`; results without one are done. */
export function exitCodeOf(result: unknown): number {
  if (typeof result !== 'object' || result === null || !('outcome' in result)) return exitCodes.done
  return typeof result.outcome === 'string' ? (outcomes[result.outcome] ?? exitCodes.done) : exitCodes.done
}

/** As terraform has it: 2 when there is something to deploy and --detailed-exitcode asks for it. */
export function exitCodeOfDiff({deploy}: DiffResult, isDetailed: boolean): number {
  const isDifferent = deploy.outcome !== 'none' || deploy.changes.length > 0
  return isDetailed && isDifferent ? exitCodes.differences : exitCodes.done
}

/** 0 when a trigger fires and starts the pipeline, 1 when none does. */
export function exitCodeOfTest({fires}: {readonly fires: boolean}): number {
  return fires ? exitCodes.done : exitCodes.failed
}
