// What one entry of a pattern's array asks of a value, and how it is written.
// Source: Amazon EventBridge User Guide, "Comparison operators"; aws/event-ruler, README, whose reasons are given here.

import {type AnyCase, parseAnyCase} from './any-case.ts'
import {comparableNumber} from './comparable-number.ts'
import {addressDigits, type IpRange, parseCidr} from './ip-ranges.ts'
import type {ArrayNode, JsonNode, ObjectNode} from './json-nodes.ts'
import {type NumericRange, parseNumeric} from './numeric-range.ts'
import {parseWildcard, type Wildcard} from './wildcard.ts'

/** What a text may look like. */
export type TextTest =
  | {readonly kind: 'prefix' | 'suffix'; readonly text: string}
  | {readonly kind: 'any-case' | 'prefix-any-case' | 'suffix-any-case'; readonly pattern: AnyCase}
  | {readonly kind: 'wildcard'; readonly parts: Wildcard}

export type Matcher =
  | TextTest
  | {readonly kind: 'string'; readonly text: string}
  /** true, false, null, or a number by its text. */
  | {readonly kind: 'bare'; readonly text: string}
  | {readonly kind: 'number'; readonly range: NumericRange}
  | {readonly kind: 'exists'; readonly wanted: boolean}
  | {readonly kind: 'address'; readonly digits: string}
  | {readonly kind: 'cidr'; readonly range: IpRange}
  | {readonly kind: 'none-of-strings'; readonly texts: ReadonlySet<string>}
  | {readonly kind: 'none-of-numbers'; readonly values: ReadonlySet<number>}
  | {readonly kind: 'none-of-tests'; readonly tests: readonly TextTest[]}

export class InvalidPattern extends Error {}

/** The matchers of an entry: a number is matched by its value and by its text. Throws InvalidPattern. */
export function parseEntry(node: JsonNode): Matcher[] {
  switch (node.kind) {
    case 'object':
      return [parseExpression(node)]
    case 'array':
      throw new InvalidPattern('Match value must be String, number, true, false, or null')
    case 'string': {
      const digits = addressDigits(node.text)
      return [digits === undefined ? {kind: 'string', text: node.text} : {kind: 'address', digits}]
    }
    case 'number': {
      const value = comparableNumber(node.text)
      const byText: Matcher = {kind: 'bare', text: node.text}
      return value === undefined ? [byText] : [{kind: 'number', range: {least: value, most: value}}, byText]
    }
    case 'word':
      return [{kind: 'bare', text: node.text}]
  }
}

const parsers: Readonly<Record<string, (node: JsonNode) => Matcher>> = {
  exactly: (node) => ({kind: 'string', text: textOf(node, 'exact')}),
  prefix: (node) => parseAffix('prefix', node),
  suffix: (node) => parseAffix('suffix', node),
  'equals-ignore-case': (node) => ({kind: 'any-case', pattern: parseAnyCase(textOf(node, 'equals-ignore-case'))}),
  wildcard: (node) => wildcardTest(textOf(node, 'wildcard')),
  numeric: (node) => ({kind: 'number', range: numericOf(node)}),
  'anything-but': parseAnythingBut,
  exists: parseExists,
  cidr: (node) => ({kind: 'cidr', range: cidrOf(textOf(node, 'prefix'))}),
}

function parseExpression(node: ObjectNode): Matcher {
  const [name, value] = onlyMember(node, 'Match expression')
  const parse = Object.hasOwn(parsers, name) ? parsers[name] : undefined
  if (!parse) throw new InvalidPattern(`Unrecognized match type ${name}`)
  const matcher = parse(value)
  refuseMore(node)
  return matcher
}

function parseAffix(kind: 'prefix' | 'suffix', node: JsonNode): Matcher {
  if (node.kind !== 'object') return {kind, text: textOf(node, kind)}
  const [name, value] = onlyMember(node, kind === 'prefix' ? 'Prefix expression' : 'Suffix expression')
  if (name !== 'equals-ignore-case') throw new InvalidPattern(`Unsupported ${kind} pattern: ${name}`)
  const pattern = parseAnyCase(textOf(value, name))
  refuseMore(node)
  return {kind: `${kind}-any-case`, pattern}
}

function parseExists(node: JsonNode): Matcher {
  if (node.kind !== 'word' || node.text === 'null') {
    throw new InvalidPattern('exists match pattern must be either true or false.')
  }
  return {kind: 'exists', wanted: node.text === 'true'}
}

function parseAnythingBut(node: JsonNode): Matcher {
  if (node.kind === 'object') return parseAnythingButTests(node)
  if (node.kind === 'word') {
    throw new InvalidPattern('Value of anything-but must be an array or single string/number value.')
  }
  const items = node.kind === 'array' ? node.items : [node]
  const texts = items.flatMap((item) => (item.kind === 'string' ? [item.text] : []))
  const numbers = items.flatMap((item) => (item.kind === 'number' ? [item.text] : []))
  if (texts.length + numbers.length < items.length) {
    throw new InvalidPattern('Inside anything but list, start|null|boolean is not supported.')
  }
  if (texts.length > 0 === numbers.length > 0) {
    throw new InvalidPattern(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    )
  }
  if (texts.length > 0) return {kind: 'none-of-strings', texts: new Set(texts)}
  return {kind: 'none-of-numbers', values: new Set(numbers.map(comparable))}
}

const testKinds = {prefix: 'prefix', suffix: 'suffix', 'equals-ignore-case': 'any-case', wildcard: 'wildcard'} as const

function parseAnythingButTests(node: ObjectNode): Matcher {
  const [name, value] = onlyMember(node, 'Anything-But expression')
  if (!isTestName(name)) throw new InvalidPattern(`Unsupported anything-but pattern: ${name}`)
  if (value.kind === 'object' || value.kind === 'word') {
    throw new InvalidPattern('Value of anything-but must be an array or single string/number value.')
  }
  const items = value.kind === 'array' ? value.items : [value]
  if (items.length === 0) throw new InvalidPattern('Empty arrays are not allowed')
  const tests = items.map((item) => parseTest(name, item))
  refuseMore(node)
  return {kind: 'none-of-tests', tests}
}

function isTestName(name: string): name is keyof typeof testKinds {
  return Object.hasOwn(testKinds, name)
}

function parseTest(name: keyof typeof testKinds, node: JsonNode): TextTest {
  if (node.kind !== 'string') throw new InvalidPattern(wrongTest(name))
  switch (name) {
    case 'equals-ignore-case':
      return {kind: 'any-case', pattern: parseAnyCase(node.text)}
    case 'wildcard':
      return wildcardTest(node.text)
    default:
      if (node.text === '') throw new InvalidPattern('Null prefix/suffix not allowed')
      return {kind: name, text: node.text}
  }
}

function wrongTest(name: keyof typeof testKinds): string {
  if (name === 'wildcard') return 'wildcard match pattern must be a string'
  if (name !== 'equals-ignore-case') return 'prefix/suffix match pattern must be a string'
  return 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.'
}

function wildcardTest(text: string): TextTest {
  const parsed = parseWildcard(text)
  if (parsed.kind === 'invalid') throw new InvalidPattern(parsed.reason)
  return parsed
}

function cidrOf(text: string): IpRange {
  const parsed = parseCidr(text)
  if (parsed.kind === 'invalid') throw new InvalidPattern(parsed.reason)
  return parsed.range
}

function numericOf(node: JsonNode): NumericRange {
  if (node.kind !== 'array') throw new InvalidPattern('Value of numeric must be an array.')
  return rangeOf(node)
}

function rangeOf(node: ArrayNode): NumericRange {
  const parsed = parseNumeric(node.items)
  if (parsed.kind === 'invalid') throw new InvalidPattern(parsed.reason)
  return parsed.range
}

function comparable(text: string): number {
  const value = comparableNumber(text)
  if (value === undefined) throw new InvalidPattern(`Cannot compare number : ${text}`)
  return value
}

function textOf(node: JsonNode, name: string): string {
  if (node.kind !== 'string') throw new InvalidPattern(`${name} match pattern must be a string`)
  return node.text
}

function onlyMember(node: ObjectNode, what: string): readonly [string, JsonNode] {
  const [first] = node.members
  if (!first) throw new InvalidPattern(`${what} name not found`)
  return first
}

function refuseMore(node: ObjectNode): void {
  if (node.members.length > 1) throw new InvalidPattern('Only one key allowed in match expression')
}
