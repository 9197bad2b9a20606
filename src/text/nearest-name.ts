// "Did you mean": the known name nearest to a mistyped one, or none when nothing is near.

import {distance} from 'fastest-levenshtein'

/** The nearest of `known`, case ignored: at most three edits, and fewer for short names. Undefined when none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const limit = Math.min(3, Math.ceil(name.length * 0.4))
  const wanted = name.toLowerCase()
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of known) {
    const edits = distance(wanted, candidate.toLowerCase())
    if (edits < bestDistance) {
      best = candidate
      bestDistance = edits
    }
  }
  return best
}

/** `did you mean "train"?` when something is near, else `known: a, b, c`; undefined when nothing is known. */
export function suggestName(name: string, known: Iterable<string>): string | undefined {
  const names = [...known]
  const nearest = nearestName(name, names)
  if (nearest !== undefined) return `did you mean "${nearest}"?`
  if (names.length === 0) return undefined
  const shown = names.slice(0, 12).join(', ')
  return `known: ${shown}${names.length > 12 ? `, and ${names.length - 12} more` : ''}`
}
