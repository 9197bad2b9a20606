// Durations as people write them in a spec: `30d`, `12h`, `90m`, or ISO 8601.

/** Calendar parts are kept apart because a month has no fixed length. */
export type SpecDuration = {
  readonly years: number
  readonly months: number
  readonly days: number
  readonly seconds: number
}

const human = /^(?:(\d+)w)?\s*(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?$/
const iso = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i

/**
 * Reads `1w`, `30d`, `12h`, `90m` (ninety minutes), `45s`, combinations such as `1d12h`, and ISO 8601 in either case (`P30D`,
 * `pt90m`; AWS's own pages write `p30d`).
 * Undefined for anything else, for an empty text and for a length of zero.
 */
export function parseDuration(text: string): SpecDuration | undefined {
  const duration = parseHuman(text) ?? parseIso(text)
  if (!duration) return undefined
  const {years, months, days, seconds} = duration
  const parts = [years, months, days, seconds]
  return parts.every(Number.isSafeInteger) && parts.some((part) => part > 0) ? duration : undefined
}

/** What to write instead of a text that is no duration. */
export function durationHelp(text: string): string {
  if (/^\d+$/.test(text)) return `a number needs a unit: ${text}d, ${text}h, ${text}m (minutes) or ${text}s`
  const meant = nearestDuration(text.trim().toLowerCase())
  return meant === undefined ? 'write 30d, 12h, 90m (minutes), 45s, or ISO 8601 such as P30D' : `did you mean ${meant}?`
}

/** Undone: capitals, words for units, a fraction, the wrong order, a time of ISO 8601 without its T. */
function nearestDuration(text: string): string | undefined {
  const short = text.replace(
    /(\d)\s*(?:(w)(?:ee)?ks?|(d)ays?|(h)(?:ou)?rs?|(m)in(?:ute)?s?|(s)ec(?:ond)?s?)\b[\s,]*(?:and\b\s*)?/g,
    '$1$2$3$4$5$6',
  )
  const units = short.match(/\d+[wdhms]/g) ?? []
  const inOrder = [...units].sort((a, b) => 'wdhms'.indexOf(a.slice(-1)) - 'wdhms'.indexOf(b.slice(-1))).join('')
  const isWhole = units.join('') === short.replaceAll(/\s/g, '')
  const withTime = text.toUpperCase().replace(/^P/, 'PT')
  const candidates = [short, withoutFraction(short), isWhole ? inOrder : '', withTime]
  return candidates.find((candidate) => candidate !== undefined && parseDuration(candidate) !== undefined)
}

/** `1.5h` in the next smaller unit, `90m`, when that is whole. */
function withoutFraction(text: string): string | undefined {
  const [, amount, unit = ''] = /^(\d+\.\d+)([wdhm])$/.exec(text) ?? []
  const smaller = {w: [7, 'd'], d: [24, 'h'], h: [60, 'm'], m: [60, 's']}[unit]
  if (!smaller || amount === undefined) return undefined
  const [factor, name] = smaller
  return `${Number(amount) * Number(factor)}${name}`
}

/** Seconds of a duration without calendar parts, or undefined when it has years or months. */
export function durationSeconds(duration: SpecDuration): number | undefined {
  if (duration.years > 0 || duration.months > 0) return undefined
  return duration.days * 86_400 + duration.seconds
}

/** The same for comparing with a limit: a duration with years or months is longer than any. */
export function lengthSeconds(duration: SpecDuration): number {
  return durationSeconds(duration) ?? Number.POSITIVE_INFINITY
}

/** Upper-case ISO 8601 with the time part behind `T`, so that minutes can never be read as months. */
export function isoDuration(duration: SpecDuration): string {
  const {years, months, days, seconds} = duration
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = seconds % 60
  const date = part(years, 'Y') + part(months, 'M') + part(days, 'D')
  const time = part(hours, 'H') + part(minutes, 'M') + part(rest, 'S')
  return `P${date}${time ? `T${time}` : ''}`
}

function part(amount: number, unit: string): string {
  return amount > 0 ? `${amount}${unit}` : ''
}

function parseHuman(text: string): SpecDuration | undefined {
  const match = human.exec(text.trim())
  if (!match) return undefined
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((amount) => Number(amount ?? 0))
  return {
    years: 0,
    months: 0,
    days: (weeks ?? 0) * 7 + (days ?? 0),
    seconds: (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0),
  }
}

function parseIso(text: string): SpecDuration | undefined {
  const match = iso.exec(text.trim())
  if (!match) return undefined
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((amount) => Number(amount ?? 0))
  return {
    years: years ?? 0,
    months: months ?? 0,
    days: (weeks ?? 0) * 7 + (days ?? 0),
    seconds: (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0),
  }
}
