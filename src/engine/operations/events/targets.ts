// PutTargets, RemoveTargets and ListTargetsByRule.

import type {JsonObject} from '../../../definition/json.ts'
import {deleteTarget, listTargets, saveTarget, type TargetRow} from '../../store/rules.ts'
import type {listTargetsByRuleShape, putTargetsShape, removeTargetsShape} from '../../validations/events/targets.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {invalid, ok, type Reply} from '../reply.ts'
import {ruleNamed} from './finding.ts'
import {replyEventsPage} from './paging.ts'
import {limitExceeded} from './put-rule.ts'

type PutTargetsInput = InputOf<typeof putTargetsShape>

/** Quota "Targets", of a rule. */
const mostTargets = 5

/** A target with an id that the rule has already replaces that one. */
export function putTargets(input: PutTargetsInput, {db}: OperationContext): Reply {
  return db.transaction(() => {
    const found = ruleNamed(db, input.Rule, input.EventBusName)
    if (found.kind === 'fault') return found
    for (const target of input.Targets) {
      const fault = findFault(target)
      if (fault) return fault
    }
    const ruleArn = found.row.arn
    const ids = new Set([...listTargets(db, ruleArn), ...input.Targets.map(({Id}) => ({id: Id}))].map(({id}) => id))
    if (ids.size > mostTargets) return limitExceeded()
    for (const target of input.Targets) {
      saveTarget(db, {ruleArn, id: target.Id, arn: target.Arn, request: JSON.stringify(target)})
    }
    return ok({FailedEntryCount: 0, FailedEntries: []})
  })
}

function findFault({Arn, RoleArn, Input, InputPath, InputTransformer}: PutTargetsInput['Targets'][number]) {
  if (!/^arn:aws[a-z-]*:[a-z0-9-]+:[^:]*:[^:]*:.+/s.test(Arn)) {
    return invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`)
  }
  // Which kinds of target need a role: API Reference, Target.
  if (/:sagemaker:[^:]*:[^:]*:pipeline\//.test(Arn) && RoleArn === undefined) {
    return invalid(`RoleArn is required for target ${Arn}.`)
  }
  if ([Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1) {
    return invalid('Only one of Input, InputPath, or InputTransformer must be provided.')
  }
  return undefined
}

/** An id that is not there is an entry that failed, in an answer that is none: its count has to be looked at. */
export function removeTargets(input: InputOf<typeof removeTargetsShape>, {db}: OperationContext): Reply {
  return db.transaction(() => {
    const found = ruleNamed(db, input.Rule, input.EventBusName)
    if (found.kind === 'fault') return found
    const missing = input.Ids.filter((id) => !deleteTarget(db, found.row.arn, id))
    const failed = missing.map((id) => ({
      TargetId: id,
      ErrorCode: 'ResourceNotFoundException',
      ErrorMessage: `Target ${id} does not exist on rule ${input.Rule}.`,
    }))
    return ok({FailedEntryCount: failed.length, FailedEntries: failed})
  })
}

export function listTargetsByRule(input: InputOf<typeof listTargetsByRuleShape>, {db}: OperationContext): Reply {
  const found = ruleNamed(db, input.Rule, input.EventBusName)
  if (found.kind === 'fault') return found
  const where = [['ruleArn = ?', found.row.arn]] as const
  const query = {from: 'ruleTargets', where, sortBy: 'id', tieBreak: 'ruleArn'}
  return replyEventsPage<TargetRow>(db, input, query, 'Targets', ({request}) => JSON.parse(request) as JsonObject)
}
