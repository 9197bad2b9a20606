// What starts a pipeline: rules of EventBridge and schedules of EventBridge Scheduler, through the AWS SDK.

import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListTargetsByRuleCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  type ScheduleSummary,
} from '@aws-sdk/client-scheduler'
import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {call, orUndefined, pageSize} from './call.ts'
import {equipped} from './client-middleware.ts'
import {type CloudOptions, clientSettings} from './client-options.ts'
import {allPages, defined} from './fields.ts'
import {ServiceError} from './service-error.ts'
import type {RuleTarget, TriggerRule, TriggerSchedule, TriggersPort} from './trigger-ports.ts'

export function triggersPort(options: CloudOptions): TriggersPort {
  const {region} = options
  const events = equipped(new EventBridgeClient(clientSettings(options, `events.${region}.amazonaws.com`)), options)
  const scheduler = equipped(new SchedulerClient(clientSettings(options, `scheduler.${region}.amazonaws.com`)), options)
  return {
    async rules(pipelineArn) {
      const rules: TriggerRule[] = []
      for (const bus of await busNames(events)) {
        for (const name of await ruleNames(events, bus, pipelineArn)) {
          const rule = await readRule(events, bus, name)
          if (rule) rules.push(rule)
        }
      }
      return rules
    },
    async schedules(pipelineArn) {
      const summaries = await listSchedules(scheduler)
      const own = summaries.filter(({Target}) => Target?.Arn === pipelineArn)
      const schedules: TriggerSchedule[] = []
      for (const summary of own) {
        const schedule = await readSchedule(scheduler, summary)
        if (schedule) schedules.push(schedule)
      }
      return schedules
    },
    async removeTargets(rule, targetIds) {
      if (targetIds.length > 0) await removeTargets(events, rule, targetIds)
      if (rule.targets.some(({id}) => !targetIds.includes(id))) return
      await call('DeleteRule', events.send(new DeleteRuleCommand({Name: rule.name, EventBusName: rule.bus})))
    },
    async removeSchedule({name, group}) {
      const command = new DeleteScheduleCommand({Name: name, GroupName: group})
      await orUndefined(call('DeleteSchedule', scheduler.send(command)))
    },
  }
}

/** The default bus first. Who may not list the buses still gets the rules of that one. */
async function busNames(client: EventBridgeClient): Promise<string[]> {
  const list = allPages(
    (NextToken) => call('ListEventBuses', client.send(new ListEventBusesCommand({Limit: pageSize, NextToken}))),
    (page) => page.EventBuses,
    (page) => page.NextToken,
  )
  const isDenied = (error: unknown) => error instanceof ServiceError && error.code === 'access-denied'
  const buses = (await orUndefined(list, isDenied)) ?? []
  const others = buses.flatMap(({Name}) => (Name === undefined || Name === 'default' ? [] : [Name]))
  return ['default', ...others]
}

async function ruleNames(client: EventBridgeClient, bus: string, targetArn: string): Promise<string[]> {
  return allPages(
    (NextToken) => {
      const input = {TargetArn: targetArn, EventBusName: bus, Limit: pageSize, NextToken}
      return call('ListRuleNamesByTarget', client.send(new ListRuleNamesByTargetCommand(input)))
    },
    (page) => page.RuleNames,
    (page) => page.NextToken,
  )
}

/** Undefined when the rule has gone since it was listed. */
async function readRule(client: EventBridgeClient, bus: string, name: string): Promise<TriggerRule | undefined> {
  const command = new DescribeRuleCommand({Name: name, EventBusName: bus})
  const rule = await orUndefined(call('DescribeRule', client.send(command)))
  const targets = rule && (await orUndefined(readTargets(client, bus, name)))
  if (!targets) return undefined
  return {
    kind: 'rule',
    name,
    bus,
    arn: rule.Arn ?? '',
    isEnabled: rule.State !== 'DISABLED',
    ...defined({pattern: rule.EventPattern, schedule: rule.ScheduleExpression}),
    targets,
  }
}

async function readTargets(client: EventBridgeClient, bus: string, rule: string): Promise<RuleTarget[]> {
  const targets = await allPages(
    (NextToken) => {
      const input = {Rule: rule, EventBusName: bus, Limit: pageSize, NextToken}
      return call('ListTargetsByRule', client.send(new ListTargetsByRuleCommand(input)))
    },
    (page) => page.Targets,
    (page) => page.NextToken,
  )
  return targets.map(({Id = '', Arn = '', RoleArn}) => defined({id: Id, arn: Arn, roleArn: RoleArn}))
}

/** Entries that failed come in an answer that is no error (EventBridge API Reference, RemoveTargets). */
async function removeTargets(client: EventBridgeClient, {name, bus}: TriggerRule, ids: readonly string[]) {
  const command = new RemoveTargetsCommand({Rule: name, EventBusName: bus, Ids: [...ids]})
  const {FailedEntryCount = 0, FailedEntries = []} = await call('RemoveTargets', client.send(command))
  const failed = FailedEntries.filter(({ErrorCode}) => ErrorCode !== 'ResourceNotFoundException')
  const gone = FailedEntries.length - failed.length
  if (FailedEntryCount <= gone) return
  const reasons = failed.map(({TargetId, ErrorCode, ErrorMessage}) => `${TargetId}: ${ErrorCode}, ${ErrorMessage}`)
  throw new MlpipeError({
    code: 'targets-not-removed',
    who: 'service',
    message: `RemoveTargets left targets on the rule "${name}": ${reasons.join('; ')}`,
    nextSteps: [`aws events list-targets-by-rule --rule ${name} --event-bus-name ${bus}`],
  })
}

async function listSchedules(client: SchedulerClient): Promise<ScheduleSummary[]> {
  return allPages(
    (NextToken) => call('ListSchedules', client.send(new ListSchedulesCommand({MaxResults: pageSize, NextToken}))),
    (page) => page.Schedules,
    (page) => page.NextToken,
  )
}

/** Undefined when the schedule has gone since it was listed. */
async function readSchedule(
  client: SchedulerClient,
  {Name: name = '', GroupName: group = 'default'}: ScheduleSummary,
): Promise<TriggerSchedule | undefined> {
  const command = new GetScheduleCommand({Name: name, GroupName: group})
  const schedule = await orUndefined(call('GetSchedule', client.send(command)))
  if (!schedule) return undefined
  return {
    kind: 'schedule',
    name,
    group,
    arn: schedule.Arn ?? '',
    isEnabled: schedule.State !== 'DISABLED',
    ...defined({expression: schedule.ScheduleExpression}),
  }
}
