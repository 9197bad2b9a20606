// The parts of what is told of an execution that can be out of reach: each is looked at for itself, and what is missing is told in its place.

import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {Gap, ReportPart} from './execution-report.ts'

export type Gaps = {
  readonly found: readonly Gap[]
  add(part: ReportPart, reason: string): void
  /** What `look` finds, or `without` and a gap. A mistake of ours is thrown: it must be seen. */
  guard<Found>(part: ReportPart, look: () => Promise<Found>, without: Found): Promise<Found>
}

export function collectGaps(): Gaps {
  const found: Gap[] = []
  const add = (part: ReportPart, reason: string) => {
    if (!found.some((gap) => gap.part === part && gap.reason === reason)) found.push({part, reason})
  }
  return {
    found,
    add,
    async guard(part, look, without) {
      try {
        return await look()
      } catch (error) {
        if (!(error instanceof MlpipeError) || error.who === 'bug') throw error
        add(part, error.message)
        return without
      }
    },
  }
}

/** Takes note of what is missing; what is out of reach ends the whole. */
export function strictGaps(): Gaps {
  return {...collectGaps(), guard: (_part, look) => look()}
}
