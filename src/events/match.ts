// Whether an event matches a pattern; and if not, at which field it fails. All fields of a branch must match, and where
// their values stand in arrays of objects, in the same elements ("array consistency", aws/event-ruler, README).

import {endsAnyCase, equalsAnyCase, startsAnyCase} from './any-case.ts'
import type {EventFields, EventValue, Membership} from './event-fields.ts'
import {isInRange} from './ip-ranges.ts'
import type {Matcher, TextTest} from './matchers.ts'
import {isInNumericRange} from './numeric-range.ts'
import type {Branch, EventPattern, Field} from './pattern.ts'
import {fitsWildcard} from './wildcard.ts'

export type MatchResult = {readonly kind: 'matches'} | Mismatch

/** The field that the best branch of the pattern fails at. */
export type Mismatch = {
  readonly kind: 'fails'
  readonly path: string
  /** `other-element`: each field has a value that matches, but no element of the array has them all. */
  readonly why: 'absent' | 'present' | 'no-value-matches' | 'other-element'
  /** What the pattern wants, as it is written there. */
  readonly wanted: string
  /** What the event has at the path. */
  readonly found: readonly string[]
}

export function matchEvent({branches}: EventPattern, event: EventFields): MatchResult {
  let nearest: {readonly mismatch: Mismatch; readonly matched: number} | undefined
  for (const branch of branches) {
    const failure = firstFailure(branch, event)
    if (!failure) return {kind: 'matches'}
    if (!nearest || failure.matched > nearest.matched) nearest = failure
  }
  return nearest?.mismatch ?? {kind: 'matches'}
}

type Failure = {readonly mismatch: Mismatch; readonly matched: number}

function firstFailure(branch: Branch, event: EventFields): Failure | undefined {
  const candidates = branch.map((field) => ({
    field,
    values: event.byPath.get(field.path) ?? [],
    fitting: fittingValues(field, event),
    mayBeAbsent: field.matchers.some((matcher) => matcher.kind === 'exists' && !matcher.wanted),
  }))
  // A field can be absent from an element of an array though it is present in another, so only what has no arrays is sure.
  const hopeless = candidates.findIndex(
    ({values, fitting, mayBeAbsent}) =>
      fitting.length === 0 && !(mayBeAbsent && values.every(({membership}) => membership.size > 0)),
  )
  if (hopeless >= 0) {
    const matched = candidates.filter(({fitting}) => fitting.length > 0).length
    return failure(branch[hopeless], event, matched, false)
  }

  let states: readonly Membership[] = [new Map()]
  for (const [index, {values, fitting, mayBeAbsent}] of candidates.entries()) {
    const next: Membership[] = []
    for (const state of states) {
      if (mayBeAbsent && !values.some(({membership}) => merge(state, membership))) next.push(state)
      for (const {membership} of fitting) {
        const merged = merge(state, membership)
        if (merged) next.push(merged)
      }
    }
    const laterArrays = new Set(candidates.slice(index + 1).flatMap((later) => arraysOf(later.values)))
    states = distinct(next, laterArrays)
    if (states.length === 0) return failure(branch[index], event, index, fitting.length > 0)
  }
  return undefined
}

function failure(field: Field | undefined, event: EventFields, matched: number, isElsewhere: boolean): Failure {
  const {path, matchers, written} = field ?? {path: '', matchers: [], written: ''}
  const values = event.byPath.get(path) ?? []
  const found = values.map(({node}) => (node.kind === 'string' ? JSON.stringify(node.text) : node.text))
  const why = isElsewhere ? 'other-element' : reasonOf(matchers, values)
  return {mismatch: {kind: 'fails', path, why, wanted: written, found: [...new Set(found)]}, matched}
}

function reasonOf(matchers: readonly Matcher[], values: readonly EventValue[]): Mismatch['why'] {
  if (values.length === 0) return 'absent'
  const wantsAbsence = matchers.every((matcher) => matcher.kind === 'exists' && !matcher.wanted)
  return wantsAbsence ? 'present' : 'no-value-matches'
}

function fittingValues(field: Field, event: EventFields): readonly EventValue[] {
  const values = event.byPath.get(field.path) ?? []
  return values.filter((value) => field.matchers.some((matcher) => fits(matcher, value)))
}

/** The two together, or undefined when they are in different elements of one array. */
function merge(state: Membership, membership: Membership): Membership | undefined {
  for (const [array, index] of membership) if ((state.get(array) ?? index) !== index) return undefined
  return membership.size === 0 ? state : new Map([...state, ...membership])
}

function arraysOf(values: readonly EventValue[]): number[] {
  return values.flatMap(({membership}) => [...membership.keys()])
}

/** Only arrays that a later field stands in can still decide; states that agree on those are one. */
function distinct(states: readonly Membership[], arrays: ReadonlySet<number>): readonly Membership[] {
  const byKey = new Map<string, Membership>()
  for (const state of states) {
    const kept = new Map([...state].filter(([array]) => arrays.has(array)).sort(([a], [b]) => a - b))
    byKey.set([...kept].join(' '), kept)
  }
  return [...byKey.values()]
}

function fits(matcher: Matcher, {node, number, address}: EventValue): boolean {
  const isString = node.kind === 'string'
  switch (matcher.kind) {
    case 'exists':
      return matcher.wanted
    case 'string':
      return isString && node.text === matcher.text
    case 'bare':
      return !isString && node.text === matcher.text
    case 'number':
      return number !== undefined && isInNumericRange(number, matcher.range)
    case 'address':
      return address !== undefined && isInRange(address, {bottom: matcher.digits, top: matcher.digits})
    case 'cidr':
      return address !== undefined && isInRange(address, matcher.range)
    case 'none-of-strings':
      return !(isString && matcher.texts.has(node.text))
    case 'none-of-numbers':
      return number === undefined || !matcher.values.has(number)
    case 'none-of-tests':
      return !(isString && matcher.tests.some((test) => passes(test, node.text)))
    default:
      return isString && passes(matcher, node.text)
  }
}

function passes(test: TextTest, text: string): boolean {
  switch (test.kind) {
    case 'prefix':
      return text.startsWith(test.text)
    case 'suffix':
      return text.endsWith(test.text)
    case 'any-case':
      return equalsAnyCase(text, test.pattern)
    case 'prefix-any-case':
      return startsAnyCase(text, test.pattern)
    case 'suffix-any-case':
      return endsAnyCase(text, test.pattern)
    case 'wildcard':
      return fitsWildcard(text, test.parts)
  }
}
