// Times and amounts as people read them.

/** `0.35 s`, `4.2 s`, `1 min 05 s`, `2 h 03 min`, `3 d 4 h`. */
export function duration(seconds: number): string {
  if (seconds < 0.995) return `${seconds.toFixed(2)} s`
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${twoDigits(Math.floor((whole % 3600) / 60))} min`
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`
}

/** `just now`, `12 seconds ago`, `3 minutes ago`, `2 days ago`. */
export function ago(seconds: number): string {
  if (seconds < 5) return 'just now'
  if (seconds < 60) return `${Math.floor(seconds)} seconds ago`
  if (seconds < 3600) return `${count(Math.floor(seconds / 60), 'minute')} ago`
  if (seconds < 86_400) return `${count(Math.floor(seconds / 3600), 'hour')} ago`
  return `${count(Math.floor(seconds / 86_400), 'day')} ago`
}

/** `2026-01-01T12:00:00.000Z` -> `2026-01-01 12:00:00`: in UTC, which stands at the head of the column. */
export function clock(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ')
}

export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}

export function bytes(amount: number): string {
  if (amount < 1024) return `${amount} B`
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  let value = amount / 1024
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** At most six significant digits, no trailing zeros: 0.9649122807 -> 0.964912. */
export function shortNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}

function twoDigits(amount: number): string {
  return String(amount).padStart(2, '0')
}
