// Steps that need no job: Condition, Fail, and those that make a resource, are over as soon as they start; an endpoint is waited for.

import {evaluateConditions} from '../../definition/conditions.ts'
import {evaluate, joinText} from '../../definition/evaluate.ts'
import type {StepDefinition} from '../../definition/types.ts'
import {refuseContainers} from '../serving/make-model.ts'
import {arnOf, executionIdOf, resourceArn} from '../store/arns.ts'
import {insertModel} from '../store/models.ts'
import {addPackage, findGroup} from '../store/packages.ts'
import {putTags} from '../store/tags.ts'
import {
  failed,
  type InstantDeps,
  resolveArguments,
  type StepEnd,
  type StepWait,
  stepTags,
  unresolved,
} from './instant-parts.ts'
import {resourceName} from './resource-names.ts'
import {runEndpoint} from './resources/endpoint.ts'
import {runEndpointConfig} from './resources/endpoint-config.ts'
import {runInferenceComponent} from './resources/inference-component.ts'
import {runLineage} from './resources/lineage.ts'
import {refused} from './resources/made-name.ts'

/** Runs a step of such a type. Call inside a transaction. */
export function runInstantStep(step: StepDefinition, deps: InstantDeps): StepEnd | StepWait {
  switch (step.Type) {
    case 'Condition':
      return runCondition(step, deps)
    case 'Fail':
      return runFail(step, deps)
    case 'Model':
      return runModel(step, deps)
    case 'RegisterModel':
      return runRegisterModel(step, deps)
    case 'EndpointConfig':
      return runEndpointConfig(step, deps)
    case 'Endpoint':
      return runEndpoint(step, deps)
    case 'InferenceComponent':
      return runInferenceComponent(step, deps)
    case 'Lineage':
      return runLineage(step, deps)
    default:
      return failed(`ClientError: the embedded engine cannot run a step of type ${step.Type}`)
  }
}

function runCondition(step: StepDefinition, {resolver}: InstantDeps): StepEnd {
  const conditions = step.Arguments.Conditions
  const result = evaluateConditions(Array.isArray(conditions) ? conditions : [], resolver)
  if (result.kind === 'fault') return failed(`ClientError: Failed to evaluate the condition: ${result.message}`)
  if (result.kind === 'unknown') return failed(unresolved(result.reasons))
  const metadata = {Condition: {Outcome: result.value ? 'True' : 'False'}}
  return {kind: 'succeeded', metadata, branch: result.value ? 'If' : 'Else'}
}

/** With an empty message the step has no failure reason, as the SDK's integration tests show. */
function runFail(step: StepDefinition, {resolver}: InstantDeps): StepEnd {
  const message = evaluate(step.Arguments.ErrorMessage ?? '', resolver)
  if (message.kind === 'unknown') return failed(unresolved(message.reasons))
  const text = joinText(message.value)
  return {kind: 'failed', reason: text === '' ? null : text, metadata: {Fail: {ErrorMessage: text}}}
}

function runModel(step: StepDefinition, deps: InstantDeps): StepEnd {
  const {db, executionArn} = deps
  const resolved = resolveArguments(step, deps)
  if (resolved.kind === 'failed') return resolved

  const refusal = refuseContainers(db, resolved.request)
  if (refusal !== undefined) return failed(refused('CreateModel', refusal))
  const name = resourceName(executionIdOf(executionArn), step.Name)
  const arn = resourceArn('model', name)
  insertModel(db, {arn, name, createdAtMs: deps.now()}, resolved.request)
  putTags(db, arn, stepTags(resolved.request, executionArn))
  return {kind: 'succeeded', metadata: {Model: {Arn: arn}}}
}

function runRegisterModel(step: StepDefinition, deps: InstantDeps): StepEnd {
  const {db, executionArn} = deps
  const resolved = resolveArguments(step, deps)
  if (resolved.kind === 'failed') return resolved

  const {request} = resolved
  const name = request.ModelPackageGroupName
  if (typeof name !== 'string') {
    return failed(
      'ClientError: ModelPackageGroupName is missing; the embedded engine registers versions of a group only',
    )
  }
  const arn = arnOf('model-package-group', name)
  const group = findGroup(db, arn)
  if (!group) return failed(`ClientError: ResourceNotFound: ModelPackageGroup ${arn} does not exist.`)

  const row = addPackage(db, group, {request, createdAtMs: deps.now(), generatedBy: executionArn})
  putTags(db, row.arn, stepTags(request, executionArn))
  return {kind: 'succeeded', metadata: {RegisterModel: {Arn: row.arn}}}
}
