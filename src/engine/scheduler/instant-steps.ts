// Steps that need no job: Condition, Fail, Model and RegisterModel are over as soon as they start.

import {evaluateConditions} from '../../definition/conditions.ts'
import {evaluate, joinText, type Resolver} from '../../definition/evaluate.ts'
import type {Json, JsonObject} from '../../definition/json.ts'
import type {StepDefinition} from '../../definition/types.ts'
import {arnOf, executionIdOf, resourceArn} from '../store/arns.ts'
import type {Db} from '../store/database.ts'
import {insertModel} from '../store/models.ts'
import {addPackage, findGroup} from '../store/packages.ts'
import {putTags} from '../store/tags.ts'
import {resourceName} from './resource-names.ts'
import type {Branch} from './step-plan.ts'

export type StepEnd =
  | {readonly kind: 'succeeded'; readonly metadata: JsonObject; readonly branch?: Branch}
  | {readonly kind: 'failed'; readonly reason: string | null; readonly metadata: JsonObject}

export type InstantDeps = {
  readonly db: Db
  readonly executionArn: string
  readonly resolver: Resolver
  now(): number
}

/** Runs a step of one of the four types. Call inside a transaction. */
export function runInstantStep(step: StepDefinition, deps: InstantDeps): StepEnd {
  switch (step.Type) {
    case 'Condition':
      return runCondition(step, deps)
    case 'Fail':
      return runFail(step, deps)
    case 'Model':
      return runModel(step, deps)
    case 'RegisterModel':
      return runRegisterModel(step, deps)
    default:
      return failed(`ClientError: the embedded engine cannot run a step of type ${step.Type}`)
  }
}

export function unresolved(reasons: readonly string[]): string {
  return `ClientError: Failed to resolve the arguments of the step: ${reasons.join('; ')}`
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

type Resolved = {readonly kind: 'resolved'; readonly request: JsonObject}

function resolveArguments(
  step: StepDefinition,
  {resolver}: InstantDeps,
): Resolved | Extract<StepEnd, {kind: 'failed'}> {
  const evaluated = evaluate(step.Arguments, resolver)
  if (evaluated.kind === 'unknown') return failed(unresolved(evaluated.reasons))
  return {kind: 'resolved', request: evaluated.value as JsonObject}
}

type Tag = {readonly Key: string; readonly Value: string}

/** The request's own tags and the one by which SageMaker marks what an execution made. */
export function stepTags(request: JsonObject, executionArn: string): Tag[] {
  const own = Array.isArray(request.Tags) ? (request.Tags as readonly Json[]).filter(isTag) : []
  return [...own, {Key: 'sagemaker:pipeline-execution-arn', Value: executionArn}]
}

function isTag(value: Json): value is Tag {
  const tag = value as Partial<Tag> | null
  return typeof tag?.Key === 'string' && typeof tag.Value === 'string'
}

function failed(reason: string): Extract<StepEnd, {kind: 'failed'}> {
  return {kind: 'failed', reason, metadata: {}}
}
