// What the reports need of a deployed definition: its steps in order, their types, branches, reports and model groups.

import {flattenSteps} from '../../definition/flat-steps.ts'
import {parseDefinition} from '../../definition/parse-definition.ts'
import type {PipelineDefinition, PropertyFile, StepDefinition} from '../../definition/types.ts'

export type StepOutline = {
  readonly name: string
  readonly type: string
  readonly reports: readonly PropertyFile[]
  /** Names of the outputs that a Lambda or Callback step declares. */
  readonly outputs: readonly string[]
  /** Of a condition: the names of the steps in its two branches. */
  readonly branches?: {readonly onTrue: readonly string[]; readonly onFalse: readonly string[]}
}

export type DefinitionOutline = {
  readonly steps: readonly StepOutline[]
  readonly types: ReadonlyMap<string, StepOutline>
}

/** Undefined for a definition that this program cannot read: what is shown then does without types. */
export function readDefinition(text: string): PipelineDefinition | undefined {
  const parsed = parseDefinition(text)
  return parsed.ok ? parsed.definition : undefined
}

export function outlineDefinition(definition: PipelineDefinition | undefined): DefinitionOutline {
  const steps = definition ? flattenSteps(definition).map(({step}) => outlineStep(step)) : []
  return {steps, types: new Map(steps.map((step) => [step.name, step]))}
}

/** Groups that the definition registers into, where their name is written out. */
export function registeredGroups(definition: PipelineDefinition): string[] {
  const groups = flattenSteps(definition).flatMap(({step}) => {
    const group = step.Type === 'RegisterModel' ? step.Arguments['ModelPackageGroupName'] : undefined
    return typeof group === 'string' ? [group] : []
  })
  return [...new Set(groups)]
}

/** Endpoints that the definition names outright. */
export function namedEndpoints(definition: PipelineDefinition): string[] {
  const endpoints = flattenSteps(definition).flatMap(({step}) => {
    const name = step.Type === 'Endpoint' ? step.Arguments['EndpointName'] : undefined
    return typeof name === 'string' ? [name] : []
  })
  return [...new Set(endpoints)]
}

function outlineStep(step: StepDefinition): StepOutline {
  const outline = {name: step.Name, type: step.Type, reports: step.PropertyFiles ?? [], outputs: outputNames(step)}
  if (step.Type !== 'Condition') return outline
  return {...outline, branches: {onTrue: branchNames(step, 'IfSteps'), onFalse: branchNames(step, 'ElseSteps')}}
}

function outputNames({OutputParameters: outputs}: StepDefinition): string[] {
  return Array.isArray(outputs) ? outputs.map(({OutputName}) => OutputName) : []
}

function branchNames(step: StepDefinition, branch: 'IfSteps' | 'ElseSteps'): string[] {
  const steps = step.Arguments[branch]
  if (!Array.isArray(steps)) return []
  return steps.flatMap((inner) => (typeof inner?.Name === 'string' ? [inner.Name] : []))
}
