// Rules of EventBridge, made and taken away through the AWS SDK.

import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  type EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
} from '@aws-sdk/client-eventbridge'
import type {RuleDocument} from '../../trigger/documents.ts'
import {call} from '../call.ts'
import {defined} from '../fields.ts'
import type {FreshRoles} from '../fresh-roles.ts'
import type {TriggerRule, TriggersPort} from '../trigger-ports.ts'
import {refuseLeftTargets, refuseUnputTargets} from './failed-entries.ts'
import {tagMembers} from './tags.ts'
import {targetMembers} from './target-members.ts'

export type RuleWriting = Pick<TriggersPort, 'putRule' | 'removeTargets'> & {
  setRuleEnabled(rule: TriggerRule, isEnabled: boolean): Promise<void>
}

const bus = 'default'

export function ruleWriting(client: EventBridgeClient, roles: FreshRoles): RuleWriting {
  return {
    async putRule(document) {
      const {RuleArn: arn = ''} = await call('PutRule', client.send(new PutRuleCommand(ruleMembers(document))))
      // PutRule passes over the tags of a rule that is there.
      const tags = {ResourceARN: arn, Tags: tagMembers(document.tags)}
      if (document.tags.length > 0) await call('TagResource', client.send(new TagResourceCommand(tags)))

      const {name, target} = document
      const input = {Rule: name, EventBusName: bus, Targets: [{Id: target.id, ...targetMembers(target)}]}
      const answer = await roles.waitFor(target.roleArn, () =>
        call('PutTargets', client.send(new PutTargetsCommand(input))),
      )
      refuseUnputTargets(answer, {name, bus})
      return {arn}
    },
    async removeTargets(rule, targetIds) {
      const {name} = rule
      if (targetIds.length > 0) {
        const command = new RemoveTargetsCommand({Rule: name, EventBusName: rule.bus, Ids: [...targetIds]})
        refuseLeftTargets(await call('RemoveTargets', client.send(command)), rule)
      }
      if (rule.targets.some(({id}) => !targetIds.includes(id))) return
      await call('DeleteRule', client.send(new DeleteRuleCommand({Name: name, EventBusName: rule.bus})))
    },
    async setRuleEnabled(rule, isEnabled) {
      const input = {Name: rule.name, EventBusName: rule.bus}
      if (isEnabled) await call('EnableRule', client.send(new EnableRuleCommand(input)))
      else await call('DisableRule', client.send(new DisableRuleCommand(input)))
    },
  }
}

function ruleMembers({name, description, isEnabled, pattern, schedule, tags}: RuleDocument) {
  return {
    Name: name,
    EventBusName: bus,
    Description: description,
    State: isEnabled ? ('ENABLED' as const) : ('DISABLED' as const),
    ...defined({EventPattern: pattern, ScheduleExpression: schedule}),
    ...(tags.length === 0 ? {} : {Tags: tagMembers(tags)}),
  }
}
