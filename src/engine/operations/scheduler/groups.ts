// CreateScheduleGroup, GetScheduleGroup, ListScheduleGroups and DeleteScheduleGroup.

import {compact, seconds} from '../../store/documents.ts'
import {
  allGroups,
  countGroups,
  defaultGroup,
  deleteGroup,
  findGroup,
  groupArn,
  insertGroup,
  type ScheduleGroupRow,
} from '../../store/schedules.ts'
import {findTags, putTags, removeTags} from '../../store/tags.ts'
import type {
  createScheduleGroupShape,
  listScheduleGroupsShape,
  oneScheduleGroupShape,
} from '../../validations/scheduler/schedules.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {replyPage} from '../paging.ts'
import {invalid, ok, type Reply, refuse} from '../reply.ts'
import {noSuchGroup} from './schedules.ts'

/** Quota "Number of schedule groups". */
const mostGroups = 500

export function createScheduleGroup(
  input: InputOf<typeof createScheduleGroupShape>,
  {db, now}: OperationContext,
): Reply {
  const {Name: name, ClientToken: token, Tags: tags = []} = input
  const arn = groupArn(name)
  return db.transaction(() => {
    const present = findGroup(db, name)
    if (present && token !== undefined && present.token === token) return ok({ScheduleGroupArn: arn})
    if (present) return refuse('ConflictException', `Schedule group ${name} already exists.`)
    if (countGroups(db) >= mostGroups) {
      return refuse(
        'ServiceQuotaExceededException',
        `The account has ${mostGroups} schedule groups, which is the quota.`,
      )
    }
    insertGroup(db, {arn, name, createdAtMs: now(), modifiedAtMs: now(), token: token ?? null})
    putTags(db, arn, tags)
    return ok({ScheduleGroupArn: arn})
  })
}

export function getScheduleGroup(input: InputOf<typeof oneScheduleGroupShape>, {db}: OperationContext): Reply {
  const row = findGroup(db, input.Name)
  return row ? ok(describe(row)) : noSuchGroup(input.Name)
}

/** The schedules of the group go with it (API Reference, DeleteScheduleGroup), here at once. */
export function deleteScheduleGroup(input: InputOf<typeof oneScheduleGroupShape>, {db}: OperationContext): Reply {
  if (input.Name === defaultGroup) return invalid('The default schedule group cannot be deleted.')
  return db.transaction(() => {
    const row = findGroup(db, input.Name)
    if (!row) return noSuchGroup(input.Name)
    const keys = findTags(db, row.arn).map(({key}) => key)
    removeTags(db, row.arn, keys)
    deleteGroup(db, row.name)
    return ok({})
  })
}

export function listScheduleGroups(input: InputOf<typeof listScheduleGroupsShape>, {db}: OperationContext): Reply {
  const query = {
    from: allGroups,
    where: [['instr(name, ?) = 1', input.NamePrefix]],
    sortBy: 'name',
    tieBreak: 'arn',
    defaultOrder: 'Ascending',
  } as const
  return replyPage<ScheduleGroupRow>(db, input, query, 'ScheduleGroups', describe)
}

function describe(row: ScheduleGroupRow) {
  return compact({
    Arn: row.arn,
    Name: row.name,
    State: 'ACTIVE',
    CreationDate: seconds(row.createdAtMs),
    LastModificationDate: seconds(row.modifiedAtMs),
  })
}
