// One column of a data set, summed up while its cells go by. Numbers are kept (8 bytes each), texts are not: only
// categories, as long as they are few, and a count of distinct values that is an estimate above 65,536 of them.

import type {Cell} from '../dataset.ts'

export type InferredType = 'Integral' | 'Fractional' | 'String' | 'Unknown'

export type ColumnSummary = {
  readonly name: string
  readonly type: InferredType
  readonly present: number
  readonly missing: number
  /** How many of the present values are whole numbers, and other numbers. */
  readonly integral: number
  readonly fractional: number
  /** Sorted; undefined when a value is no number. */
  readonly numbers: Float64Array | undefined
  readonly distinct: number
  /** Count by value; undefined when there are too many values. */
  readonly categories: ReadonlyMap<string, number> | undefined
}

export type Column = {add(cell: Cell): void; summary(name: string, rows: number): ColumnSummary}

/** awslabs/deequ, which Model Monitor's container is built on, keeps a histogram of up to 120 values. */
const mostCategories = 120

const integralPattern = /^[+-]?\d+$/
const fractionalPattern = /^[+-]?(\d+\.\d*|\.\d+|\d+)([eE][+-]?\d+)?$/

export function openColumn(): Column {
  const numbers = numberList()
  const distinct = distinctCounter()
  const counts = {integral: 0, fractional: 0, text: 0}
  let categories: Map<string, number> | undefined = new Map()

  const countCategory = (text: string) => {
    if (!categories) return
    const known = categories.get(text)
    if (known === undefined && categories.size === mostCategories) categories = undefined
    else categories.set(known === undefined ? copyOf(text) : text, (known ?? 0) + 1)
  }

  return {
    add(cell) {
      if (isMissing(cell)) return
      const kind = kindOf(cell)
      counts[kind] += 1
      if (kind === 'text') numbers.clear()
      else if (counts.text === 0) numbers.push(Number(cell))
      const text = String(cell)
      distinct.add(text)
      countCategory(text)
    },
    summary(name, rows) {
      const present = counts.integral + counts.fractional + counts.text
      const type = inferType(counts)
      return {
        name,
        type,
        present,
        missing: rows - present,
        integral: counts.integral,
        fractional: counts.fractional,
        numbers: type === 'Integral' || type === 'Fractional' ? numbers.sorted() : undefined,
        distinct: distinct.count(),
        categories,
      }
    },
  }
}

/** Spark reads an empty cell as null; NaN is what pandas writes for a number that is not there. */
export function isMissing(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || cell === '' || cell === 'NaN' || cell === 'nan'
}

function kindOf(cell: Cell): 'integral' | 'fractional' | 'text' {
  if (typeof cell === 'number') return Number.isInteger(cell) ? 'integral' : 'fractional'
  if (typeof cell !== 'string') return 'text'
  const text = cell.trim()
  if (integralPattern.test(text)) return 'integral'
  return fractionalPattern.test(text) ? 'fractional' : 'text'
}

/** As deequ decides: one text makes a column of texts, one fraction a column of fractions. Booleans count as texts. */
function inferType(counts: {integral: number; fractional: number; text: number}): InferredType {
  if (counts.text > 0) return 'String'
  if (counts.fractional > 0) return 'Fractional'
  return counts.integral > 0 ? 'Integral' : 'Unknown'
}

function numberList() {
  let values = new Float64Array(1024)
  let length = 0
  return {
    push(value: number) {
      if (length === values.length) {
        const grown = new Float64Array(length * 2)
        grown.set(values)
        values = grown
      }
      values[length] = value
      length += 1
    },
    clear() {
      length = 0
      values = new Float64Array(1024)
    },
    sorted: () => values.subarray(0, length).sort(),
  }
}

const mostExact = 65_536
const bits = 1 << 23

/** Exact by hashes up to a limit, then linear counting: `-m ln(share of m bits that are still unset)`. */
function distinctCounter() {
  const hashes = new Set<number>()
  let bitmap: Uint8Array | undefined
  let set = 0

  const mark = (map: Uint8Array, hash: number) => {
    const bit = hash % bits
    const mask = 1 << (bit & 7)
    const byte = map[bit >> 3] ?? 0
    if ((byte & mask) !== 0) return
    map[bit >> 3] = byte | mask
    set += 1
  }

  return {
    add(text: string) {
      const hash = hashOf(text)
      if (bitmap) return mark(bitmap, hash)
      hashes.add(hash)
      if (hashes.size <= mostExact) return
      bitmap = new Uint8Array(bits / 8)
      for (const one of hashes) mark(bitmap, one)
      hashes.clear()
    },
    count: () => (bitmap ? Math.round(-bits * Math.log(1 - set / bits)) : hashes.size),
  }
}

/** Of two hashes after Fowler, Noll and Vo, 52 bits. */
function hashOf(text: string): number {
  let left = 0x811c9dc5
  let right = 0x2545f491
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    left = Math.imul(left ^ code, 0x01000193)
    right = Math.imul(right ^ code, 0x010001b3)
  }
  return (scatter(left) >>> 0) * 2 ** 20 + (scatter(right) >>> 12)
}

/** Lets every bit of the hash depend on every other. */
function scatter(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  const twice = Math.imul(once ^ (once >>> 12), 0x297a2d39)
  return twice ^ (twice >>> 15)
}

/** A text of its own: a piece of a longer one would keep all of it in memory. */
export function copyOf(text: string): string {
  return Buffer.from(text).toString()
}
