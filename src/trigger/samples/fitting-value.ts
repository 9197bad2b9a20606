// A JSON value that one field of a pattern takes: worked out from its matchers, then tried.

import {parseEvent} from '../../events/event-fields.ts'
import {matchEvent} from '../../events/match.ts'
import type {Matcher, TextTest} from '../../events/matchers.ts'
import type {NumericRange} from '../../events/numeric-range.ts'
import type {Field} from '../../events/pattern.ts'

/** As JSON text; `absent` where only a missing field will do, undefined where nothing will. */
export function fittingValue(field: Field): string | 'absent' | undefined {
  const value = [...field.matchers.flatMap(candidates), ...others].find((candidate) => fits(field, candidate))
  if (value !== undefined) return value
  return field.matchers.some((matcher) => matcher.kind === 'exists' && !matcher.wanted) ? 'absent' : undefined
}

/** Whether the value would do, as JSON text. */
export function fits(field: Field, value: string): boolean {
  const event = parseEvent(`{"field":${value}}`)
  if (event.kind === 'invalid') return false
  return matchEvent({branches: [[{...field, path: 'field'}]]}, event.event).kind === 'matches'
}

/** What anything-but leaves. */
const others = ['"sample"', '"other"', '"1"', '0', '1', '2.5', 'true', 'null'] as const

function candidates(matcher: Matcher): string[] {
  switch (matcher.kind) {
    case 'exists':
      return matcher.wanted ? ['"sample"'] : []
    case 'string':
      return [JSON.stringify(matcher.text)]
    case 'bare':
      return [matcher.text]
    case 'number':
      return numbersIn(matcher.range)
    case 'address':
      return [JSON.stringify(addressText(matcher.digits))]
    case 'cidr':
      return [JSON.stringify(addressText(matcher.range.bottom))]
    case 'none-of-strings':
    case 'none-of-numbers':
    case 'none-of-tests':
      return []
    default:
      return [JSON.stringify(textFor(matcher))]
  }
}

function textFor(test: TextTest): string {
  switch (test.kind) {
    case 'prefix':
      return `${test.text}sample`
    case 'suffix':
      return `sample${test.text}`
    case 'wildcard':
      return test.parts.join('sample')
    case 'any-case':
      return inOneCase(test.pattern)
    case 'prefix-any-case':
      return `${inOneCase(test.pattern)}sample`
    case 'suffix-any-case':
      return `sample${inOneCase(test.pattern)}`
  }
}

function inOneCase(pattern: readonly (readonly string[])[]): string {
  return pattern.map(([form = '']) => form).join('')
}

function numbersIn({least, most}: NumericRange): string[] {
  const middle = least !== undefined && most !== undefined ? [(least + most) / 2] : []
  const bounds = [least, most].filter((bound) => bound !== undefined)
  return [...bounds, ...bounds.flatMap((bound) => [bound + 1, bound - 1]), ...middle].map(String)
}

/** Of 8 hexadecimal digits version 4, of 32 version 6. */
function addressText(digits: string): string {
  const isFour = digits.length === 8
  const groups = digits.match(isFour ? /../g : /..../g) ?? []
  return isFour ? groups.map((group) => Number.parseInt(group, 16)).join('.') : groups.join(':')
}
