// PutRule.

import {parsePattern} from '../../../events/pattern.ts'
import {parseSchedule} from '../../../events/schedule/schedule.ts'
import {windClock} from '../../bus/clock/wind.ts'
import {countRules, findRule, ruleArn, saveRule} from '../../store/rules.ts'
import {putTags} from '../../store/tags.ts'
import type {putRuleShape} from '../../validations/events/rules.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {invalid, ok, type Reply, refuse} from '../reply.ts'
import {busFault, isDefaultBus} from './finding.ts'

type PutRuleInput = InputOf<typeof putRuleShape>

/** Quota "Rules", of a bus. */
const mostRules = 300

/** Replaces the whole rule: a member that is left out is cleared. Tags count for a new rule only (API Reference, PutRule). */
export function putRule(input: PutRuleInput, context: OperationContext): Reply {
  const {db, now} = context
  const fault = findFault(input)
  if (fault) return fault
  const arn = ruleArn(input.Name)
  return db.transaction(() => {
    const isNew = findRule(db, arn) === undefined
    if (isNew && countRules(db) >= mostRules) return limitExceeded()
    saveRule(db, {
      arn,
      name: input.Name,
      pattern: input.EventPattern ?? null,
      schedule: input.ScheduleExpression ?? null,
      state: input.State ?? 'ENABLED',
      description: input.Description ?? null,
      roleArn: input.RoleArn ?? null,
      createdAtMs: now(),
    })
    windClock(context, arn)
    if (isNew) putTags(db, arn, input.Tags ?? [])
    return ok({RuleArn: arn})
  })
}

/** In the words of the service, except for why a schedule is not valid, which it does not say. */
function findFault({EventPattern, ScheduleExpression, EventBusName}: PutRuleInput) {
  if (!EventPattern && !ScheduleExpression) {
    return invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.')
  }
  if (ScheduleExpression && !isDefaultBus(EventBusName)) {
    return invalid('ScheduleExpression is supported only on the default event bus.')
  }
  const missingBus = busFault(EventBusName)
  if (missingBus) return missingBus
  const pattern = EventPattern ? parsePattern(EventPattern) : undefined
  if (pattern?.kind === 'invalid') return invalidPattern(pattern.reason)
  const schedule = ScheduleExpression ? parseSchedule(ScheduleExpression, 'rule') : undefined
  if (schedule?.kind !== 'invalid') return undefined
  return invalid(`Parameter ScheduleExpression is not valid. Reason: ${schedule.field}: ${schedule.reason}`)
}

export function invalidPattern(reason: string) {
  return refuse('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`)
}

export function limitExceeded() {
  return refuse('LimitExceededException', 'The requested resource exceeds the maximum number allowed.')
}
