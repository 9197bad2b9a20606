// What the lifts of the quality and the Clarify check have in common.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../definition/json-members.ts'
import type {LiftContext, SpecMap} from '../lift.ts'
import {liftInstance, liftTags, liftText, liftTimeout} from './job-parts.ts'

/** Where the data and the machine are, less what is peculiar to one check. */
export function liftCheckJob(step: JsonObject, dataInput: string, context: LiftContext): SpecMap {
  const request = objectAt(step, 'Arguments')
  const [output] = objectsAt(objectAt(request, 'ProcessingOutputConfig'), 'Outputs')
  return {
    ...liftText('data', inputUri(step, dataInput), context),
    ...liftText('output', objectAt(output, 'S3Output').S3Uri, context),
    ...liftText('image', objectAt(request, 'AppSpecification').ImageUri, context),
    ...liftInstance(objectAt(objectAt(request, 'ProcessingResources'), 'ClusterConfig'), context),
    ...liftText('role', request.RoleArn, context),
    ...liftTimeout(objectAt(request, 'StoppingCondition').MaxRuntimeInSeconds),
    ...liftTags(request.Tags, context),
  }
}

/** How the result is compared. */
export function liftComparison(step: JsonObject, context: LiftContext): SpecMap {
  const baseline = {
    ...liftGiven('statistics', step.SuppliedBaselineStatistics, context),
    ...liftGiven('constraints', step.SuppliedBaselineConstraints, context),
  }
  return {
    ...liftGiven('group', step.ModelPackageGroupName, context),
    ...liftFlag('skip', step.SkipCheck, false, context),
    ...liftFlag('failOnViolation', step.FailOnViolation, true, context),
    ...liftFlag('registerNewBaseline', step.RegisterNewBaseline, false, context),
    ...(Object.keys(baseline).length > 0 ? {baseline} : {}),
  }
}

/** `DATA_QUALITY` as `data-quality`. */
export function liftCheckType(step: JsonObject): SpecMap {
  const type = textAt(step, 'CheckType')
  return type === undefined ? {} : {check: type.toLowerCase().replaceAll('_', '-')}
}

export function inputUri(step: JsonObject, name: string): Json | undefined {
  const inputs = objectsAt(objectAt(step, 'Arguments'), 'ProcessingInputs')
  return objectAt(
    inputs.find((input) => input.InputName === name),
    'S3Input',
  ).S3Uri
}

/** The SDK writes null for what is not given. */
function liftGiven(key: string, json: Json | undefined, context: LiftContext): SpecMap {
  return json === null ? {} : liftText(key, json, context)
}

function liftFlag(key: string, json: Json | undefined, usual: boolean, context: LiftContext): SpecMap {
  const isFlag = typeof json === 'boolean' || isJsonObject(json)
  return isFlag && json !== usual ? {[key]: context.value(json)} : {}
}
