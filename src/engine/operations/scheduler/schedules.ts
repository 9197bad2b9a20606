// CreateSchedule, GetSchedule, UpdateSchedule, DeleteSchedule and ListSchedules.

import type {JsonObject} from '../../../definition/json.ts'
import {countsAfter, windClock} from '../../bus/clock/wind.ts'
import {compact, seconds} from '../../store/documents.ts'
import {
  defaultGroup,
  findGroup,
  findSchedule,
  deleteSchedule as removeSchedule,
  type ScheduleRow,
  saveSchedule,
  scheduleArn,
} from '../../store/schedules.ts'
import type {listSchedulesShape, oneScheduleShape, putScheduleShape} from '../../validations/scheduler/schedules.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {replyPage} from '../paging.ts'
import {ok, type Reply, refuse} from '../reply.ts'
import {findLateFault, findScheduleFault} from './schedule-fault.ts'

type PutScheduleInput = InputOf<typeof putScheduleShape>

/** The same token again is the same request, which has been answered already. */
export function createSchedule(input: PutScheduleInput, context: OperationContext): Reply {
  const {db, now} = context
  const fault = findScheduleFault(input, db)
  if (fault) return fault
  const group = input.GroupName ?? defaultGroup
  return db.transaction(() => {
    if (!findGroup(db, group)) return noSuchGroup(group)
    const present = findSchedule(db, group, input.Name)
    const isSameRequest = input.ClientToken !== undefined && present?.token === input.ClientToken
    if (present && isSameRequest) return ok({ScheduleArn: present.arn})
    if (present) return refuse('ConflictException', `Schedule ${input.Name} already exists.`)
    const late = findLateFault(input, now())
    if (late) return late
    const row = rowOf(input, now())
    saveSchedule(db, row)
    windClock(context, row.arn, countsAfter(row))
    return ok({ScheduleArn: row.arn})
  })
}

/** Replaces the whole schedule: a member that is left out gets its default (API Reference, UpdateSchedule). */
export function updateSchedule(input: PutScheduleInput, context: OperationContext): Reply {
  const {db, now} = context
  const fault = findScheduleFault(input, db)
  if (fault) return fault
  return db.transaction(() => {
    const present = findSchedule(db, input.GroupName ?? defaultGroup, input.Name)
    if (!present) return noSuchSchedule(input.Name)
    const late = findLateFault(input, now(), present)
    if (late) return late
    const row = {...rowOf(input, now()), createdAtMs: present.createdAtMs, token: present.token}
    saveSchedule(db, row)
    windClock(context, row.arn, countsAfter(row, present))
    return ok({ScheduleArn: present.arn})
  })
}

export function getSchedule(input: InputOf<typeof oneScheduleShape>, {db}: OperationContext): Reply {
  const row = findSchedule(db, input.GroupName ?? defaultGroup, input.Name)
  return row ? ok(describe(row)) : noSuchSchedule(input.Name)
}

export function deleteSchedule(input: InputOf<typeof oneScheduleShape>, {db}: OperationContext): Reply {
  return db.transaction(() => {
    const row = findSchedule(db, input.GroupName ?? defaultGroup, input.Name)
    if (!row) return noSuchSchedule(input.Name)
    removeSchedule(db, row.arn)
    return ok({})
  })
}

export function listSchedules(input: InputOf<typeof listSchedulesShape>, {db}: OperationContext): Reply {
  const {GroupName: group} = input
  if (group !== undefined && !findGroup(db, group)) return noSuchGroup(group)
  const query = {
    from: 'schedules',
    where: [
      ['groupName = ?', group],
      ['instr(name, ?) = 1', input.NamePrefix],
      ['state = ?', input.State],
    ],
    sortBy: 'name',
    tieBreak: 'arn',
    defaultOrder: 'Ascending',
  } as const
  return replyPage<ScheduleRow>(db, input, query, 'Schedules', summarise)
}

export function noSuchGroup(name: string) {
  return refuse('ResourceNotFoundException', `Schedule group ${name} does not exist.`)
}

function noSuchSchedule(name: string) {
  return refuse('ResourceNotFoundException', `Schedule ${name} does not exist.`)
}

function rowOf(input: PutScheduleInput, now: number): ScheduleRow {
  const groupName = input.GroupName ?? defaultGroup
  return {
    arn: scheduleArn(groupName, input.Name),
    groupName,
    name: input.Name,
    state: input.State ?? 'ENABLED',
    targetArn: input.Target.Arn,
    request: JSON.stringify(input),
    createdAtMs: now,
    modifiedAtMs: now,
    token: input.ClientToken ?? null,
  }
}

const retryDefaults = {MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185}

function describe(row: ScheduleRow): JsonObject {
  // What was saved had passed the table.
  const {ClientToken: _token, Target: target, ...request} = JSON.parse(row.request) as PutScheduleInput
  return compact({
    ScheduleExpressionTimezone: 'UTC',
    ActionAfterCompletion: 'NONE',
    ...request,
    Target: {...target, RetryPolicy: {...retryDefaults, ...target.RetryPolicy}},
    Arn: row.arn,
    GroupName: row.groupName,
    State: row.state,
    CreationDate: seconds(row.createdAtMs),
    LastModificationDate: seconds(row.modifiedAtMs),
  })
}

function summarise(row: ScheduleRow) {
  return compact({
    Arn: row.arn,
    Name: row.name,
    GroupName: row.groupName,
    State: row.state,
    CreationDate: seconds(row.createdAtMs),
    LastModificationDate: seconds(row.modifiedAtMs),
    Target: {Arn: row.targetArn},
  })
}
