// DescribeRule, DeleteRule, EnableRule, DisableRule, ListRules and ListRuleNamesByTarget.

import {windClock} from '../../bus/clock/wind.ts'
import {accountId} from '../../store/arns.ts'
import {compact} from '../../store/documents.ts'
import {
  findRule,
  listTargets,
  type RuleRow,
  deleteRule as removeRule,
  ruleArn,
  setRuleState,
} from '../../store/rules.ts'
import {findTags, removeTags} from '../../store/tags.ts'
import type {
  deleteRuleShape,
  listRuleNamesByTargetShape,
  listRulesShape,
  oneRuleShape,
} from '../../validations/events/rules.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {invalid, ok, type Reply} from '../reply.ts'
import {busFault, ruleNamed} from './finding.ts'
import {replyEventsPage} from './paging.ts'

export function describeRule(input: InputOf<typeof oneRuleShape>, {db}: OperationContext): Reply {
  const found = ruleNamed(db, input.Name, input.EventBusName)
  return found.kind === 'fault' ? found : ok({...summarise(found.row), CreatedBy: accountId})
}

/** A rule that is not there is deleted already (API Reference, DeleteRule). */
export function deleteRule(input: InputOf<typeof deleteRuleShape>, {db}: OperationContext): Reply {
  const missingBus = busFault(input.EventBusName)
  if (missingBus) return missingBus
  const arn = ruleArn(input.Name)
  return db.transaction(() => {
    if (!findRule(db, arn)) return ok({})
    if (listTargets(db, arn).length > 0) return invalid("Rule can't be deleted since it has targets.")
    const keys = findTags(db, arn).map(({key}) => key)
    removeTags(db, arn, keys)
    removeRule(db, arn)
    return ok({})
  })
}

export function enableRule(input: InputOf<typeof oneRuleShape>, context: OperationContext): Reply {
  return changeState(input, 'ENABLED', context)
}

export function disableRule(input: InputOf<typeof oneRuleShape>, context: OperationContext): Reply {
  return changeState(input, 'DISABLED', context)
}

function changeState(input: InputOf<typeof oneRuleShape>, state: string, context: OperationContext): Reply {
  const {db} = context
  return db.transaction(() => {
    const found = ruleNamed(db, input.Name, input.EventBusName)
    if (found.kind === 'fault') return found
    setRuleState(db, found.row.arn, state)
    windClock(context, found.row.arn)
    return ok({})
  })
}

export function listRules(input: InputOf<typeof listRulesShape>, {db}: OperationContext): Reply {
  const missingBus = busFault(input.EventBusName)
  if (missingBus) return missingBus
  // LIKE would take capitals and small letters for the same.
  const where = [['instr(name, ?) = 1', input.NamePrefix]] as const
  const query = {from: 'rules', where, sortBy: 'name', tieBreak: 'arn'}
  return replyEventsPage<RuleRow>(db, input, query, 'Rules', summarise)
}

export function listRuleNamesByTarget(
  input: InputOf<typeof listRuleNamesByTargetShape>,
  {db}: OperationContext,
): Reply {
  const missingBus = busFault(input.EventBusName)
  if (missingBus) return missingBus
  const query = {
    from: 'rules',
    where: [['arn IN (SELECT ruleArn FROM ruleTargets WHERE ruleTargets.arn = ?)', input.TargetArn]],
    sortBy: 'name',
    tieBreak: 'arn',
  } as const
  return replyEventsPage<RuleRow>(db, input, query, 'RuleNames', ({name}) => name)
}

function summarise(row: RuleRow) {
  return compact({
    Name: row.name,
    Arn: row.arn,
    EventPattern: row.pattern,
    ScheduleExpression: row.schedule,
    State: row.state,
    Description: row.description,
    RoleArn: row.roleArn,
    EventBusName: 'default',
  })
}
