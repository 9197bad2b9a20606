// Many patterns, and which of them an event matches. Each branch of a pattern is filed under the values of one of its fields, the
// one whose values it shares with the fewest others; a pass over the fields of an event then finds the few branches that
// may match, and those alone are matched in full. The verdict is matchEvent's, so it cannot differ.

import type {EventFields, EventValue} from './event-fields.ts'
import {matchEvent} from './match.ts'
import type {Matcher} from './matchers.ts'
import type {Branch, EventPattern, Field} from './pattern.ts'

export type RuleIndex<Rule> = {
  readonly isEmpty: boolean
  /** The rules that the event matches, in the order in which they were given. */
  match(event: EventFields): readonly Rule[]
}

export function indexRules<Rule>(
  rules: readonly {readonly rule: Rule; readonly pattern: EventPattern}[],
): RuleIndex<Rule> {
  const branches: Filed[] = rules.flatMap(({pattern}, position) =>
    pattern.branches.map((branch) => ({branch, position})),
  )
  const {shelves, unfiled} = file(branches)

  return {
    isEmpty: rules.length === 0,
    match(event) {
      const candidates = new Set(unfiled)
      for (const [path, values] of event.byPath) {
        const shelf = shelves.get(path)
        if (shelf) collect(shelf, values, candidates)
      }
      const matched = new Set<number>()
      for (const {branch, position} of candidates) {
        if (!matched.has(position) && matchEvent({branches: [branch]}, event).kind === 'matches') matched.add(position)
      }
      return [...matched].sort((a, b) => a - b).flatMap((position) => rules[position]?.rule ?? [])
    },
  }
}

type Filed = {readonly branch: Branch; readonly position: number}

/** What a value must be like, at the least, for a matcher to fit it. */
type Key =
  | {readonly kind: 'string' | 'bare' | 'address' | 'prefix' | 'suffix'; readonly of: string}
  | {readonly kind: 'number'; readonly of: number}
  | {readonly kind: 'any'; readonly of: ''}

/** The branches that are filed under one path. */
type Shelf = Readonly<Record<Key['kind'], Map<string | number, Filed[]>>> & {
  /** Lengths of the prefixes and suffixes there, so that each length takes one look. */
  readonly lengths: Readonly<Record<'prefix' | 'suffix', Set<number>>>
}

function file(branches: readonly Filed[]) {
  const shelves = new Map<string, Shelf>()
  const unfiled: Filed[] = []
  const uses = countUses(branches)
  for (const filed of branches) {
    const lead = leadOf(filed.branch, uses)
    if (!lead) {
      unfiled.push(filed)
      continue
    }
    const shelf = shelves.get(lead.path) ?? newShelf()
    shelves.set(lead.path, shelf)
    for (const key of lead.keys) {
      const there = shelf[key.kind].get(key.of)
      if (there) there.push(filed)
      else shelf[key.kind].set(key.of, [filed])
      if (key.kind === 'prefix' || key.kind === 'suffix') shelf.lengths[key.kind].add(key.of.length)
    }
  }
  return {shelves, unfiled}
}

function newShelf(): Shelf {
  return {
    ...{string: new Map(), bare: new Map(), address: new Map(), number: new Map()},
    ...{prefix: new Map(), suffix: new Map(), any: new Map()},
    lengths: {prefix: new Set(), suffix: new Set()},
  }
}

/** How many branches have a key at a path. */
function countUses(branches: readonly Filed[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  for (const {branch} of branches) {
    for (const field of branch) {
      for (const key of keysOf(field) ?? []) uses.set(useOf(field, key), (uses.get(useOf(field, key)) ?? 0) + 1)
    }
  }
  return uses
}

function useOf({path}: Field, {kind, of}: Key): string {
  return `${kind} ${of} ${path}`
}

type Lead = {readonly path: string; readonly keys: readonly Key[]}

/** Undefined when every field of the branch may be absent. */
function leadOf(branch: Branch, uses: ReadonlyMap<string, number>): Lead | undefined {
  let lead: (Lead & {readonly cost: number}) | undefined
  for (const field of branch) {
    const keys = keysOf(field)
    if (!keys) continue
    const cost = keys.reduce((sum, key) => sum + costOf(key, uses.get(useOf(field, key)) ?? 0), 0)
    if (!lead || cost < lead.cost) lead = {path: field.path, keys, cost}
  }
  return lead
}

/** A field that may hold anything is the last resort; of two that are as rare, the exact value finds fewer. */
function costOf({kind}: Key, uses: number): number {
  if (kind === 'any') return Number.MAX_SAFE_INTEGER
  return kind === 'prefix' || kind === 'suffix' ? uses + 0.5 : uses
}

/** One of the keys fits every value that the field does; undefined when the field may be absent. */
function keysOf({matchers}: Field): readonly Key[] | undefined {
  if (matchers.some((matcher) => matcher.kind === 'exists' && !matcher.wanted)) return undefined
  const keys = matchers.map(keyOf)
  return keys.some(({kind}) => kind === 'any') ? [any] : keys
}

const any: Key = {kind: 'any', of: ''}

function keyOf(matcher: Matcher): Key {
  switch (matcher.kind) {
    case 'string':
    case 'bare':
      return {kind: matcher.kind, of: matcher.text}
    case 'address':
      return {kind: 'address', of: matcher.digits}
    case 'prefix':
    case 'suffix':
      return matcher.text === '' ? any : {kind: matcher.kind, of: matcher.text}
    case 'number': {
      const {least, most} = matcher.range
      return least !== undefined && least === most ? {kind: 'number', of: least} : any
    }
    case 'wildcard':
      return wildcardKey(matcher.parts)
    default:
      return any
  }
}

function wildcardKey(parts: readonly string[]): Key {
  const [first = '', ...others] = parts
  const last = others.at(-1)
  if (last === undefined) return {kind: 'string', of: first}
  if (first !== '') return {kind: 'prefix', of: first}
  return last === '' ? any : {kind: 'suffix', of: last}
}

function collect(shelf: Shelf, values: readonly EventValue[], found: Set<Filed>): void {
  const take = (kind: Key['kind'], of: string | number | undefined) => {
    if (of === undefined) return
    for (const filed of shelf[kind].get(of) ?? []) found.add(filed)
  }
  take('any', '')
  for (const {node, number, address} of values) {
    const {kind, text} = node
    take('number', number)
    take('address', address)
    take(kind === 'string' ? 'string' : 'bare', text)
    if (kind !== 'string') continue
    for (const length of shelf.lengths.prefix) if (length <= text.length) take('prefix', text.slice(0, length))
    for (const length of shelf.lengths.suffix) if (length <= text.length) take('suffix', text.slice(-length))
  }
}
