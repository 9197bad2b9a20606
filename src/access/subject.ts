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
