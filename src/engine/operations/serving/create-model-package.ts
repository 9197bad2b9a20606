// CreateModelPackage: a version of a group, made outside of pipelines. Wording of the first two refusals as seen from the service.

import type {JsonObject} from '../../../definition/json.ts'
import {objectsAt} from '../../../definition/json-members.ts'
import {addPackage, findPackageByToken} from '../../store/packages.ts'
import {putTags} from '../../store/tags.ts'
import type {createModelPackageShape} from '../../validations/serving/models.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {groupNamed} from '../finding.ts'
import {refuseSpecifications} from '../package-specifications.ts'
import {invalid, ok, type Reply} from '../reply.ts'

export function createModelPackage(input: InputOf<typeof createModelPackageShape>, {db, now}: OperationContext): Reply {
  const {ModelPackageName: name, ModelPackageGroupName: groupName, ClientToken: token, Tags: tags = []} = input
  if (name !== undefined && groupName !== undefined) {
    const both = 'Both ModelPackageName and ModelPackageGroupName are provided in the input.'
    return invalid(`${both} Cannot determine which one to use.`)
  }
  if (name !== undefined) {
    return invalid('The embedded engine keeps versions of model package groups only: give a ModelPackageGroupName.')
  }
  if (groupName === undefined) return invalid('Missing ARN.')
  const request = input as unknown as JsonObject
  const refusal = refuseSpecifications(objectsAt(request, 'AdditionalInferenceSpecifications'))
  if (refusal !== undefined) return invalid(refusal)
  return db.transaction(() => {
    const group = groupNamed(db, groupName)
    if (group.kind === 'fault') return group
    const before = token === undefined ? undefined : findPackageByToken(db, group.row, token)
    if (before) return ok({ModelPackageArn: before.arn})
    const row = addPackage(db, group.row, {request, createdAtMs: now(), generatedBy: null})
    putTags(db, row.arn, tags)
    return ok({ModelPackageArn: row.arn})
  })
}
