// register → RegisterModel (CreateModelPackage's request, less its name).

import type {Json, JsonObject} from '../../definition/json.ts'
import type {RegisterSpec} from '../../spec/pipeline-spec.ts'
import type {Value} from '../../spec/value.ts'
import {compileText, compileTextMap, staticText} from '../compile-value.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {retryPolicies, unlessEmpty} from '../job-parts.ts'
import {memberPlaces} from '../place.ts'
import {servingContainer, servingPlaces, trainedBy} from '../serving-container.ts'

/** Source: CreateModelPackage, ModelApprovalStatus. */
const approvals = ['PendingManualApproval', 'Approved', 'Rejected']

const usualContentTypes = ['text/csv']

export const registerCompiler: StepCompiler<RegisterSpec> = {
  type: 'RegisterModel',
  propertyNames: ['arn', 'version'],

  compile(step, scope) {
    checkApproval(step.approval, scope)
    const texts = (values: readonly Value[] | undefined): Json[] =>
      (values ?? []).map((value) => compileText(value, scope))
    return {
      Arguments: {
        ModelPackageGroupName: step.group ? compileText(step.group, scope) : '',
        ModelApprovalStatus: step.approval ? compileText(step.approval, scope) : 'PendingManualApproval',
        InferenceSpecification: {
          Containers: [servingContainer(step, {}, scope)],
          SupportedContentTypes: contentTypes(step, scope),
          SupportedResponseMIMETypes: step.responseTypes ? texts(step.responseTypes) : usualContentTypes,
          ...unlessEmpty('SupportedRealtimeInferenceInstanceTypes', texts(step.inferenceInstances)),
          ...unlessEmpty('SupportedTransformInstanceTypes', texts(step.transformInstances)),
        },
        ...(step.metrics ? {ModelMetrics: modelMetrics(step.metrics, scope)} : {}),
        ...unlessEmpty('CustomerMetadataProperties', compileTextMap(step.properties, scope)),
      },
      ...retryPolicies(step.retry),
    }
  },

  property(step, [part, extra]) {
    if (part?.kind !== 'name' || extra) return 'unknown'
    if (part.name === 'arn') return {json: {Get: `Steps.${step.name}.ModelPackageArn`}, type: 'String'}
    if (part.name === 'version') return {json: {Get: `Steps.${step.name}.ModelPackageVersion`}, type: 'Integer'}
    return 'unknown'
  },

  places(step, scope) {
    const key = (name: string) => step.keyRanges.get(name)
    const trainedOn = trainedBy(step, scope)?.inputs?.find(({value}) => value.contentType)?.value.contentType
    return [
      ['ModelPackageGroupName', step.group?.range],
      ['ModelApprovalStatus', step.approval?.range],
      ...servingPlaces('InferenceSpecification.Containers[0]', step, scope),
      ['InferenceSpecification.SupportedContentTypes', key('contentTypes') ?? trainedOn?.range],
      ['InferenceSpecification.SupportedResponseMIMETypes', key('responseTypes')],
      ['InferenceSpecification.SupportedRealtimeInferenceInstanceTypes', key('inferenceInstances')],
      ['InferenceSpecification.SupportedTransformInstanceTypes', key('transformInstances')],
      ['ModelMetrics', step.metrics?.range],
      ['CustomerMetadataProperties', key('properties')],
      ...memberPlaces('CustomerMetadataProperties', step.properties),
    ]
  },
}

/** The step's own, else those of the training channels, else CSV. */
function contentTypes(step: RegisterSpec, scope: StepScope): Json[] {
  const own = step.contentTypes
  if (own) return own.map((value) => compileText(value, scope))
  const trained = (trainedBy(step, scope)?.inputs ?? []).flatMap(({value}) => value.contentType ?? [])
  const types = new Map(trained.map((value) => [JSON.stringify(staticText(value, scope) ?? value), value]))
  return types.size > 0 ? [...types.values()].map((value) => compileText(value, scope)) : usualContentTypes
}

function modelMetrics(report: Value, scope: StepScope): JsonObject {
  return {ModelQuality: {Statistics: {ContentType: 'application/json', S3Uri: compileText(report, scope)}}}
}

function checkApproval(approval: Value | undefined, scope: StepScope): void {
  if (approval?.kind !== 'literal' || approvals.includes(approval.text)) return
  scope.findings.error('not-in-enum', approval.range, `"${approval.text}" is not one of ${approvals.join(', ')}`)
}
