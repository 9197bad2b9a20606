// `"numeric": [">", 0, "<=", 5]`: one comparison, or a lower and then an upper bound.

import {comparableNumber} from './comparable-number.ts'
import type {JsonNode} from './json-nodes.ts'

export type NumericRange = {
  readonly least?: number
  readonly most?: number
  /** The bound itself is outside. */
  readonly isOpenBelow?: true
  readonly isOpenAbove?: true
}

export type ParsedNumeric =
  | {readonly kind: 'range'; readonly range: NumericRange}
  | {readonly kind: 'invalid'; readonly reason: string}

export function parseNumeric(items: readonly JsonNode[]): ParsedNumeric {
  const [first, firstBound, second, secondBound] = items
  if (first?.kind !== 'string') return invalid(`Invalid member in numeric match: ${first ? written(first) : ']'}`)
  const operator = first.text
  const one = boundOf(operator, firstBound)
  if (one.kind === 'invalid') return one
  if (!second) return one
  if (operator !== '>' && operator !== '>=') return invalid('Too many elements in numeric expression')

  if (second.kind !== 'string') return invalid(`Bad value in numeric range: ${written(second)}`)
  if (second.text !== '<' && second.text !== '<=') return invalid(`Bad numeric range operator: ${second.text}`)
  const other = boundOf(second.text, secondBound)
  if (other.kind === 'invalid') return other
  if (items.length > 4) return invalid('Too many terms in numeric range expression')
  const range = {...one.range, ...other.range}
  if ((range.least ?? 0) >= (range.most ?? 0)) return invalid('Bottom must be less than top')
  return {kind: 'range', range}
}

function boundOf(operator: string, node: JsonNode | undefined): ParsedNumeric {
  const make = bounds[operator]
  if (!make) return invalid(`Unrecognized numeric range operator: ${operator}`)
  if (node?.kind !== 'number') return invalid(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`)
  const value = comparableNumber(node.text)
  if (value === undefined) return invalid(`Cannot compare number : ${node.text}`)
  return {kind: 'range', range: make(value)}
}

const bounds: Readonly<Record<string, (value: number) => NumericRange>> = {
  '=': (value) => ({least: value, most: value}),
  '>': (value) => ({least: value, isOpenBelow: true}),
  '>=': (value) => ({least: value}),
  '<': (value) => ({most: value, isOpenAbove: true}),
  '<=': (value) => ({most: value}),
}

export function isInNumericRange(value: number, {least, most, isOpenBelow, isOpenAbove}: NumericRange): boolean {
  if (least !== undefined && (isOpenBelow ? value <= least : value < least)) return false
  return most === undefined || (isOpenAbove ? value < most : value <= most)
}

function written(node: JsonNode): string {
  if (node.kind === 'object') return '{'
  return node.kind === 'array' ? '[' : node.text
}

function invalid(reason: string): ParsedNumeric {
  return {kind: 'invalid', reason}
}
