// RegisterModel → register.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt} from '../../definition/json-members.ts'
import type {Lift, LiftContext, SpecMap, SpecValue} from '../lift.ts'
import {liftTags, liftText, liftTextMap, liftTexts, liftWord} from './job-parts.ts'
import {liftContainer, liftContainers, liftFiles} from './serving.ts'
import {requestOf} from './training-parts.ts'

export const liftRegister: Lift = (step, context) => {
  const request = requestOf(step)
  const specification = objectAt(request, 'InferenceSpecification')
  const {SupportedContentTypes, SupportedResponseMIMETypes: responseTypes} = specification
  const {ModelApprovalStatus: approval, SkipModelValidation: skipped} = request
  return {
    ...liftText('group', request.ModelPackageGroupName, context),
    ...liftText('modelDescription', request.ModelPackageDescription, context),
    ...liftServing(objectsAt(specification, 'Containers'), context),
    ...(approval === 'PendingManualApproval' ? {} : liftText('approval', approval, context)),
    ...liftTexts('contentTypes', SupportedContentTypes, context),
    ...(isUsual(responseTypes) ? {} : liftTexts('responseTypes', responseTypes, context)),
    ...liftTexts('inferenceInstances', specification.SupportedRealtimeInferenceInstanceTypes, context),
    ...liftTexts('transformInstances', specification.SupportedTransformInstanceTypes, context),
    ...liftMetrics(request.ModelMetrics, context),
    ...liftDrift(request.DriftCheckBaselines, context),
    ...liftTextMap('properties', request.CustomerMetadataProperties, context),
    ...liftWord('domain', request.Domain),
    ...liftWord('task', request.Task),
    ...liftText('samplePayload', request.SamplePayloadUrl, context),
    ...(skipped === 'All' || skipped === 'None' ? {skipValidation: skipped === 'All'} : {}),
    ...liftTags(request.Tags, context),
  }
}

/** One container as keys of the step, unless they do not say all of it. */
function liftServing(containers: readonly JsonObject[], context: LiftContext): SpecMap {
  const [first, second] = containers
  if (!first) return {}
  const {Framework: name, FrameworkVersion: version, NearestModelName: nearestModel, ...rest} = first
  const framework: SpecMap = {
    ...liftText('name', name, context),
    ...liftText('version', version, context),
    ...liftText('nearestModel', nearestModel, context),
  }
  const hasFramework = name !== undefined
  const plain = hasFramework ? rest : first
  const single = liftContainer(plain, context)
  const isSingle = !second && single.api === undefined && single.name === undefined
  return {
    ...(isSingle ? single : liftContainers([plain, ...containers.slice(1)], context)),
    ...(hasFramework ? {framework} : {}),
  }
}

function isUsual(types: Json | undefined): boolean {
  return Array.isArray(types) && types.length === 1 && types[0] === 'text/csv'
}

type Kinds = Readonly<Record<string, {readonly member: string; readonly files: Readonly<Record<string, string>>}>>

const quality = {statistics: 'Statistics', constraints: 'Constraints'}

const metricKinds: Kinds = {
  quality: {member: 'ModelQuality', files: quality},
  dataQuality: {member: 'ModelDataQuality', files: quality},
  bias: {
    member: 'Bias',
    files: {report: 'Report', preTraining: 'PreTrainingReport', postTraining: 'PostTrainingReport'},
  },
  explainability: {member: 'Explainability', files: {report: 'Report'}},
}

const driftKinds: Kinds = {
  quality: {member: 'ModelQuality', files: quality},
  dataQuality: {member: 'ModelDataQuality', files: quality},
  bias: {
    member: 'Bias',
    files: {config: 'ConfigFile', preTraining: 'PreTrainingConstraints', postTraining: 'PostTrainingConstraints'},
  },
  explainability: {member: 'Explainability', files: {config: 'ConfigFile', constraints: 'Constraints'}},
}

/** One report alone is written as its place. */
function liftMetrics(json: Json | undefined, context: LiftContext): SpecMap {
  if (!isJsonObject(json)) return {}
  const metrics = liftKinds(json, metricKinds, context)
  const {quality: only, ...others} = metrics as {readonly quality?: SpecMap}
  const isOne = only?.statistics !== undefined && Object.keys(only).length === 1 && Object.keys(others).length === 0
  return {metrics: isOne ? (only.statistics ?? null) : metrics}
}

function liftDrift(json: Json | undefined, context: LiftContext): SpecMap {
  return isJsonObject(json) ? {drift: liftKinds(json, driftKinds, context)} : {}
}

function liftKinds(json: JsonObject, kinds: Kinds, context: LiftContext): SpecMap {
  return Object.fromEntries(
    Object.entries(kinds).flatMap(([key, {member, files}]): [string, SpecValue][] =>
      isJsonObject(json[member]) ? [[key, liftFiles(json[member], files, context)]] : [],
    ),
  )
}
