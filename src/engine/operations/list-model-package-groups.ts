// ListModelPackageGroups.

import {compact, seconds} from '../store/documents.ts'
import type {PackageGroupRow} from '../store/packages.ts'
import type {listModelPackageGroupsShape} from '../validations/list-model-package-groups.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {containing, milliseconds, replyPage} from './paging.ts'
import {ok, type Reply} from './reply.ts'

export function listModelPackageGroups(
  input: InputOf<typeof listModelPackageGroupsShape>,
  {db}: OperationContext,
): Reply {
  // Nobody shares groups with the one account of the engine.
  if (input.CrossAccountFilterOption === 'CrossAccount') return ok({ModelPackageGroupSummaryList: []})
  const query = {
    from: 'packageGroups',
    where: [
      ["name LIKE ? ESCAPE '\\'", containing(input.NameContains)],
      ['createdAtMs > ?', milliseconds(input.CreationTimeAfter)],
      ['createdAtMs < ?', milliseconds(input.CreationTimeBefore)],
    ],
    sortBy: input.SortBy === 'Name' ? 'name' : 'createdAtMs',
    tieBreak: 'arn',
    defaultOrder: 'Ascending',
  } as const
  return replyPage<PackageGroupRow>(db, input, query, 'ModelPackageGroupSummaryList', (row) =>
    compact({
      ModelPackageGroupName: row.name,
      ModelPackageGroupArn: row.arn,
      ModelPackageGroupDescription: row.description,
      ModelPackageGroupStatus: 'Completed',
      CreationTime: seconds(row.createdAtMs),
    }),
  )
}
