// TestEventPattern.

import {parseEvent} from '../../../events/event-fields.ts'
import {matchEvent} from '../../../events/match.ts'
import {parsePattern} from '../../../events/pattern.ts'
import type {testEventPatternShape} from '../../validations/events/events.ts'
import type {InputOf} from '../../validations/shape.ts'
import {invalid, ok, type Reply} from '../reply.ts'
import {invalidPattern} from './put-rule.ts'

/** AWS wants id, account, source, time, region, resources and detail-type in the event; here a part of one can be tried too. */
export function testEventPattern(input: InputOf<typeof testEventPatternShape>): Reply {
  const pattern = parsePattern(input.EventPattern)
  if (pattern.kind === 'invalid') return invalidPattern(pattern.reason)
  const event = parseEvent(input.Event)
  if (event.kind === 'invalid') return invalid(`Parameter Event is not valid. Reason: ${event.reason}.`)
  return ok({Result: matchEvent(pattern.pattern, event.event).kind === 'matches'})
}
