// CreateModelPackageGroup.

import {resourceArn} from '../store/arns.ts'
import {findGroup, insertGroup} from '../store/packages.ts'
import {putTags} from '../store/tags.ts'
import type {createModelPackageGroupShape} from '../validations/create-model-package-group.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {invalid, ok, type Reply} from './reply.ts'

export function createModelPackageGroup(
  input: InputOf<typeof createModelPackageGroupShape>,
  {db, now}: OperationContext,
): Reply {
  const {ModelPackageGroupName: name, ModelPackageGroupDescription: description = null, Tags: tags = []} = input
  const managedStorage = input.ManagedConfiguration?.ManagedStorageType ?? null
  const arn = resourceArn('model-package-group', name)
  return db.transaction(() => {
    if (findGroup(db, arn)) return invalid(`Model Package Group already exists: ${arn}`)
    insertGroup(db, {arn, name, description, createdAtMs: now(), lastVersion: 0, managedStorage})
    putTags(db, arn, tags)
    return ok({ModelPackageGroupArn: arn})
  })
}
