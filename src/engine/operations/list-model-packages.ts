// ListModelPackages: the versions of a group, or of all groups.

import type {JsonObject} from '../../definition/json.ts'
import {compact, seconds} from '../store/documents.ts'
import type {PackageRow} from '../store/packages.ts'
import type {listModelPackagesShape} from '../validations/list-model-packages.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {groupNamed} from './finding.ts'
import {containing, milliseconds, replyPage} from './paging.ts'
import {ok, type Reply} from './reply.ts'

export function listModelPackages(input: InputOf<typeof listModelPackagesShape>, {db}: OperationContext): Reply {
  const group = input.ModelPackageGroupName === undefined ? undefined : groupNamed(db, input.ModelPackageGroupName)
  if (group?.kind === 'fault') return group
  // Without a group the API lists unversioned packages unless told otherwise; the engine makes none of those.
  const type = input.ModelPackageType ?? (group ? 'Versioned' : 'Unversioned')
  if (type === 'Unversioned') return ok({ModelPackageSummaryList: []})

  const query = {
    from: 'packages',
    // One version number is in many groups, and the text of an ARN would put 10 before 9.
    columns: "*, printf('%010d %s', version, arn) AS place",
    where: [
      ['groupName = ?', group?.row.name],
      ['approval = ?', input.ModelApprovalStatus],
      ["groupName LIKE ? ESCAPE '\\'", containing(input.NameContains)],
      ['createdAtMs > ?', milliseconds(input.CreationTimeAfter)],
      ['createdAtMs < ?', milliseconds(input.CreationTimeBefore)],
    ],
    sortBy: input.SortBy === 'Name' ? 'groupName' : 'createdAtMs',
    tieBreak: 'place',
    defaultOrder: 'Ascending',
  } as const
  return replyPage<PackageRow>(db, input, query, 'ModelPackageSummaryList', summarise)
}

function summarise(row: PackageRow) {
  const {ModelPackageDescription: description} = JSON.parse(row.request) as JsonObject
  return compact({
    ModelPackageGroupName: row.groupName,
    ModelPackageVersion: row.version,
    ModelPackageArn: row.arn,
    ModelPackageDescription: description,
    CreationTime: seconds(row.createdAtMs),
    ModelPackageStatus: 'Completed',
    ModelApprovalStatus: row.approval,
  })
}
