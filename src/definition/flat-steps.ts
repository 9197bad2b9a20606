// The steps of a definition as one list: a condition's branches are nested in the document, and flat here.

import type {Json} from './json.ts'
import {isJsonObject} from './json.ts'
import type {PipelineDefinition, StepDefinition} from './types.ts'

export type FlatStep = {
  readonly step: StepDefinition
  readonly parent?: {readonly condition: string; readonly branch: 'If' | 'Else'}
}

/** Every step in document order: a condition, then its If steps, then its Else steps, however deep. */
export function flattenSteps(definition: Pick<PipelineDefinition, 'Steps'>): FlatStep[] {
  const flat: FlatStep[] = []
  const add = (step: StepDefinition, parent?: FlatStep['parent']) => {
    flat.push(parent ? {step, parent} : {step})
    if (step.Type !== 'Condition') return
    for (const inner of branchSteps(step, 'IfSteps')) add(inner, {condition: step.Name, branch: 'If'})
    for (const inner of branchSteps(step, 'ElseSteps')) add(inner, {condition: step.Name, branch: 'Else'})
  }
  for (const step of definition.Steps) add(step)
  return flat
}

/** The steps of one branch of a condition; none for a step of another type. */
export function branchSteps(step: StepDefinition, branch: 'IfSteps' | 'ElseSteps'): StepDefinition[] {
  const steps = step.Type === 'Condition' ? step.Arguments[branch] : undefined
  return Array.isArray(steps) ? steps.filter(isStep) : []
}

function isStep(value: Json): value is StepDefinition & Json {
  return (
    isJsonObject(value) &&
    typeof value.Name === 'string' &&
    typeof value.Type === 'string' &&
    isJsonObject(value.Arguments)
  )
}
