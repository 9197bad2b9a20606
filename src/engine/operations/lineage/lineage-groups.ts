// DescribeLineageGroup and ListLineageGroups: the one group that every account has. It is as old as anything in it can be.

import {seconds} from '../../store/documents.ts'
import type {describeLineageGroupShape, listLineageGroupsShape} from '../../validations/lineage/lineage-groups.ts'
import type {InputOf} from '../../validations/shape.ts'
import {ok, type Reply, resourceNotFound} from '../reply.ts'
import {lineageGroupArn, lineageGroupName} from './entity-words.ts'

const madeAt = {CreationTime: seconds(0) ?? 0, LastModifiedTime: seconds(0) ?? 0}
const names = {LineageGroupName: lineageGroupName, LineageGroupArn: lineageGroupArn, DisplayName: lineageGroupName}

export function describeLineageGroup({LineageGroupName}: InputOf<typeof describeLineageGroupShape>): Reply {
  if (LineageGroupName === lineageGroupName) return ok({...names, ...madeAt})
  return resourceNotFound(`Lineage group '${LineageGroupName}' does not exist.`)
}

export function listLineageGroups(input: InputOf<typeof listLineageGroupsShape>): Reply {
  const {CreatedAfter = 0, CreatedBefore = 0} = input
  const isListed = CreatedAfter <= 0 && CreatedBefore >= 0
  return ok({LineageGroupSummaries: isListed ? [{...names, ...madeAt}] : []})
}
