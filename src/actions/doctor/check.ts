// What doctor finds: one check a line, each with what to do about it.

import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {isOutOfReach} from '../out-of-reach.ts'

/** `skipped`: it could not be looked at, or it does not matter here. */
export type CheckState = 'ok' | 'warning' | 'failed' | 'skipped'

export type Check = {
  /** Stable kebab-case name. */
  readonly id: string
  readonly title: string
  readonly state: CheckState
  /** What is there, or why it was not looked at. */
  readonly found: string
  /** One for each thing that is wrong, where there may be several. */
  readonly details: readonly string[]
  /** What to do: commands, or short sentences. */
  readonly next: readonly string[]
}

type Label = Pick<Check, 'id' | 'title'>
export type Finding = Omit<Check, keyof Label>

export function finding(
  state: CheckState,
  found: string,
  next: readonly string[] = [],
  details: readonly string[] = [],
): Finding {
  return {state, found, details, next}
}

/** A check that could not be made is a finding too: it never stops the others. */
export async function check(label: Label, look: () => Promise<Finding> | Finding): Promise<Check> {
  try {
    return {...label, ...(await look())}
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who === 'bug') throw error
    const isSkipped = isOutOfReach(error)
    const {message, nextSteps} = error
    return {...label, ...finding(isSkipped ? 'skipped' : 'failed', message, isSkipped ? [] : nextSteps)}
  }
}

export function skipped(label: Label, reason: string): Check {
  return {...label, ...finding('skipped', reason)}
}

/** `3 images`, `1 image`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
