// EventBridge Scheduler's operations by method and path; which members of the input stand in path and query.

import {
  createScheduleGroupShape,
  listScheduleGroupsShape,
  listSchedulesShape,
  listTagsForResourceShape,
  oneScheduleGroupShape,
  oneScheduleShape,
  putScheduleShape,
  tagResourceShape,
  untagResourceShape,
} from '../validations/scheduler/schedules.ts'
import {type Operation, operation} from './context.ts'
import {createScheduleGroup, deleteScheduleGroup, getScheduleGroup, listScheduleGroups} from './scheduler/groups.ts'
import {createSchedule, deleteSchedule, getSchedule, listSchedules, updateSchedule} from './scheduler/schedules.ts'
import {listTagsOfGroup, tagGroup, untagGroup} from './scheduler/tags.ts'

export type Route = {
  /** The member that the rest of the path is. */
  readonly label?: 'Name' | 'ResourceArn'
  /** Members by the names that they have in the query. */
  readonly query?: Readonly<Record<string, string>>
  readonly operation: Operation
}

const ofGroup = {groupName: 'GroupName', clientToken: 'ClientToken'}
const paging = {NamePrefix: 'NamePrefix', NextToken: 'NextToken', MaxResults: 'MaxResults'}

/** `<method> /<first part of the path>`, with `/*` for more of it. */
export const schedulerRoutes: Readonly<Record<string, Route>> = {
  'POST /schedules/*': {label: 'Name', operation: operation(putScheduleShape, createSchedule)},
  'PUT /schedules/*': {label: 'Name', operation: operation(putScheduleShape, updateSchedule)},
  'GET /schedules/*': {label: 'Name', query: ofGroup, operation: operation(oneScheduleShape, getSchedule)},
  'DELETE /schedules/*': {label: 'Name', query: ofGroup, operation: operation(oneScheduleShape, deleteSchedule)},
  'GET /schedules': {
    query: {...paging, ScheduleGroup: 'GroupName', State: 'State'},
    operation: operation(listSchedulesShape, listSchedules),
  },
  'POST /schedule-groups/*': {label: 'Name', operation: operation(createScheduleGroupShape, createScheduleGroup)},
  'GET /schedule-groups/*': {label: 'Name', operation: operation(oneScheduleGroupShape, getScheduleGroup)},
  'DELETE /schedule-groups/*': {
    label: 'Name',
    query: {clientToken: 'ClientToken'},
    operation: operation(oneScheduleGroupShape, deleteScheduleGroup),
  },
  'GET /schedule-groups': {query: paging, operation: operation(listScheduleGroupsShape, listScheduleGroups)},
  'POST /tags/*': {label: 'ResourceArn', operation: operation(tagResourceShape, tagGroup)},
  'DELETE /tags/*': {
    label: 'ResourceArn',
    query: {TagKeys: 'TagKeys'},
    operation: operation(untagResourceShape, untagGroup),
  },
  'GET /tags/*': {label: 'ResourceArn', operation: operation(listTagsForResourceShape, listTagsOfGroup)},
}
