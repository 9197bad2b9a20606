// The tree that the rest of the spec room reads: YAML's values with their places, aliases resolved, nothing else of YAML.

import type {Range} from '../diagnostics/diagnostic.ts'

export type Scalar = null | boolean | number | string

export type ScalarNode = {
  readonly kind: 'scalar'
  readonly value: Scalar
  /** The value as it was written, without quotes: `0.10` keeps its zero. */
  readonly text: string
  readonly range: Range
  /** Where the character `index` of a string value stands in the source. */
  readonly locate: (index: number) => number
}

export type ListNode = {readonly kind: 'list'; readonly items: readonly Node[]; readonly range: Range}

export type MapEntry = {readonly key: string; readonly keyRange: Range; readonly value: Node}

export type MapNode = {readonly kind: 'map'; readonly entries: readonly MapEntry[]; readonly range: Range}

export type Node = ScalarNode | ListNode | MapNode

/** What a node is, in a person's words: `a number`, `a list`, `nothing`. */
export function describeNode(node: Node): string {
  if (node.kind === 'list') return 'a list'
  if (node.kind === 'map') return 'a mapping'
  if (node.value === null) return 'nothing'
  if (typeof node.value === 'string') return 'a text'
  return typeof node.value === 'number' ? 'a number' : node.text
}

/** Where each key of a mapping stands. */
export type KeyRanges = ReadonlyMap<string, Range>

export function keyRangesOf(node: Node): KeyRanges {
  return new Map(node.kind === 'map' ? node.entries.map(({key, keyRange}) => [key, keyRange]) : [])
}
