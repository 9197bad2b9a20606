// Steps that are jobs: their arguments and envelope resolved, and an earlier run of the same found.

import {parseExpireAfter} from '../../cache/expire-after.ts'
import {isCacheable} from '../../cache/key-attributes.ts'
import {lookUp} from '../../cache/lookup.ts'
import {isRehearsed, rehearsalSignature} from '../../cache/rehearsal.ts'
import {stepSignature} from '../../cache/step-signature.ts'
import {evaluate, type Resolver} from '../../definition/evaluate.ts'
import type {Json, JsonObject} from '../../definition/json.ts'
import type {StepDefinition} from '../../definition/types.ts'
import {type JobKind, jobKinds, type LocalHints} from '../runners/job-types.ts'
import {jobArn as arnOfJob, executionIdOf} from '../store/arns.ts'
import type {Db} from '../store/database.ts'
import {findSuccess, parseMetadata} from '../store/steps.ts'
import {jobMetadata} from './job-metadata.ts'
import {withJobName} from './resolver.ts'
import {callbackToken, resourceName, shortResourceName} from './resource-names.ts'
import type {JobStep, StepResult} from './run-setup.ts'

export function jobKindOf(step: StepDefinition): JobKind | undefined {
  return jobKinds.find((kind) => kind === step.Type)
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
  hints: LocalHints,
): ResolvedJob {
  const jobName = nameJob(kind, executionArn, definition.Name)
  const evaluated = evaluate(
    {request: definition.Arguments, envelope: envelopeOf(definition)},
    withJobName(resolver, jobName),
  )
  if (evaluated.kind === 'unknown') return {kind: 'unresolved', reasons: evaluated.reasons}

  const {request, envelope} = evaluated.value as {request: JsonObject; envelope: JsonObject}
  const jobArn = arnOfJob(kind, jobName)
  const metadata = jobMetadata(kind, jobName, jobArn, envelope)
  // The key of a check has members of the envelope too.
  const own = stepSignature(definition.Type, {...envelope, ...request})
  const signature = rehearsalSignature(definition.Type, own, hints)
  return {kind: 'job', step: {definition, kind, jobName, jobArn, request, envelope, metadata, signature}}
}

export type CacheHit = StepResult & {readonly executionArn: string; readonly simulated: string | null}

/**
 * The earlier success that the step may take over. Only steps of the same pipeline and name count, and, as on AWS,
 * nobody looks whether the outputs still exist.
 */
export function findCacheHit(
  db: Db,
  pipelineArn: string,
  step: JobStep,
  hints: LocalHints,
  nowMs: number,
): CacheHit | undefined {
  const {definition, kind, signature} = step
  const config = definition.CacheConfig
  if (!isCacheable(definition.Type) || config?.Enabled !== true || config.ExpireAfter === undefined) return undefined
  if (!parseExpireAfter(config.ExpireAfter)) return undefined

  const isRehearsal = isRehearsed(kind, hints.runner)
  const row = findSuccess(db, {pipelineArn, name: definition.Name, signature, isRehearsal})
  if (!row) return undefined
  const {executionArn, jobArn, simulated} = row
  const candidate = {executionArn, signature, finishedAtMs: row.endedAtMs ?? 0}
  const found = lookUp([candidate], signature, config.ExpireAfter, nowMs)
  return found.kind === 'hit' ? {executionArn, metadata: parseMetadata(row), jobArn, simulated} : undefined
}

function nameJob(kind: JobKind, executionArn: string, stepName: string): string {
  const executionId = executionIdOf(executionArn)
  if (kind === 'Callback') return callbackToken()
  return kind === 'Tuning' || kind === 'AutoML'
    ? shortResourceName(executionId, stepName)
    : resourceName(executionId, stepName)
}

const notOfTheEnvelope = new Set([
  'Name',
  'Type',
  'Arguments',
  'DependsOn',
  'DisplayName',
  'Description',
  'CacheConfig',
  'RetryPolicies',
])

function envelopeOf(definition: StepDefinition): JsonObject {
  const members = Object.entries(definition as unknown as JsonObject)
  return Object.fromEntries(members.filter((entry): entry is [string, Json] => !notOfTheEnvelope.has(entry[0])))
}
