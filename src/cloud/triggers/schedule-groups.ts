// The group of a pipeline's schedules: it has the tags that schedules cannot have.

import {
  CreateScheduleGroupCommand,
  DeleteScheduleGroupCommand,
  GetScheduleGroupCommand,
  ListSchedulesCommand,
  ListTagsForResourceCommand,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler'
import type {ScheduleDocument} from '../../trigger/documents.ts'
import {call, isConflict, orUndefined, pageSize} from '../call.ts'
import {allPages} from '../fields.ts'
import type {TriggersPort} from '../trigger-ports.ts'
import {tagMembers, tagsOf} from './tags.ts'

const pipelineTag = 'mlpipe:pipeline'

/** One that is there stays as it is; somebody else may make it at the same time. */
export async function ensureGroup(client: SchedulerClient, name: string, tags: ScheduleDocument['tags']) {
  const found = await orUndefined(call('GetScheduleGroup', client.send(new GetScheduleGroupCommand({Name: name}))))
  if (found) return
  const command = new CreateScheduleGroupCommand({Name: name, Tags: tagMembers(tags)})
  await orUndefined(call('CreateScheduleGroup', client.send(command)), isConflict)
}

export function groupsPort(client: SchedulerClient): Pick<TriggersPort, 'ownGroup' | 'removeGroup'> {
  async function ownGroup(name: string, pipelineName: string) {
    const command = new GetScheduleGroupCommand({Name: name})
    const group = await orUndefined(call('GetScheduleGroup', client.send(command)))
    if (!group || group.State === 'DELETING') return undefined
    const tags = await tagsOf(() => client.send(new ListTagsForResourceCommand({ResourceArn: group.Arn})))
    if (!tags.some(({key, value}) => key === pipelineTag && value === pipelineName)) return undefined
    return {schedules: await scheduleNames(client, name)}
  }

  return {
    ownGroup,
    async removeGroup(name, pipelineName) {
      const group = await ownGroup(name, pipelineName)
      if (!group || group.schedules.length > 0) return
      await orUndefined(call('DeleteScheduleGroup', client.send(new DeleteScheduleGroupCommand({Name: name}))))
    },
  }
}

async function scheduleNames(client: SchedulerClient, group: string): Promise<string[]> {
  const schedules = await allPages(
    (NextToken) => {
      const input = {GroupName: group, MaxResults: pageSize, NextToken}
      return call('ListSchedules', client.send(new ListSchedulesCommand(input)))
    },
    (page) => page.Schedules,
    (page) => page.NextToken,
  )
  return schedules.flatMap(({Name}) => (Name === undefined ? [] : [Name]))
}
