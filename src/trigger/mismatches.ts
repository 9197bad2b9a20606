// Every field of a pattern that an event fails at, by the branch that comes nearest. Matching itself stops at the first.

import type {EventFields} from '../events/event-fields.ts'
import {type Mismatch, matchEvent} from '../events/match.ts'
import type {Branch, EventPattern} from '../events/pattern.ts'

/** Where the event comes from first; empty when the event matches. */
export function mismatches(pattern: EventPattern, event: EventFields): readonly Mismatch[] {
  const whole = matchEvent(pattern, event)
  if (whole.kind === 'matches') return []
  let nearest: readonly Mismatch[] | undefined
  for (const branch of pattern.branches) {
    const failing = failingFields(branch, event)
    if (!nearest || failing.length < nearest.length) nearest = failing
  }
  // Each field alone matches: no element of an array has them all.
  if (!nearest || nearest.length === 0) return [whole]
  return [...nearest].sort((a, b) => rankOf(a.path) - rankOf(b.path))
}

function failingFields(branch: Branch, event: EventFields): Mismatch[] {
  return branch.flatMap((field) => {
    const result = matchEvent({branches: [[field]]}, event)
    return result.kind === 'fails' ? [result] : []
  })
}

const first = ['source', 'detail-type']

function rankOf(path: string): number {
  const rank = first.indexOf(path)
  return rank < 0 ? first.length : rank
}
