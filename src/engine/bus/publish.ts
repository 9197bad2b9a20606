// The default bus: an event goes to the targets of every enabled rule that matches it.

import {parseEvent} from '../../events/event-fields.ts'
import type {OperationContext} from '../operations/context.ts'
import {accountId, region} from '../store/arns.ts'
import {insertDelivery} from '../store/deliveries.ts'
import {listTargets} from '../store/rules.ts'
import {attemptDelivery} from './attempt.ts'
import {currentRules} from './current-rules.ts'
import {secondsText} from './seconds-text.ts'

export type BusEvent = {
  readonly id: string
  readonly source: string
  readonly detailType: string
  /** JSON text of an object, passed on as it is. */
  readonly detail: string
  readonly resources: readonly string[]
  readonly timeMs: number
}

/** Sends an event; where no process serves the bus, its deliveries are attempted at once. */
export function publish(event: BusEvent, context: OperationContext): void {
  const ids = enqueue(event, context)
  if (context.bus.isServed()) return
  for (const id of ids) attemptDelivery(id, context)
}

/** For what the engine itself has to tell: where no process serves the bus, or no rule is there, it is not even built. */
export function announce(build: () => BusEvent, context: OperationContext): void {
  if (context.bus.isServed() && !currentRules(context.db).isEmpty) enqueue(build(), context)
}

/** Writes a delivery for every target that the event is meant for, also inside the transaction of what the event tells; gives their ids. */
export function enqueue(event: BusEvent, {db, bus, now}: OperationContext): readonly string[] {
  const text = formatEvent(event)
  const parsed = parseEvent(text)
  if (parsed.kind === 'invalid') throw new Error(`an event that is no JSON came to the bus: ${parsed.reason}`)
  const targets = currentRules(db)
    .match(parsed.event)
    .flatMap(({arn}) => listTargets(db, arn))
  if (targets.length === 0) return []
  const ids = db.transaction(() =>
    targets.map(({ruleArn, id: targetId, request}) => {
      const id = `${event.id}/${ruleArn}/${targetId}`
      insertDelivery(db, {id, sourceArn: ruleArn, target: request, event: text, createdAtMs: now()})
      return id
    }),
  )
  bus.wake()
  return ids
}

/** The envelope of an event (User Guide, "AWS service event metadata"); times are whole seconds. */
export function formatEvent({id, source, detailType, detail, resources, timeMs}: BusEvent): string {
  const time = secondsText(timeMs)
  const head = {version: '0', id, 'detail-type': detailType, source, account: accountId, time, region, resources}
  return `${JSON.stringify(head).slice(0, -1)},"detail":${detail}}`
}
