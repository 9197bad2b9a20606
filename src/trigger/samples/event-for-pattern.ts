// The smallest event that a pattern matches: each field of one of its branches with a value that it takes.

import {parseEvent} from '../../events/event-fields.ts'
import {matchEvent} from '../../events/match.ts'
import {type Branch, type EventPattern, type Field, parsePattern} from '../../events/pattern.ts'
import {envelopeFields, type SamplePlace} from './envelope.ts'
import {fits, fittingValue} from './fitting-value.ts'

/** JSON text of the event, or why none can be made. */
export type PatternSample =
  | {readonly kind: 'event'; readonly text: string}
  | {readonly kind: 'none'; readonly why: string}

export function eventForPattern(patternText: string, place: SamplePlace): PatternSample {
  const parsed = parsePattern(patternText)
  if (parsed.kind === 'invalid') return {kind: 'none', why: `its pattern is not valid: ${parsed.reason}`}
  let why = 'its pattern matches no event'
  for (const branch of parsed.pattern.branches) {
    const made = eventForBranch(branch, parsed.pattern, place)
    if (made.kind === 'event') return made
    why = made.why
  }
  return {kind: 'none', why}
}

/** Objects of what is named, and the JSON texts of what is not. */
type Tree = Map<string, Tree | string>

function eventForBranch(branch: Branch, pattern: EventPattern, place: SamplePlace): PatternSample {
  const tree = wholeEnvelope(place)
  for (const field of branch) {
    const value = envelopeValue(field, tree) ?? fittingValue(field)
    if (value === undefined) return none(`no value of ${field.path} fits ${field.written}`)
    if (value === 'absent' && mandatory.has(field.path)) return none(`every event has ${field.path}`)
    if (value !== 'absent' && !put(tree, field.path, value)) {
      return none(`${field.path} would have to be a value and an object at once`)
    }
  }
  const text = written(tree)
  const event = parseEvent(text)
  const isMatched = event.kind === 'event' && matchEvent(pattern, event.event).kind === 'matches'
  return isMatched ? {kind: 'event', text} : none('its fields exclude each other')
}

/** Fields that EventBridge demands of an event that it tests (API Reference, TestEventPattern). */
const mandatory: ReadonlySet<string> = new Set([
  ...['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type', 'detail'],
])

function wholeEnvelope(place: SamplePlace): Tree {
  const fields = Object.entries(envelopeFields(place)).map(([name, value]) => [name, JSON.stringify(value)] as const)
  return new Map<string, Tree | string>([
    ...fields,
    ['detail-type', '"Sample"'],
    ['source', '"sample"'],
    ['resources', '[]'],
    ['detail', new Map()],
  ])
}

/** What the envelope has already, where that will do; resources are a list. */
function envelopeValue(field: Field, tree: Tree): string | undefined {
  const standing = tree.get(field.path)
  if (typeof standing !== 'string') return undefined
  if (fits(field, standing)) return standing
  if (field.path !== 'resources') return undefined
  const value = fittingValue(field)
  return value === undefined || value === 'absent' ? value : `[${value}]`
}

/** False when the path leads through a value. */
function put(tree: Tree, path: string, value: string): boolean {
  const names = path.split('.')
  const last = names.pop() ?? ''
  let at = tree
  for (const name of names) {
    const next = at.get(name) ?? new Map<string, Tree | string>()
    if (typeof next === 'string') return false
    at.set(name, next)
    at = next
  }
  const there = at.get(last)
  if (there !== undefined && typeof there !== 'string' && there.size > 0) return false
  at.set(last, value)
  return true
}

function written(tree: Tree): string {
  const members = [...tree].map(
    ([name, value]) => `${JSON.stringify(name)}:${typeof value === 'string' ? value : written(value)}`,
  )
  return `{${members.join()}}`
}

function none(why: string): PatternSample {
  return {kind: 'none', why}
}
