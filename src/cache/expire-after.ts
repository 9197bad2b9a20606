// ExpireAfter of a CacheConfig: an ISO 8601 duration, read as leniently as the guide's own samples are written.
// Source: Developer Guide, "Caching pipeline steps": `30d`, `5y`, `T16m`, `30dT5h`; the SDK's: `p30d`, `P4DT12H`, `T12H`.

export type Duration = {
  readonly years: number
  readonly months: number
  readonly weeks: number
  readonly days: number
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
}

const pattern =
  /^P?(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?)?$/i

/** The last instant that a Date can hold. */
const endOfTimeMs = 8.64e15

/** Undefined when the text is no duration. Before the T, `30M` are months: only `T30M` are minutes. */
export function parseExpireAfter(text: string): Duration | undefined {
  const match = pattern.exec(text.trim())
  if (!match || !/\d/.test(text)) return undefined
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(1)
    .map((digits) => Number((digits ?? '0').replace(',', '.')))
  return {
    years: years ?? 0,
    months: months ?? 0,
    weeks: weeks ?? 0,
    days: days ?? 0,
    hours: hours ?? 0,
    minutes: minutes ?? 0,
    seconds: seconds ?? 0,
  }
}

/** When a result of that age stops being reused; -Infinity when the text is no duration, so that nothing ever is. */
export function expiresAt(finishedAtMs: number, text: string): number {
  const duration = parseExpireAfter(text)
  if (!duration) return Number.NEGATIVE_INFINITY

  const days = duration.weeks * 7 + duration.days
  const hours = days * 24 + duration.hours
  const restMs = ((hours * 60 + duration.minutes) * 60 + duration.seconds) * 1000
  return Math.min(addMonths(finishedAtMs, duration.years * 12 + duration.months) + restMs, endOfTimeMs)
}

/** In UTC; the 31st becomes the last day of a shorter month. */
function addMonths(atMs: number, months: number): number {
  if (months === 0) return atMs
  const moved = new Date(atMs)
  const day = moved.getUTCDate()
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  moved.setUTCDate(Math.min(day, lastDay))
  const result = moved.getTime()
  return Number.isNaN(result) ? endOfTimeMs : result
}
