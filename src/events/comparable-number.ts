// The numbers that EventBridge compares by value: those that a double holds exactly as they are written. Others match by
// their text alone, and no numeric matcher knows them. Source: aws/event-ruler, README ("Numeric matching") and its
// comparable numbers, which take a number only if the double's own decimal is equal to it.

/** Undefined for a text that is no number, and for one with more digits than a double holds. */
export function comparableNumber(text: string): number | undefined {
  if (!isNumberText(text)) return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) return undefined
  if (canonical(text) !== canonical(shortestDecimal(value))) return undefined
  return value === 0 ? 0 : value
}

function isNumberText(text: string): boolean {
  return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)
}

/** The decimal of a double as Java writes it: the shortest, but of two digits at least (4.9E-324, where JavaScript has 5e-324). */
function shortestDecimal(value: number): string {
  const twoDigits = value.toExponential(1)
  return Number(twoDigits) === value ? twoDigits : String(value)
}

/** Equal for equal decimals, however they are written. */
function canonical(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  const scale = Number(exponent) - fraction.length + digits.length - significant.length
  return `${sign}${significant}e${scale}`
}
