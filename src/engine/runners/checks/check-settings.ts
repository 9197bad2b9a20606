// What a check step is asked to do, and which baseline it compares with.
// Source: Developer Guide, "Baseline calculation, drift detection and lifecycle with ClarifyCheck and QualityCheck steps".

import type {Json, JsonObject} from '../../../definition/json.ts'
import {objectAt, textAt} from '../../../definition/json-members.ts'
import {clientFault} from '../job-fault.ts'
import type {JobDeps, JobRequest} from '../job-types.ts'

export const checkTypes = ['DATA_QUALITY', 'MODEL_QUALITY', 'DATA_BIAS', 'MODEL_BIAS', 'MODEL_EXPLAINABILITY'] as const
export type CheckType = (typeof checkTypes)[number]

/** S3 URIs of a baseline's files; a Clarify check has constraints only. */
export type BaselineUris = {readonly statistics?: string; readonly constraints?: string}

export type CheckSettings = {
  readonly type: CheckType
  readonly isSkipped: boolean
  readonly failsOnViolation: boolean
  readonly registersNew: boolean
  readonly group: string | undefined
  readonly supplied: BaselineUris
}

export function readCheckSettings({envelope}: JobRequest): CheckSettings {
  const type = checkTypes.find((one) => one === envelope.CheckType)
  if (!type) throw clientFault(`CheckType is ${JSON.stringify(envelope.CheckType)}; it can be ${checkTypes.join(', ')}`)
  return {
    type,
    isSkipped: isTrue(envelope.SkipCheck, false),
    failsOnViolation: isTrue(envelope.FailOnViolation, true),
    registersNew: isTrue(envelope.RegisterNewBaseline, false),
    group: given(envelope, 'ModelPackageGroupName'),
    supplied: uris(given(envelope, 'SuppliedBaselineStatistics'), given(envelope, 'SuppliedBaselineConstraints')),
  }
}

/** A supplied baseline goes before that of the latest approved package of the group. */
export function findPreviousBaseline(settings: CheckSettings, deps: JobDeps): BaselineUris | undefined {
  if (settings.supplied.constraints !== undefined) return settings.supplied
  const found = settings.group === undefined ? undefined : deps.approvedPackage(settings.group)
  const baseline = found && registeredBaseline(settings.type, objectAt(found, 'DriftCheckBaselines'))
  return baseline?.constraints === undefined ? undefined : baseline
}

export function withoutBaseline(settings: CheckSettings, deps: JobDeps): Error {
  return clientFault(
    `there is no previous baseline to check against: none is supplied, and ${lackInGroup(settings, deps)}. ` +
      'Run the step with SkipCheck and RegisterNewBaseline first, and register and approve what it calculates',
  )
}

function lackInGroup({group, type}: CheckSettings, deps: JobDeps): string {
  if (group === undefined) return 'no ModelPackageGroupName is given'
  if (!deps.approvedPackage(group)) return `no package of the model package group "${group}" is approved`
  const [member, key] = registeredAt[type]
  return `the latest approved package of the model package group "${group}" has no DriftCheckBaselines.${member}.${key}`
}

const registeredAt = {
  DATA_QUALITY: ['ModelDataQuality', 'Constraints'],
  MODEL_QUALITY: ['ModelQuality', 'Constraints'],
  DATA_BIAS: ['Bias', 'PreTrainingConstraints'],
  MODEL_BIAS: ['Bias', 'PostTrainingConstraints'],
  MODEL_EXPLAINABILITY: ['Explainability', 'Constraints'],
} as const

function registeredBaseline(type: CheckType, baselines: JsonObject): BaselineUris {
  const [member, key] = registeredAt[type]
  const found = objectAt(baselines, member)
  return uris(textAt(objectAt(found, 'Statistics'), 'S3Uri'), textAt(objectAt(found, key), 'S3Uri'))
}

function uris(statistics: string | undefined, constraints: string | undefined): BaselineUris {
  return {...(statistics === undefined ? {} : {statistics}), ...(constraints === undefined ? {} : {constraints})}
}

/** A parameter that stands for "none" has an empty default. */
function given(envelope: JsonObject, name: string): string | undefined {
  const value = textAt(envelope, name)
  return value === '' ? undefined : value
}

/** Booleans may come as text, as Python writes them. */
function isTrue(value: Json | undefined, fallback: boolean): boolean {
  if (value === undefined || value === null) return fallback
  return value === true || String(value).toLowerCase() === 'true'
}
