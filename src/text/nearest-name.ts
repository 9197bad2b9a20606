// "Did you mean": the known name nearest to a mistyped one, or none when nothing is near.

import {distance} from 'fastest-levenshtein'

/**
 * The nearest of `known`, case ignored: at most three edits, and fewer for short names, unless the letters are the same
 * (`nmae`). Undefined when none is near.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const limit = Math.min(3, Math.ceil(name.length * 0.4))
  const strict = Math.min(3, Math.max(1, Math.floor(name.length * 0.4)))
  const wanted = name.toLowerCase()
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of known) {
    const edits = distance(wanted, candidate.toLowerCase())
    if (edits < bestDistance && (edits <= strict || hasSameLetters(wanted, candidate.toLowerCase()))) {
      best = candidate
      bestDistance = edits
    }
  }
  return best
}

function hasSameLetters(one: string, other: string): boolean {
  return [...one].sort().join('') === [...other].sort().join('')
}

/** `did you mean "train"?` when something is near, else `known: a, b, c`; undefined when nothing is known. */
export function suggestName(name: string, known: Iterable<string>): string | undefined {
  const names = [...known]
  const nearest = nearestName(name, names)
  if (nearest !== undefined) return `did you mean "${nearest}"?`
  return knownNames(names)
}

/** `known: a, b, c`, the first twelve; undefined when there is none. */
export function knownNames(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined
  const shown = names.slice(0, 12).join(', ')
  return `known: ${shown}${names.length > 12 ? `, and ${names.length - 12} more` : ''}`
}
