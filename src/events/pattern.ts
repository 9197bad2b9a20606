// Event patterns: reading one, with the reason when it is none. `$or` multiplies out into branches; a branch is a list of
// fields that must all match. Fields are known by their dotted path, so that {"a.b": …} and {"a": {"b": …}} are the same.
// Source: Amazon EventBridge User Guide, "Creating event patterns"; aws/event-ruler, README.

import type {ArrayNode, JsonNode, ObjectNode} from './json-nodes.ts'
import {readObject} from './json-nodes.ts'
import {InvalidPattern, type Matcher, parseEntry} from './matchers.ts'

export type Field = {
  readonly path: string
  readonly matchers: readonly Matcher[]
  /** The array as the pattern has it. */
  readonly written: string
}

/** Fields in the order of their paths, in which they are matched. */
export type Branch = readonly Field[]

export type EventPattern = {readonly branches: readonly Branch[]}

export type ParsedPattern =
  | {readonly kind: 'pattern'; readonly pattern: EventPattern}
  | {readonly kind: 'invalid'; readonly reason: string}

/** Combinations that the `$or`s of a pattern may make (User Guide, "Comparison operators", OR matching). */
const mostBranches = 1000

type Fields = ReadonlyMap<string, Field>

export function parsePattern(text: string): ParsedPattern {
  const read = readObject(text)
  if (read.kind === 'broken') {
    const isObject = text.trimStart().startsWith('{')
    return {kind: 'invalid', reason: isObject ? `${capital(read.reason)}.` : 'Filter is not an object'}
  }
  try {
    const branches = parseFields(read.node, '', [], false)
    return {kind: 'pattern', pattern: {branches: branches.map((fields) => inOrder([...fields.values()]))}}
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error
    return {kind: 'invalid', reason: error.message}
  }
}

/** The branches with the fields of the object added to each; a field that is there already takes the later matchers. */
function parseFields(node: ObjectNode, parent: string, before: readonly Fields[], isInOr: boolean): readonly Fields[] {
  if (node.members.length === 0) throw new InvalidPattern('Empty objects are not allowed')
  let branches = before
  for (const [name, value] of node.members) {
    branches = parseMember(name, value, parent, branches, isInOr)
    if (branches.length > mostBranches) throw new InvalidPattern(`$or makes more than ${mostBranches} combinations`)
  }
  return branches
}

function parseMember(name: string, value: JsonNode, parent: string, before: readonly Fields[], isInOr: boolean) {
  if (name === '$or') return parseOr(value, parent, before)
  if (isInOr && reservedInOr.has(name)) {
    throw new InvalidPattern(`${name} is Ruler reserved fieldName which cannot be used inside $or.`)
  }
  const path = parent === '' ? name : `${parent}.${name}`
  if (value.kind === 'object') return parseFields(value, path, before, isInOr)
  if (value.kind !== 'array') throw new InvalidPattern(`"${name}" must be an object or an array`)
  const field = parseField(path, value)
  return (before.length === 0 ? [new Map<string, Field>()] : before).map((fields) => new Map(fields).set(path, field))
}

function parseField(path: string, node: ArrayNode): Field {
  if (node.items.length === 0) throw new InvalidPattern('Empty arrays are not allowed')
  return {path, matchers: node.items.flatMap(parseEntry), written: node.written}
}

function parseOr(node: JsonNode, parent: string, before: readonly Fields[]): readonly Fields[] {
  if (node.kind !== 'array') throw new InvalidPattern('It must be an Array followed with $or.')
  const branches: Fields[] = []
  for (const item of node.items) {
    if (item.kind !== 'object') throw new InvalidPattern('Only JSON object is allowed in array of $or relationship.')
    branches.push(...parseFields(item, parent, before, true))
    if (branches.length > mostBranches) throw new InvalidPattern(`$or makes more than ${mostBranches} combinations`)
  }
  if (node.items.length < 2) throw new InvalidPattern('There must have at least 2 Objects in $or relationship.')
  return branches
}

/** Names that event-ruler keeps from being fields inside `$or`, so that a matcher in the wrong place is found out. */
const reservedInOr: ReadonlySet<string> = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case', 'date-after', 'date-on-or-after'],
  ...['date-before', 'date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'],
])

function inOrder(fields: readonly Field[]): Branch {
  return [...fields].sort((a, b) => (a.path < b.path ? -1 : 1))
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
