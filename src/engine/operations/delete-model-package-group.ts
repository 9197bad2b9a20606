// DeleteModelPackageGroup: only when no package is left in it.

import {deleteGroup, hasPackages} from '../store/packages.ts'
import type {deleteModelPackageGroupShape} from '../validations/delete-model-package-group.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {groupNamed} from './finding.ts'
import {ok, type Reply, refuse} from './reply.ts'

export function deleteModelPackageGroup(
  input: InputOf<typeof deleteModelPackageGroupShape>,
  {db}: OperationContext,
): Reply {
  return db.transaction(() => {
    const found = groupNamed(db, input.ModelPackageGroupName)
    if (found.kind === 'fault') return found
    if (hasPackages(db, found.row)) {
      return refuse('ConflictException', `Model Package Group ${found.row.arn} still contains Model Packages.`)
    }
    deleteGroup(db, found.row)
    return ok({})
  })
}
