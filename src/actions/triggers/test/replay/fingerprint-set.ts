// A set of texts of which only a number each is kept: a long file of events has many.

import {createHash} from 'node:crypto'

export type FingerprintSet = {
  /** False when it was there already. Of a million texts, two are taken for one with a chance of 1 in 560. */
  add(text: string): boolean
  size(): number
}

export function fingerprintSet(): FingerprintSet {
  const seen = new Set<number>()
  return {
    add(text) {
      const before = seen.size
      seen.add(createHash('sha256').update(text).digest().readUIntBE(0, 6))
      return seen.size > before
    },
    size: () => seen.size,
  }
}
