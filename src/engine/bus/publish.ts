// The default bus: an event goes to the targets of every enabled rule that matches it.

import {parseEvent} from '../../events/event-fields.ts'
import {matchEvent} from '../../events/match.ts'
import {type EventPattern, parsePattern} from '../../events/pattern.ts'
import type {OperationContext} from '../operations/context.ts'
import {accountId, region} from '../store/arns.ts'
import {listMatchingRules, listTargets} from '../store/rules.ts'
import {type Delivery, deliver} from './deliver.ts'

export type BusEvent = {
  readonly id: string
  readonly source: string
  readonly detailType: string
  /** JSON text of an object, passed on as it is. */
  readonly detail: string
  readonly resources: readonly string[]
  readonly timeMs: number
}

/** What became of each target that the event was meant for. */
export function publish(event: BusEvent, context: OperationContext): readonly Delivery[] {
  const text = formatEvent(event)
  const parsed = parseEvent(text)
  if (parsed.kind === 'invalid') throw new Error(`an event that is no JSON came to the bus: ${parsed.reason}`)
  const rules = listMatchingRules(context.db).filter(({pattern}) => {
    const compiled = pattern === null ? undefined : compile(pattern)
    return compiled !== undefined && matchEvent(compiled, parsed.event).kind === 'matches'
  })
  return rules.flatMap((rule) =>
    listTargets(context.db, rule.arn).map((target) =>
      deliver({rule, target, eventId: event.id, event: parsed.event.node}, context),
    ),
  )
}

/** The envelope of an event (User Guide, "AWS service event metadata"); times are whole seconds. */
export function formatEvent({id, source, detailType, detail, resources, timeMs}: BusEvent): string {
  const time = `${new Date(timeMs).toISOString().slice(0, 19)}Z`
  const head = {version: '0', id, 'detail-type': detailType, source, account: accountId, time, region, resources}
  return `${JSON.stringify(head).slice(0, -1)},"detail":${detail}}`
}

const compiled = new Map<string, EventPattern | undefined>()

/** Patterns seldom change and events are many; those that are no longer in a rule are dropped with all others. */
function compile(text: string): EventPattern | undefined {
  if (compiled.has(text)) return compiled.get(text)
  if (compiled.size >= 1000) compiled.clear()
  const parsed = parsePattern(text)
  const pattern = parsed.kind === 'pattern' ? parsed.pattern : undefined
  compiled.set(text, pattern)
  return pattern
}
