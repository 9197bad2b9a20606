// UpdateModelPackage: approval, the customer's own properties, and what else may change after registration.

import type {JsonObject} from '../../definition/json.ts'
import {compact} from '../store/documents.ts'
import {type PackageRow, updatePackage} from '../store/packages.ts'
import type {InputOf} from '../validations/shape.ts'
import type {updateModelPackageShape} from '../validations/update-model-package.ts'
import type {OperationContext} from './context.ts'
import {packageNamed} from './finding.ts'
import {ok, type Reply} from './reply.ts'

type UpdateInput = InputOf<typeof updateModelPackageShape>

export function updateModelPackage(input: UpdateInput, {db, now}: OperationContext): Reply {
  return db.transaction(() => {
    const found = packageNamed(db, input.ModelPackageArn)
    if (found.kind === 'fault') return found

    const {row} = found
    const approval = input.ModelApprovalStatus ?? row.approval
    updatePackage(db, {...row, request: JSON.stringify(updated(row, input)), approval, modifiedAtMs: now()})
    return ok({ModelPackageArn: row.arn})
  })
}

function updated(row: PackageRow, input: UpdateInput): JsonObject {
  const request = JSON.parse(row.request) as JsonObject
  const removed = new Set(input.CustomerMetadataPropertiesToRemove)
  const properties = {
    ...(request.CustomerMetadataProperties as JsonObject | undefined),
    ...input.CustomerMetadataProperties,
  }
  const kept = Object.fromEntries(Object.entries(properties).filter(([name]) => !removed.has(name)))
  return {
    ...request,
    ...compact({
      ApprovalDescription: input.ApprovalDescription,
      InferenceSpecification: input.InferenceSpecification,
      SourceUri: input.SourceUri,
    }),
    ...(Object.keys(properties).length > 0 ? {CustomerMetadataProperties: kept} : {}),
  }
}
