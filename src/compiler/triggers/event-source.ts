// Event patterns of the user's own.

import {formatJson} from '../../definition/exact-json.ts'
import {type Json, numberJson} from '../../definition/json.ts'
import type {Range} from '../../diagnostics/diagnostic.ts'
import {parsePattern} from '../../events/pattern.ts'
import type {TriggerOf} from '../../spec/triggers/parse-triggers.ts'
import type {Value} from '../../spec/value.ts'
import type {EventSource} from '../../trigger/trigger.ts'
import {type Findings, triggerText} from './trigger-scope.ts'

/** PutRule, EventPattern; the quota "event pattern size" is half of it unless it has been raised (EventBridge quotas). */
const longestPattern = 4096
const usualLongestPattern = 2048

export function compileEvent({event}: TriggerOf<'event'>, scope: Findings): EventSource | undefined {
  if (!event) return undefined
  const pattern = patternText(event, scope)
  if (pattern === undefined) return undefined
  const parsed = parsePattern(pattern)
  if (parsed.kind === 'invalid') {
    reportInvalid(parsed.reason, event, scope)
    return undefined
  }
  checkLength(pattern, event.range, scope)
  return {kind: 'event', pattern}
}

function patternText(event: Value, scope: Findings): string | undefined {
  if (event.kind !== 'map') return triggerText(event, scope)?.value.trim()
  const json = patternJson(event, scope)
  return json === undefined ? undefined : formatJson(json)
}

/** Numbers as they are written: EventBridge tells 300 from 300.0 in a pattern. */
function patternJson(value: Value, scope: Findings): Json | undefined {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'number' ? numberJson(value.value, value.text) : value.value
    case 'null':
      return null
    case 'list': {
      const items = value.items.map((item) => patternJson(item, scope))
      return items.every((item) => item !== undefined) ? items : undefined
    }
    case 'map': {
      const members = value.entries.map(({key, value: member}) => [key, patternJson(member, scope)] as const)
      const known = members.flatMap(([key, member]) => (member === undefined ? [] : [[key, member] as const]))
      return known.length === members.length ? Object.fromEntries(known) : undefined
    }
    default:
      return triggerText(value, scope)?.value
  }
}

function reportInvalid(reason: string, event: Value, {findings}: Findings): void {
  // The most frequent mistake: a value where a list of values is wanted.
  const name = /^"(.+)" must be an object or an array$/.exec(reason)?.[1]
  const scalar = name === undefined ? undefined : findScalar(name, event)
  const help =
    scalar?.kind === 'literal'
      ? `a field has a list of what may match: ${name}: [${scalar.text}]`
      : 'a pattern is like {source: [aws.s3], detail: {bucket: {name: [my-bucket]}}}'
  findings.error('invalid-event-pattern', scalar?.range ?? event.range, `EventBridge refuses the pattern: ${reason}`, {
    help,
  })
}

function findScalar(name: string, value: Value): Value | undefined {
  if (value.kind !== 'map') return undefined
  const own = value.entries.find(
    (entry) => entry.key === name && entry.value.kind !== 'map' && entry.value.kind !== 'list',
  )
  return own?.value ?? value.entries.map((entry) => findScalar(name, entry.value)).find((found) => found !== undefined)
}

function checkLength({length}: string, range: Range, {findings}: Findings): void {
  const message = `the pattern has ${length} characters as JSON; EventBridge takes`
  if (length > longestPattern) {
    findings.error('invalid-event-pattern', range, `${message} ${longestPattern} at most`)
  } else if (length > usualLongestPattern) {
    findings.warning('invalid-event-pattern', range, `${message} ${usualLongestPattern} unless the quota is raised`)
  }
}
