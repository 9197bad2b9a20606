// UpdateModelPackage: approval, the customer's own properties, and what else may change after registration.

import {canonicalJson, type JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../definition/json-members.ts'
import {compact} from '../store/documents.ts'
import {type PackageRow, updatePackage} from '../store/packages.ts'
import type {InputOf} from '../validations/shape.ts'
import type {updateModelPackageShape} from '../validations/update-model-package.ts'
import type {OperationContext} from './context.ts'
import {packageNamed} from './finding.ts'
import {refuseSpecifications} from './package-specifications.ts'
import {invalid, ok, type Reply} from './reply.ts'

type UpdateInput = InputOf<typeof updateModelPackageShape>

export function updateModelPackage(input: UpdateInput, {db, now}: OperationContext): Reply {
  return db.transaction(() => {
    const found = packageNamed(db, input.ModelPackageArn)
    if (found.kind === 'fault') return found

    const {row} = found
    const {ClientToken: token = null} = input
    if (token !== null && token === row.updateToken) return ok({ModelPackageArn: row.arn})
    const request = JSON.parse(row.request) as JsonObject
    const refusal = refuseUpdate(request, input)
    if (refusal !== undefined) return invalid(refusal)

    const approval = input.ModelApprovalStatus ?? row.approval
    const text = JSON.stringify(updated(request, input))
    const after = {...row, request: text, approval, modifiedAtMs: now(), updateToken: token}
    updatePackage(db, after, editedMembers(row, after))
    return ok({ModelPackageArn: row.arn})
  })
}

/** The sentence about an archived card is the service's own (API Reference, ModelPackageModelCard). */
function refuseUpdate(request: JsonObject, input: UpdateInput): string | undefined {
  const content = input.ModelCard?.ModelCardContent
  if (content !== undefined && textAt(objectAt(request, 'ModelCard'), 'ModelCardStatus') === 'Archived') {
    return 'Model Card is in Archived state.'
  }
  return refuseSpecifications(specificationsWith(request, input))
}

function specificationsWith(request: JsonObject, input: UpdateInput): readonly JsonObject[] {
  const added = input.AdditionalInferenceSpecificationsToAdd ?? []
  return [...objectsAt(request, 'AdditionalInferenceSpecifications'), ...(added as unknown as readonly JsonObject[])]
}

/**
 * The names that an event gives its edited members (Developer Guide, "Events that SageMaker AI sends to EventBridge", model package
 * state change: one of them begins with a small letter). Those of the last three are not documented. Whether AWS counts a member
 * that is given the value it has, is not said; here it does not.
 */
const namesInEvents = {
  ApprovalDescription: 'ApprovalDescription',
  CustomerMetadataProperties: 'CustomerMetadataProperties',
  InferenceSpecification: 'InferenceSpecification',
  SourceUri: 'sourceUri',
  ModelLifeCycle: 'ModelLifeCycle',
  ModelCard: 'ModelCard',
  AdditionalInferenceSpecifications: 'AdditionalInferenceSpecifications',
  ModelPackageRegistrationType: 'ModelPackageRegistrationType',
} as const

function editedMembers(before: PackageRow, after: PackageRow): string[] {
  const [was, is] = [before, after].map(({request}) => JSON.parse(request) as JsonObject)
  const isEdited = (member: string) => canonicalJson(was?.[member] ?? null) !== canonicalJson(is?.[member] ?? null)
  const others = Object.entries(namesInEvents).flatMap(([member, name]) => (isEdited(member) ? [name] : []))
  return before.approval === after.approval ? others : ['ModelApprovalStatus', ...others]
}

function updated(request: JsonObject, input: UpdateInput): JsonObject {
  const removed = new Set(input.CustomerMetadataPropertiesToRemove)
  const properties = {...objectAt(request, 'CustomerMetadataProperties'), ...input.CustomerMetadataProperties}
  const kept = Object.fromEntries(Object.entries(properties).filter(([name]) => !removed.has(name)))
  const specifications = specificationsWith(request, input)
  const {ApprovalDescription, InferenceSpecification, SourceUri, ModelPackageRegistrationType, ModelLifeCycle} =
    input as unknown as JsonObject
  return {
    ...request,
    ...compact({ApprovalDescription, InferenceSpecification, SourceUri, ModelPackageRegistrationType, ModelLifeCycle}),
    ...(input.ModelCard ? {ModelCard: {...objectAt(request, 'ModelCard'), ...input.ModelCard}} : {}),
    ...(specifications.length > 0 ? {AdditionalInferenceSpecifications: specifications} : {}),
    ...(Object.keys(properties).length > 0 ? {CustomerMetadataProperties: kept} : {}),
  }
}
