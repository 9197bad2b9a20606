// DescribeModelPackageGroup.

import {compact, seconds, userContext} from '../store/documents.ts'
import type {describeModelPackageGroupShape} from '../validations/describe-model-package-group.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {groupNamed} from './finding.ts'
import {ok, type Reply} from './reply.ts'

export function describeModelPackageGroup(
  input: InputOf<typeof describeModelPackageGroupShape>,
  {db}: OperationContext,
): Reply {
  const found = groupNamed(db, input.ModelPackageGroupName)
  if (found.kind === 'fault') return found

  const {row} = found
  return ok(
    compact({
      ModelPackageGroupName: row.name,
      ModelPackageGroupArn: row.arn,
      ModelPackageGroupDescription: row.description,
      ModelPackageGroupStatus: 'Completed',
      CreationTime: seconds(row.createdAtMs),
      CreatedBy: userContext,
      ManagedConfiguration: row.managedStorage === null ? null : {ManagedStorageType: row.managedStorage},
    }),
  )
}
