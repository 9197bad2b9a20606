// AWS's cron: minutes, hours, day of month, month, day of week, year. Sunday is 1; one of the two day fields is `?`.
// Source: Amazon EventBridge User Guide, "Setting a schedule pattern", Cron expressions: values, wildcards, limitations.

export type CronField = 'minutes' | 'hours' | 'day-of-month' | 'month' | 'day-of-week' | 'year'

/** Weekdays are 1 to 7, from Sunday. */
export type DayRule =
  | {readonly kind: 'days'; readonly days: readonly number[]}
  | {readonly kind: 'last-day'}
  | {readonly kind: 'last-working-day'}
  | {readonly kind: 'nearest-working-day'; readonly day: number}
  | {readonly kind: 'weekdays'; readonly weekdays: readonly number[]}
  | {readonly kind: 'last-weekday'; readonly weekday: number}
  | {readonly kind: 'nth-weekday'; readonly weekday: number; readonly nth: number}

/** Lists in rising order. */
export type CronSchedule = {
  readonly kind: 'cron'
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly days: DayRule
  readonly months: readonly number[]
  readonly years: readonly number[]
}

export type CronFault = {readonly kind: 'invalid'; readonly field: 'expression' | CronField; readonly reason: string}

class InvalidField extends Error {
  readonly field: CronField

  constructor(field: CronField, reason: string) {
    super(reason)
    this.field = field
  }
}

type Kind = {
  readonly field: CronField
  readonly least: number
  readonly most: number
  readonly names?: readonly string[]
}

const minutes: Kind = {field: 'minutes', least: 0, most: 59}
const hours: Kind = {field: 'hours', least: 0, most: 23}
const daysOfMonth: Kind = {field: 'day-of-month', least: 1, most: 31}
const months: Kind = {
  ...{field: 'month', least: 1, most: 12},
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
}
const daysOfWeek: Kind = {
  ...{field: 'day-of-week', least: 1, most: 7},
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
}
const years: Kind = {field: 'year', least: 1970, most: 2199}

/** What stands between the brackets. EventBridge Scheduler takes an expression without a year for every year. */
export function parseCron(inner: string, service: 'rule' | 'scheduler') {
  const fields = inner.trim().split(/\s+/)
  if (fields.length === 5 && service === 'scheduler') fields.push('*')
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields
  if (fields.length !== 6) return wrongCount(inner.trim() === '' ? 0 : fields.length)
  try {
    const schedule: CronSchedule = {
      kind: 'cron',
      minutes: parseList(minute, minutes),
      hours: parseList(hour, hours),
      days: parseDays(dayOfMonth, dayOfWeek),
      months: parseList(month, months),
      years: parseList(year, years),
    }
    return {kind: 'schedule', schedule} as const
  } catch (error) {
    if (!(error instanceof InvalidField)) throw error
    return {kind: 'invalid', field: error.field, reason: error.message} as const
  }
}

function wrongCount(count: number): CronFault {
  const reason = `it has ${count} fields, six are needed: minutes hours day-of-month month day-of-week year`
  return {kind: 'invalid', field: 'expression', reason}
}

function parseDays(dayOfMonth: string, dayOfWeek: string): DayRule {
  if (dayOfMonth === '?' && dayOfWeek === '?') {
    throw new InvalidField('day-of-week', "'?' stands in both day fields: give one of them days, or *")
  }
  if (dayOfMonth !== '?' && dayOfWeek !== '?') {
    // Which of the two is wrong shows only once both can be read.
    parseDayOfMonth(dayOfMonth)
    parseDayOfWeek(dayOfWeek)
    throw new InvalidField('day-of-week', "one of day-of-month and day-of-week must be '?'")
  }
  return dayOfWeek === '?' ? parseDayOfMonth(dayOfMonth) : parseDayOfWeek(dayOfWeek)
}

function parseDayOfMonth(text: string): DayRule {
  const upper = text.toUpperCase()
  if (upper === 'L') return {kind: 'last-day'}
  if (upper === 'LW' || upper === 'WL') return {kind: 'last-working-day'}
  const day = /^(\d+)W$/.exec(upper)?.[1]
  if (day !== undefined) return {kind: 'nearest-working-day', day: parseNumber(day, daysOfMonth)}
  if (/L/.test(upper))
    throw new InvalidField('day-of-month', `L is the last day of the month and stands alone, not as in '${text}'`)
  if (/W/.test(upper)) throw new InvalidField('day-of-month', `W follows one day, as in 15W, not as in '${text}'`)
  return {kind: 'days', days: parseList(text, daysOfMonth)}
}

function parseDayOfWeek(text: string): DayRule {
  const upper = text.toUpperCase()
  if (upper === 'L') return {kind: 'weekdays', weekdays: [7]}
  const last = /^(\d+|[A-Z]{3})L$/.exec(upper)?.[1]
  if (last !== undefined) return {kind: 'last-weekday', weekday: parseNumber(last, daysOfWeek)}
  const [, weekday, nth] = /^(\d+|[A-Z]{3})#(\d+)$/.exec(upper) ?? []
  if (weekday !== undefined) return {kind: 'nth-weekday', weekday: parseNumber(weekday, daysOfWeek), nth: parseNth(nth)}
  if (upper.includes('#')) {
    throw new InvalidField(
      'day-of-week',
      `# makes one expression of a day and a number, as in 3#2, not as in '${text}'`,
    )
  }
  if (upper.includes('W')) {
    const rest = upper.replaceAll('WED', '')
    if (rest.includes('W')) throw new InvalidField('day-of-week', 'W belongs to day-of-month')
  }
  return {kind: 'weekdays', weekdays: parseList(text, daysOfWeek)}
}

function parseNth(text: string | undefined): number {
  const nth = Number(text)
  if (nth < 1 || nth > 5)
    throw new InvalidField('day-of-week', `a month has no day number ${text} of a kind: use #1 to #5`)
  return nth
}

/** `1,5-7,*` with steps `/n`. */
function parseList(text: string, kind: Kind): readonly number[] {
  const values = new Set(text.split(',').flatMap((part) => parsePart(part, text, kind)))
  return [...values].sort((a, b) => a - b)
}

function parsePart(part: string, whole: string, kind: Kind): number[] {
  const {field, least, most} = kind
  if (part === '') throw new InvalidField(field, `'${whole}' has an empty place between commas`)
  if (part.includes('?'))
    throw unfit(whole, kind, field.startsWith('day') ? "'?' stands alone" : "'?' belongs to the day fields")
  const [range = '', step, ...more] = part.split('/')
  if (more.length > 0) throw unfit(part, kind, 'it has more than one /')
  const every = step === undefined ? 1 : parseStep(step, kind)
  const [from, to] = parseRange(range, step !== undefined, kind)
  const last = range === '*' ? most : to
  const first = range === '*' ? least : from
  return Array.from({length: Math.floor((last - first) / every) + 1}, (_, index) => first + index * every)
}

function parseRange(range: string, hasStep: boolean, kind: Kind): readonly [number, number] {
  if (range === '*') return [kind.least, kind.most]
  const [from = '', to, ...more] = range.split('-')
  if (more.length > 0) throw unfit(range, kind, 'a range has two ends')
  const first = parseNumber(from, kind)
  if (to === undefined) return [first, hasStep ? kind.most : first]
  const last = parseNumber(to, kind)
  if (last < first) {
    throw new InvalidField(
      kind.field,
      `the range ${range} runs backwards: write ${from}-${kind.most},${kind.least}-${to}`,
    )
  }
  return [first, last]
}

function parseStep(text: string, kind: Kind): number {
  const step = Number(text)
  if (!/^\d+$/.test(text) || step < 1)
    throw new InvalidField(kind.field, `a step is a whole number above 0, not '${text}'`)
  const largest = kind.field === 'year' ? kind.most - kind.least : kind.most
  if (step > largest) throw new InvalidField(kind.field, `a step of ${text} is more than the field has`)
  return step
}

function parseNumber(text: string, kind: Kind): number {
  const {field, least, most, names} = kind
  const named = names?.indexOf(text.toUpperCase()) ?? -1
  if (named >= 0) return named + 1
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  const others = names ? ` or ${names[0]} to ${names.at(-1)}` : ''
  throw new InvalidField(field, `'${text}' is not ${least} to ${most}${others}`)
}

function unfit(text: string, {field}: Kind, why: string): InvalidField {
  return new InvalidField(field, `'${text}' cannot be read: ${why}`)
}
