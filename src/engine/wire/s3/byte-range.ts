// The Range header, for one range of bytes (RFC 9110, section 14.1.2), as S3 takes it.

export type ByteRange = {readonly start: number; readonly end: number}

/** Undefined when the whole object is meant: no header, or one that S3 ignores. */
export function parseRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match) return undefined
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return undefined
  if (first === '') return lastBytes(Number(last), size)

  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start < size ? {start, end} : 'unsatisfiable'
}

function lastBytes(count: number, size: number): ByteRange | 'unsatisfiable' {
  if (count === 0 || size === 0) return 'unsatisfiable'
  return {start: Math.max(0, size - count), end: size - 1}
}
