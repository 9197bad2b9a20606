// Values that may hold references: what the user wrote, parsed but not yet given a meaning.

import type {Range} from '../diagnostics/diagnostic.ts'
import type {Scalar} from './node.ts'

export type Located<T> = {readonly value: T; readonly range: Range}

export const referenceRoots = ['parameters', 'steps', 'execution', 'pipeline', 'target', 'env'] as const
export type ReferenceRoot = (typeof referenceRoots)[number]

export type PathPart =
  | {readonly kind: 'name'; readonly name: string; readonly range: Range}
  | {readonly kind: 'key'; readonly key: string; readonly range: Range}
  | {readonly kind: 'index'; readonly index: number; readonly range: Range}

/** `${steps.train.model}`: the root, then the parts behind it. `text` is the path as written. */
export type Reference = {
  readonly root: ReferenceRoot
  readonly parts: readonly PathPart[]
  readonly text: string
  readonly range: Range
  /** `${env.NAME:-default}` only. */
  readonly fallback?: string
}

export type LiteralValue = {
  readonly kind: 'literal'
  readonly value: Scalar
  /** As written: numbers keep their zeros. */
  readonly text: string
  readonly range: Range
}

export type Value =
  | LiteralValue
  /** `${null}`: a JSON null, where a bare null would take a member away. */
  | {readonly kind: 'null'; readonly range: Range}
  | {readonly kind: 'reference'; readonly reference: Reference; readonly range: Range}
  | {readonly kind: 'text'; readonly parts: readonly (string | Reference)[]; readonly range: Range}
  | {readonly kind: 'list'; readonly items: readonly Value[]; readonly range: Range}
  | {readonly kind: 'map'; readonly entries: readonly ValueEntry[]; readonly range: Range}

export type ValueEntry = {readonly key: string; readonly keyRange: Range; readonly value: Value}

export type MapValue = Extract<Value, {kind: 'map'}>

/** SageMaker's functions. A mapping that holds one is a single value. */
export const functionNames = ['Get', 'Std:Join', 'Std:JsonGet'] as const

export function isFunctionMap(value: Value): value is MapValue {
  return value.kind === 'map' && value.entries.some(({key}) => functionNames.some((name) => name === key))
}

/** Every reference in a value, in the order of the text. */
export function referencesIn(value: Value): Reference[] {
  switch (value.kind) {
    case 'literal':
    case 'null':
      return []
    case 'reference':
      return [value.reference]
    case 'text':
      return value.parts.filter((part) => typeof part !== 'string')
    case 'list':
      return value.items.flatMap(referencesIn)
    case 'map':
      return value.entries.flatMap((entry) => referencesIn(entry.value))
  }
}

/** The name that a part of a path gives, as `.name` or `['name']`; empty for an index and for none. */
export function partName(part: PathPart | undefined): string {
  if (part?.kind === 'name') return part.name
  return part?.kind === 'key' ? part.key : ''
}

/** A path in SageMaker's notation: `A.B['k'].C[0]`. */
export function formatPath(path: readonly PathPart[]): string {
  return path
    .map((part, index) => {
      if (part.kind === 'key') return `['${part.key}']`
      if (part.kind === 'index') return `[${part.index}]`
      return index === 0 ? part.name : `.${part.name}`
    })
    .join('')
}
