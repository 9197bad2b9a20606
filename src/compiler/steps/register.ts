// register → RegisterModel (CreateModelPackage's request, less its name).

import type {Json, JsonObject} from '../../definition/json.ts'
import type {RegisterSpec} from '../../spec/pipeline-spec.ts'
import type {Value} from '../../spec/value.ts'
import {nearestName} from '../../text/nearest-name.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {checkName} from '../parts/endpoint-parts.ts'
import {compileTags, retryPolicies, unlessEmpty} from '../parts/job-parts.ts'
import {driftBaselines, modelMetrics, reportPlaces} from '../parts/model-reports.ts'
import {servingContainers, servingPlaces, trainedOn} from '../parts/serving-container.ts'
import {memberPlaces} from '../place.ts'
import {compileText, compileTextMap, compileTexts, staticText} from '../values/compile-value.ts'
import {shortNames} from '../values/short-names.ts'

/** Source: CreateModelPackage, ModelApprovalStatus. */
const approvals = ['PendingManualApproval', 'Approved', 'Rejected']

const usualContentTypes = ['text/csv']
const specification = 'InferenceSpecification'

export const registerCompiler: StepCompiler<RegisterSpec> = {
  type: 'RegisterModel',
  ...shortNames({arn: 'ModelPackageArn', version: ['ModelPackageVersion', 'Integer']}),

  compile(step, scope) {
    checkName(step.group, 'a model package group', scope)
    checkApproval(step.approval, scope)
    checkSource(step, scope)
    return {
      Arguments: {
        ModelPackageGroupName: step.group ? compileText(step.group, scope) : '',
        ...(step.modelDescription ? {ModelPackageDescription: compileText(step.modelDescription, scope)} : {}),
        ModelApprovalStatus: step.approval ? compileText(step.approval, scope) : 'PendingManualApproval',
        InferenceSpecification: inferenceSpecification(step, scope),
        ...(step.metrics ? {ModelMetrics: modelMetrics(step.metrics, scope)} : {}),
        ...(step.drift ? {DriftCheckBaselines: driftBaselines(step.drift, scope)} : {}),
        ...unlessEmpty('CustomerMetadataProperties', compileTextMap(step.properties, scope)),
        ...(step.domain ? {Domain: step.domain.value} : {}),
        ...(step.task ? {Task: step.task.value} : {}),
        ...(step.samplePayload ? {SamplePayloadUrl: compileText(step.samplePayload, scope)} : {}),
        ...(step.skipValidation ? {SkipModelValidation: step.skipValidation.value ? 'All' : 'None'} : {}),
        ...compileTags(step.tags, scope),
      },
      ...retryPolicies(step.retry),
    }
  },

  places(step, scope) {
    const key = (name: string) => step.keyRanges.get(name)
    const [trainedType] = trainedOn(step, scope)
    const containers = `${specification}.Containers`
    return [
      ['ModelPackageGroupName', step.group?.range],
      ['ModelPackageDescription', step.modelDescription?.range],
      ['ModelApprovalStatus', step.approval?.range],
      ...servingPlaces(`${containers}[0]`, containers, step, scope),
      [`${containers}[0].Framework`, step.framework?.name?.range],
      [`${containers}[0].FrameworkVersion`, step.framework?.version?.range],
      [`${containers}[0].NearestModelName`, step.framework?.nearestModel?.range],
      [`${specification}.SupportedContentTypes`, key('contentTypes') ?? trainedType?.range],
      [`${specification}.SupportedResponseMIMETypes`, key('responseTypes')],
      [`${specification}.SupportedRealtimeInferenceInstanceTypes`, key('inferenceInstances')],
      [`${specification}.SupportedTransformInstanceTypes`, key('transformInstances')],
      ...reportPlaces(step),
      ['CustomerMetadataProperties', key('properties')],
      ...memberPlaces('CustomerMetadataProperties', step.properties),
      ['Domain', step.domain?.range],
      ['Task', step.task?.range],
      ['SamplePayloadUrl', step.samplePayload?.range],
      ['SkipModelValidation', step.skipValidation?.range],
      ['Tags', key('tags')],
    ]
  },
}

function inferenceSpecification(step: RegisterSpec, scope: StepScope): JsonObject {
  const [first = {}, ...others] = servingContainers(step, scope)
  return {
    Containers: [{...first, ...framework(step, scope)}, ...others],
    SupportedContentTypes: contentTypes(step, scope),
    SupportedResponseMIMETypes: step.responseTypes ? compileTexts(step.responseTypes, scope) : usualContentTypes,
    ...unlessEmpty('SupportedRealtimeInferenceInstanceTypes', compileTexts(step.inferenceInstances, scope)),
    ...unlessEmpty('SupportedTransformInstanceTypes', compileTexts(step.transformInstances, scope)),
  }
}

/** Of the first container: where there are several, it is the one that Inference Recommender looks at. */
function framework({framework: spec}: RegisterSpec, scope: StepScope): JsonObject {
  if (!spec?.name) return {}
  return {
    Framework: compileText(spec.name, scope),
    ...(spec.version ? {FrameworkVersion: compileText(spec.version, scope)} : {}),
    ...(spec.nearestModel ? {NearestModelName: compileText(spec.nearestModel, scope)} : {}),
  }
}

/** The step's own, else those of the training channels, else CSV. */
function contentTypes(step: RegisterSpec, scope: StepScope): Json[] {
  const own = step.contentTypes
  if (own) return compileTexts(own, scope)
  const types = new Map(
    trainedOn(step, scope).map((value) => [JSON.stringify(staticText(value, scope) ?? value), value]),
  )
  return types.size > 0 ? compileTexts([...types.values()], scope) : usualContentTypes
}

function checkApproval(approval: Value | undefined, scope: StepScope): void {
  if (approval?.kind !== 'literal' || approvals.includes(approval.text)) return
  const meant = nearestName(approval.text, approvals)
  const help = meant === undefined ? {} : {help: `did you mean "${meant}"?`}
  scope.findings.error('not-in-enum', approval.range, `"${approval.text}" is not one of ${approvals.join(', ')}`, help)
}

function checkSource(step: RegisterSpec, scope: StepScope): void {
  if (['model', 'containers', 'api'].some((key) => step.keyRanges.has(key))) return
  scope.findings.error('missing-key', step.nameRange, `step "${step.name}" has no "model"`, {
    help: 'model: the model artifact, such as ${steps.train.model}',
  })
}
