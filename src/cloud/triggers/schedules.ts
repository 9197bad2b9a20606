// Schedules of EventBridge Scheduler through the AWS SDK.

import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  ListSchedulesCommand,
  type SchedulerClient,
  type ScheduleSummary,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler'
import type {ScheduleDocument} from '../../trigger/documents.ts'
import {call, isConflict, orUndefined, pageSize} from '../call.ts'
import {allPages, defined} from '../fields.ts'
import type {FreshRoles} from '../fresh-roles.ts'
import type {TriggerSchedule, TriggersPort} from '../trigger-ports.ts'
import {ensureGroup} from './schedule-groups.ts'
import {standingTarget, targetMembers} from './target-members.ts'

export type SchedulesPort = Pick<TriggersPort, 'schedules' | 'schedule' | 'putSchedule' | 'removeSchedule'> & {
  setScheduleEnabled(schedule: TriggerSchedule, isEnabled: boolean): Promise<void>
}

export function schedulesPort(client: SchedulerClient, roles: FreshRoles, now: () => number): SchedulesPort {
  const create = (input: CreateScheduleCommandInput) =>
    call('CreateSchedule', client.send(new CreateScheduleCommand(input)))
  const update = (input: CreateScheduleCommandInput) =>
    call('UpdateSchedule', client.send(new UpdateScheduleCommand(input)))

  /** Somebody else may make it between the two. */
  async function put(input: CreateScheduleCommandInput, tags: ScheduleDocument['tags']) {
    const updated = await orUndefined(update(input))
    if (updated) return updated
    await ensureGroup(client, input.GroupName ?? '', tags)
    return (await orUndefined(create(input), isConflict)) ?? (await update(input))
  }

  return {
    async schedules(pipelineArn) {
      const summaries = await listSchedules(client)
      const own = summaries.filter(({Target}) => Target?.Arn === pipelineArn)
      const schedules: TriggerSchedule[] = []
      for (const {Name = '', GroupName = 'default'} of own) {
        const schedule = await readSchedule(client, GroupName, Name)
        if (schedule) schedules.push(schedule)
      }
      return schedules
    },
    schedule: (group, name) => readSchedule(client, group, name),
    async putSchedule(document) {
      const input = scheduleMembers(document, now())
      const {ScheduleArn: arn = ''} = await roles.waitFor(document.target.roleArn, () => put(input, document.tags))
      return {arn}
    },
    async setScheduleEnabled({group, name}, isEnabled) {
      const command = new GetScheduleCommand({Name: name, GroupName: group})
      const standing = await call('GetSchedule', client.send(command))
      await update({...wholeOf(standing, now()), State: isEnabled ? 'ENABLED' : 'DISABLED'})
    },
    async removeSchedule({name, group}) {
      const command = new DeleteScheduleCommand({Name: name, GroupName: group})
      await orUndefined(call('DeleteSchedule', client.send(command)))
    },
  }
}

async function listSchedules(client: SchedulerClient): Promise<ScheduleSummary[]> {
  return allPages(
    (NextToken) => call('ListSchedules', client.send(new ListSchedulesCommand({MaxResults: pageSize, NextToken}))),
    (page) => page.Schedules,
    (page) => page.NextToken,
  )
}

/** Undefined when the schedule is not there, or has gone since it was listed. */
async function readSchedule(
  client: SchedulerClient,
  group: string,
  name: string,
): Promise<TriggerSchedule | undefined> {
  const command = new GetScheduleCommand({Name: name, GroupName: group})
  const schedule = await orUndefined(call('GetSchedule', client.send(command)))
  if (!schedule) return undefined
  const {Arn = '', State, ScheduleExpression = '', ScheduleExpressionTimezone: zone} = schedule
  return {
    kind: 'schedule',
    name,
    group,
    arn: Arn,
    isEnabled: State !== 'DISABLED',
    expression: ScheduleExpression,
    ...defined({
      description: schedule.Description,
      // What Scheduler writes where none was given.
      zone: zone === 'UTC' ? undefined : zone,
      windowMinutes: schedule.FlexibleTimeWindow?.MaximumWindowInMinutes,
      startMs: schedule.StartDate?.getTime(),
      endMs: schedule.EndDate?.getTime(),
      madeAtMs: schedule.CreationDate?.getTime(),
    }),
    target: standingTarget(schedule.Target ?? {}),
  }
}

function scheduleMembers(document: ScheduleDocument, nowMs: number): CreateScheduleCommandInput {
  const {name, group, description, isEnabled, expression, zone, windowMinutes, startMs, endMs, target} = document
  return {
    Name: name,
    GroupName: group,
    Description: description,
    State: isEnabled ? 'ENABLED' : 'DISABLED',
    ScheduleExpression: expression,
    ...(zone === undefined ? {} : {ScheduleExpressionTimezone: zone}),
    FlexibleTimeWindow:
      windowMinutes === undefined ? {Mode: 'OFF'} : {Mode: 'FLEXIBLE', MaximumWindowInMinutes: windowMinutes},
    ...startOf(startMs, nowMs),
    ...(endMs === undefined ? {} : {EndDate: new Date(endMs)}),
    Target: targetMembers(target),
  }
}

/** Everything that the schedule has: an update gives what is left out its default (Scheduler API Reference, UpdateSchedule). */
function wholeOf(standing: GetScheduleCommandOutput, nowMs: number): CreateScheduleCommandInput {
  const {$metadata: _, Arn: _arn, CreationDate: _created, LastModificationDate: _modified, ...whole} = standing
  const {Name, ScheduleExpression, FlexibleTimeWindow, Target, StartDate, ...others} = whole
  return {...others, Name, ScheduleExpression, FlexibleTimeWindow, Target, ...startOf(StartDate?.getTime(), nowMs)}
}

/**
 * A start that is past is left out, since the schedule has begun: Scheduler refuses one that is more than five minutes old, in
 * an update of what it took itself too (its answer: "The StartDate you specify cannot be earlier than 5 minutes ago").
 */
function startOf(startMs: number | undefined, nowMs: number): {StartDate?: Date} {
  return startMs === undefined || startMs <= nowMs ? {} : {StartDate: new Date(startMs)}
}
