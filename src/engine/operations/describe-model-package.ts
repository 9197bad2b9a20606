// DescribeModelPackage.

import {userContext} from '../store/documents.ts'
import {describePackage} from '../store/packages.ts'
import type {describeModelPackageShape} from '../validations/describe-model-package.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {packageNamed} from './finding.ts'
import {ok, type Reply} from './reply.ts'

export function describeModelPackage(input: InputOf<typeof describeModelPackageShape>, {db}: OperationContext): Reply {
  const found = packageNamed(db, input.ModelPackageName)
  if (found.kind === 'fault') return found
  const edited = found.row.modifiedAtMs === null ? {} : {LastModifiedBy: userContext}
  return ok({...describePackage(found.row), CreatedBy: userContext, ...edited})
}
