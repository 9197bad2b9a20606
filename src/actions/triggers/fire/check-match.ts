// Whether the rule would have fired for the event, and if not, which field of its pattern is why.

import type {EventFields} from '../../../events/event-fields.ts'
import {type Mismatch, matchEvent} from '../../../events/match.ts'
import {parsePattern} from '../../../events/pattern.ts'
import {nearMiss} from '../../../trigger/near-miss.ts'

/** In words; undefined when the pattern matches. A rule without a pattern goes by the clock, and takes any event. */
export function mismatchOf(pattern: string | undefined, event: EventFields): string | undefined {
  if (pattern === undefined) return undefined
  const parsed = parsePattern(pattern)
  if (parsed.kind === 'invalid') return `the pattern is not valid: ${parsed.reason}`
  const result = matchEvent(parsed.pattern, event)
  if (result.kind === 'matches') return undefined
  const hint = nearMiss(result, event)
  return `${mismatchWords(result)}${hint === undefined ? '' : ` (${hint})`}`
}

function mismatchWords({path, why, wanted, found}: Mismatch): string {
  switch (why) {
    case 'absent':
      return `it has no ${path}, and the pattern wants ${wanted}`
    case 'present':
      return `it has ${path} (${found.join(', ')}), and the pattern wants it absent`
    case 'no-value-matches':
      return `${path} is ${found.join(', ')}, and the pattern wants ${wanted}`
    case 'other-element':
      return `${path} has what the pattern wants, ${wanted}, in another element of the list than the fields beside it`
  }
}
