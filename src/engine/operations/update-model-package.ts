// UpdateModelPackage: approval, the customer's own properties, and what else may change after registration.

import {canonicalJson, type JsonObject} from '../../definition/json.ts'
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
    const after = {...row, request: JSON.stringify(updated(row, input)), approval, modifiedAtMs: now()}
    updatePackage(db, after, editedMembers(row, after))
    return ok({ModelPackageArn: row.arn})
  })
}

/**
 * The names that an event gives its edited members (Developer Guide, "Events that SageMaker AI sends to EventBridge", model package
 * state change: one of them begins with a small letter). Whether AWS counts a member that is given the value it has, is not said;
 * here it does not.
 */
const namesInEvents = {
  ApprovalDescription: 'ApprovalDescription',
  CustomerMetadataProperties: 'CustomerMetadataProperties',
  InferenceSpecification: 'InferenceSpecification',
  SourceUri: 'sourceUri',
} as const

function editedMembers(before: PackageRow, after: PackageRow): string[] {
  const [was, is] = [before, after].map(({request}) => JSON.parse(request) as JsonObject)
  const isEdited = (member: string) => canonicalJson(was?.[member] ?? null) !== canonicalJson(is?.[member] ?? null)
  const others = Object.entries(namesInEvents).flatMap(([member, name]) => (isEdited(member) ? [name] : []))
  return before.approval === after.approval ? others : ['ModelApprovalStatus', ...others]
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
