// What policies are made from: a definition, and where it is deployed.

import {flattenSteps} from '../definition/flat-steps.ts'
import {isJsonObject, type JsonObject} from '../definition/json.ts'
import type {PipelineDefinition, StepDefinition} from '../definition/types.ts'
import type {Known} from './known-text.ts'
import type {AccountPlace} from './place.ts'

export type AccessSubject = AccountPlace & {
  readonly pipelineName: string
  readonly definition: PipelineDefinition
  readonly bucket: string
  /** The execution role of the pipeline. */
  readonly role: string
  readonly modelPackageGroups: readonly string[]
  /** The role that triggers start the pipeline with; absent where the deployer makes none. */
  readonly triggerRole?: string
  /** Queues that this role sends to: what schedules could not start. Rules send there themselves. */
  readonly triggerQueues?: readonly string[]
  /** What triggers are made of; where it is not known, everything but alarms and the events of buckets is. */
  readonly triggers?: TriggerNeeds
}

export type TriggerNeeds = {
  readonly hasRules: boolean
  readonly hasSchedules: boolean
  /** Whether `triggerRole` is made, or every trigger names a role of its own. */
  readonly makesRole: boolean
  /** Roles that triggers name. */
  readonly ownRoles: readonly string[]
  /** Buckets whose events are switched on. */
  readonly buckets: readonly string[]
  /** Names of alarms that are made, and of those that are waited for. */
  readonly madeAlarms: readonly string[]
  readonly foundAlarms: readonly string[]
  /** Names of monitoring schedules. */
  readonly monitors: readonly string[]
  /** Names of pipelines in the same account and region. */
  readonly pipelines: readonly string[]
}

export function knownOf({pipelineName, definition}: AccessSubject): Known {
  return {pipelineName, parameters: new Map(definition.Parameters.map((one) => [one.Name, one]))}
}

export function stepsOf({definition}: AccessSubject): StepDefinition[] {
  return flattenSteps(definition).map(({step}) => step)
}

/** What a step has beside its Arguments, also what only some step types have. */
export function membersOf(step: StepDefinition): JsonObject {
  const members: unknown = step
  return isJsonObject(members) ? members : {}
}
