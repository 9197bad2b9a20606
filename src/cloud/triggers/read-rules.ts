// Rules of EventBridge as they stand, with their targets and tags, through the AWS SDK.

import {
  DescribeRuleCommand,
  type EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge'
import {call, isDenied, orUndefined, pageSize} from '../call.ts'
import {allPages, defined} from '../fields.ts'
import type {StandingTarget, TriggerRule, TriggersPort} from '../trigger-ports.ts'
import {tagsOf} from './tags.ts'
import {standingTarget} from './target-members.ts'

export function ruleReading(client: EventBridgeClient): Pick<TriggersPort, 'rules' | 'rulesNamed' | 'rule'> {
  async function readAll(bus: string, names: readonly string[]): Promise<TriggerRule[]> {
    const rules: TriggerRule[] = []
    for (const name of names) {
      const rule = await readRule(client, bus, name)
      if (rule) rules.push(rule)
    }
    return rules
  }

  return {
    async rules(pipelineArn) {
      const rules: TriggerRule[] = []
      for (const bus of await busNames(client)) {
        rules.push(...(await readAll(bus, await namesByTarget(client, bus, pipelineArn))))
      }
      return rules
    },
    rulesNamed: async (prefix) => readAll('default', await namesByPrefix(client, prefix)),
    rule: (name) => readRule(client, 'default', name),
  }
}

/** The default bus first. Who may not list the buses still gets the rules of that one. */
async function busNames(client: EventBridgeClient): Promise<string[]> {
  const list = allPages(
    (NextToken) => call('ListEventBuses', client.send(new ListEventBusesCommand({Limit: pageSize, NextToken}))),
    (page) => page.EventBuses,
    (page) => page.NextToken,
  )
  const buses = (await orUndefined(list, isDenied)) ?? []
  const others = buses.flatMap(({Name}) => (Name === undefined || Name === 'default' ? [] : [Name]))
  return ['default', ...others]
}

async function namesByTarget(client: EventBridgeClient, bus: string, targetArn: string): Promise<string[]> {
  return allPages(
    (NextToken) => {
      const input = {TargetArn: targetArn, EventBusName: bus, Limit: pageSize, NextToken}
      return call('ListRuleNamesByTarget', client.send(new ListRuleNamesByTargetCommand(input)))
    },
    (page) => page.RuleNames,
    (page) => page.NextToken,
  )
}

async function namesByPrefix(client: EventBridgeClient, prefix: string): Promise<string[]> {
  const rules = await allPages(
    (NextToken) => {
      const input = {NamePrefix: prefix, Limit: pageSize, NextToken}
      return call('ListRules', client.send(new ListRulesCommand(input)))
    },
    (page) => page.Rules,
    (page) => page.NextToken,
  )
  return rules.flatMap(({Name}) => (Name === undefined ? [] : [Name]))
}

/** Undefined when the rule is not there, or has gone since it was listed. */
async function readRule(client: EventBridgeClient, bus: string, name: string): Promise<TriggerRule | undefined> {
  const command = new DescribeRuleCommand({Name: name, EventBusName: bus})
  const rule = await orUndefined(call('DescribeRule', client.send(command)))
  const targets = rule && (await orUndefined(readTargets(client, bus, name)))
  if (!targets) return undefined
  const {Arn: arn = '', State, EventPattern, ScheduleExpression, Description} = rule
  const listTags = () => client.send(new ListTagsForResourceCommand({ResourceARN: arn}))
  return {
    kind: 'rule',
    name,
    bus,
    arn,
    isEnabled: State !== 'DISABLED',
    ...defined({pattern: EventPattern, schedule: ScheduleExpression, description: Description}),
    targets,
    tags: await tagsOf(listTags),
  }
}

async function readTargets(client: EventBridgeClient, bus: string, rule: string): Promise<StandingTarget[]> {
  const targets = await allPages(
    (NextToken) => {
      const input = {Rule: rule, EventBusName: bus, Limit: pageSize, NextToken}
      return call('ListTargetsByRule', client.send(new ListTargetsByRuleCommand(input)))
    },
    (page) => page.Targets,
    (page) => page.NextToken,
  )
  return targets.map(standingTarget)
}
