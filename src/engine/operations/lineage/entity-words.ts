// How the operations on artifacts, actions and contexts name the same things.

import type {JsonObject} from '../../../definition/json.ts'
import {resourceArn} from '../../store/arns.ts'
import {compact, seconds, userContext} from '../../store/documents.ts'
import {type EntityRow, parseDescribed} from '../../store/lineage/entities.ts'

/** What the API's own requests make. */
export type MadeKind = 'Action' | 'Artifact' | 'Context'

/** "sagemaker-default-lineage-group": every account has this one, and nobody can make another. */
export const lineageGroupName = 'sagemaker-default-lineage-group'
export const lineageGroupArn = resourceArn('lineage-group', lineageGroupName)

/** What Describe and List have in common. */
export function summariseEntity(row: EntityRow): JsonObject {
  const {kind} = row
  const {Source, Status} = parseDescribed(row)
  return compact({
    [`${kind}Arn`]: row.arn,
    [`${kind}Name`]: row.name,
    Source,
    [`${kind}Type`]: row.type,
    Status,
    CreationTime: seconds(row.createdAtMs),
    LastModifiedTime: seconds(row.modifiedAtMs),
  })
}

export function describeEntity(row: EntityRow): JsonObject {
  const by = {CreatedBy: userContext, LastModifiedBy: userContext}
  return {...summariseEntity(row), ...parseDescribed(row), ...by, LineageGroupArn: lineageGroupArn}
}
