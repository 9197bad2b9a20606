// What steps without a job have in common: what they are given, and how they end.

import {evaluate, type Resolver} from '../../definition/evaluate.ts'
import type {Json, JsonObject} from '../../definition/json.ts'
import type {StepDefinition} from '../../definition/types.ts'
import type {EndpointControl} from '../serving/endpoint-control.ts'
import type {Db} from '../store/database.ts'
import type {Tag} from '../store/tags.ts'
import type {Branch} from './step-plan.ts'

export type StepEnd =
  | {
      readonly kind: 'succeeded'
      readonly metadata: JsonObject
      readonly branch?: Branch
      /** Why nothing really came of it. */
      readonly simulated?: string
    }
  | {readonly kind: 'failed'; readonly reason: string | null; readonly metadata: JsonObject}

/** A step that has begun something which this process or another one brings to its end. */
export type StepWait = {
  readonly kind: 'waiting'
  /** While it waits. */
  readonly metadata: JsonObject
  /** How the step ended, once it has. */
  look(): StepEnd | undefined
}

export type InstantDeps = {
  readonly db: Db
  readonly executionArn: string
  readonly resolver: Resolver
  readonly endpoints: Pick<EndpointControl, 'rollOut' | 'takeOn'>
  now(): number
}

export function unresolved(reasons: readonly string[]): string {
  return `ClientError: Failed to resolve the arguments of the step: ${reasons.join('; ')}`
}

type Resolved = {readonly kind: 'resolved'; readonly request: JsonObject}

export function resolveArguments(
  step: StepDefinition,
  {resolver}: InstantDeps,
): Resolved | Extract<StepEnd, {kind: 'failed'}> {
  const evaluated = evaluate(step.Arguments, resolver)
  if (evaluated.kind === 'unknown') return failed(unresolved(evaluated.reasons))
  return {kind: 'resolved', request: evaluated.value as JsonObject}
}

/** The request's own tags and the one by which SageMaker marks what an execution made. */
export function stepTags(request: JsonObject, executionArn: string): Tag[] {
  const own = Array.isArray(request.Tags) ? (request.Tags as readonly Json[]).filter(isTag) : []
  return [...own, {Key: 'sagemaker:pipeline-execution-arn', Value: executionArn}]
}

function isTag(value: Json): value is Tag {
  const tag = value as Partial<Tag> | null
  return typeof tag?.Key === 'string' && typeof tag.Value === 'string'
}

export function failed(reason: string): Extract<StepEnd, {kind: 'failed'}> {
  return {kind: 'failed', reason, metadata: {}}
}
