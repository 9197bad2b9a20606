// A point in time as people write it: how long ago, or a date.

import {durationSeconds, parseDuration} from './duration.ts'

const dateOrTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i

/**
 * `2h` and `7d` are so long before now; `2026-11-01`, `2026-11-01T10:00` and `2026-11-01T10:00+01:00` are themselves, in UTC
 * where they do not say otherwise. Undefined for anything else.
 */
export function parseMoment(text: string, nowMs: number): number | undefined {
  const duration = parseDuration(text)
  if (duration) {
    const seconds = durationSeconds(duration)
    return seconds === undefined ? undefined : nowMs - seconds * 1000
  }
  const match = dateOrTime.exec(text)
  if (!match) return undefined
  const iso = text.toUpperCase().replace(' ', 'T')
  const isWithoutZone = match[1] === undefined && iso.includes('T')
  const ms = Date.parse(isWithoutZone ? `${iso}Z` : iso)
  return Number.isNaN(ms) ? undefined : ms
}
