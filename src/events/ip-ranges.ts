// IP addresses and CIDR ranges as the open engine behind EventBridge reads them: an address becomes hexadecimal digits, 8
// for version 4 and 32 for version 6, and a range is two such texts that are compared digit by digit.

export type IpRange = {readonly bottom: string; readonly top: string}

export type ParsedRange =
  | {readonly kind: 'range'; readonly range: IpRange}
  | {readonly kind: 'invalid'; readonly reason: string}

/** The digits of an address, or undefined. A version 4 address written as version 6 (::ffff:…) is a version 4 address. */
export function addressDigits(text: string): string | undefined {
  return digitsOf4(text) ?? digitsOf6(text)
}

/** `10.0.0.0/8`, `2001:db8::/32`. A range of a single address is refused, as by event-ruler: it is written as a literal. */
export function parseCidr(text: string): ParsedRange {
  const [address = '', bits = '', ...more] = text.replace(/\/+$/, '').split('/')
  if (bits === '' || more.length > 0) return invalid("Malformed CIDR, one '/' required")
  if (!/^[+-]?\d{1,9}$/.test(bits)) return invalid('Malformed CIDR, mask bits must be an integer')
  const fixed = Number(bits)
  if (fixed < 0) return invalid('Malformed CIDR, mask bits must not be negative')

  const digits = addressDigits(address)
  if (digits === undefined) {
    return invalid(`${looksLikeAddress(address) ? 'Invalid' : 'Nonstandard'} IP address: ${address}`)
  }
  const width = digits.length * 4
  if (fixed >= width) return invalid(`IPv${width === 32 ? 4 : 6} mask bits must be < ${width}`)

  const free = (1n << BigInt(width - fixed)) - 1n
  const value = BigInt(`0x${digits}`)
  return {
    kind: 'range',
    range: {bottom: toDigits(value & ~free, digits.length), top: toDigits(value | free, digits.length)},
  }
}

/**
 * Digits are compared from the left, as far as the shorter of the two goes. So an address of the other version can lie in a
 * range, as with event-ruler: 2001:db8:: begins like 32.1.13.184.
 */
export function isInRange(digits: string, {bottom, top}: IpRange): boolean {
  const length = Math.min(digits.length, bottom.length)
  const [value, low, high] = [digits, bottom, top].map((text) => text.slice(0, length)) as [string, string, string]
  // Where the address is the shorter one, its digits alone must decide.
  return digits.length < bottom.length ? low < value && value < high : low <= value && value <= high
}

function looksLikeAddress(text: string): boolean {
  return /^(?:\d+\.){3}\d+$/.test(text) || /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/.test(text)
}

function digitsOf4(text: string): string | undefined {
  if (text.length > 15 || !/^(?:\d+\.){3}\d+$/.test(text)) return undefined
  const parts = text.split('.').map(Number)
  return parts.every((part) => part <= 255) ? parts.map((part) => hex(part, 2)).join('') : undefined
}

function digitsOf6(text: string): string | undefined {
  if (!/^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/.test(text)) return undefined
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - (tail?.length ?? 0)
  // Two colons stand for one group at least.
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [...head, ...Array.from({length: tail ? missing : 0}, () => '0'), ...(tail ?? [])]
  const values = groups.map((group) => (group === '' ? Number.NaN : Number.parseInt(group, 16)))
  if (!values.every((value) => value <= 0xffff)) return undefined
  const digits = values.map((value) => hex(value, 4)).join('')
  return digits.startsWith('00000000000000000000ffff') ? digits.slice(24) : digits
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0')
}

function toDigits(value: bigint, length: number): string {
  return value.toString(16).padStart(length, '0')
}

function invalid(reason: string): ParsedRange {
  return {kind: 'invalid', reason}
}
