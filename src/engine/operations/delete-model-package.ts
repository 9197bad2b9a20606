// DeleteModelPackage.

import {deletePackage} from '../store/packages.ts'
import type {deleteModelPackageShape} from '../validations/delete-model-package.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {packageNamed} from './finding.ts'
import {ok, type Reply} from './reply.ts'

export function deleteModelPackage(input: InputOf<typeof deleteModelPackageShape>, {db}: OperationContext): Reply {
  return db.transaction(() => {
    const found = packageNamed(db, input.ModelPackageName)
    if (found.kind === 'fault') return found
    deletePackage(db, found.row.arn)
    return ok({})
  })
}
