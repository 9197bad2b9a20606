// Processing and Training steps: their arguments resolved, and an earlier run of the same found.

import {parseExpireAfter} from '../../cache/expire-after.ts'
import {lookUp} from '../../cache/lookup.ts'
import {stepSignature} from '../../cache/step-signature.ts'
import {evaluate, type Resolver} from '../../definition/evaluate.ts'
import type {JsonObject} from '../../definition/json.ts'
import type {StepDefinition} from '../../definition/types.ts'
import type {JobKind} from '../runners/job-types.ts'
import {executionIdOf, resourceArn} from '../store/arns.ts'
import type {Db} from '../store/database.ts'
import {findSuccess, parseMetadata} from '../store/steps.ts'
import {withJobName} from './resolver.ts'
import {resourceName} from './resource-names.ts'
import type {JobStep} from './run-setup.ts'

const arnTypes = {Processing: 'processing-job', Training: 'training-job'} as const

export function jobKindOf(step: StepDefinition): JobKind | undefined {
  return step.Type === 'Processing' || step.Type === 'Training' ? step.Type : undefined
}

export type ResolvedJob =
  | {readonly kind: 'job'; readonly step: JobStep}
  | {readonly kind: 'unresolved'; readonly reasons: readonly string[]}

/** Names the step's job and resolves its request. */
export function resolveJob(
  definition: StepDefinition,
  kind: JobKind,
  executionArn: string,
  resolver: Resolver,
): ResolvedJob {
  const jobName = resourceName(executionIdOf(executionArn), definition.Name)
  const evaluated = evaluate(definition.Arguments, withJobName(resolver, jobName))
  if (evaluated.kind === 'unknown') return {kind: 'unresolved', reasons: evaluated.reasons}

  const request = evaluated.value as JsonObject
  const jobArn = resourceArn(arnTypes[kind], jobName)
  const metadata = {[`${kind}Job`]: {Arn: jobArn}}
  const signature = stepSignature(definition.Type, request)
  return {kind: 'job', step: {definition, kind, jobName, jobArn, request, metadata, signature}}
}

export type CacheHit = {readonly executionArn: string; readonly metadata: JsonObject}

/**
 * The earlier success that the step may take over. Only steps of the same pipeline and name count, and, as on AWS,
 * nobody looks whether the outputs still exist.
 */
export function findCacheHit(db: Db, pipelineArn: string, step: JobStep, nowMs: number): CacheHit | undefined {
  const config = step.definition.CacheConfig
  if (config?.Enabled !== true || config.ExpireAfter === undefined) return undefined
  if (!parseExpireAfter(config.ExpireAfter)) return undefined

  const row = findSuccess(db, pipelineArn, step.definition.Name, step.signature)
  if (!row) return undefined
  const candidate = {executionArn: row.executionArn, signature: step.signature, finishedAtMs: row.endedAtMs ?? 0}
  const found = lookUp([candidate], step.signature, config.ExpireAfter, nowMs)
  return found.kind === 'hit' ? {executionArn: row.executionArn, metadata: parseMetadata(row)} : undefined
}
