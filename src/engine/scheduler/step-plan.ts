// Which steps are ready. Counts what each step still waits for, so that a thousand steps cost a thousand decrements.
// A branch that is not taken is never let go: its steps, and all that need them, wait for ever and so never start.

import {stepGraph} from '../../definition/dependencies.ts'
import {type FlatStep, flattenSteps} from '../../definition/flat-steps.ts'
import type {PipelineDefinition, StepDefinition} from '../../definition/types.ts'

export type Branch = 'If' | 'Else'

export type StepPlan = {
  find(name: string): StepDefinition | undefined
  hasReady(): boolean
  /** The next step all of whose needs have succeeded; each step is given once. */
  takeReady(): StepDefinition | undefined
  /** Notes a success; of a condition, with the branch it chose. */
  succeed(name: string, branch?: Branch): void
}

export type PlanLimits = {
  /** Steps that have succeeded before, a condition with the branch it chose: their dependents need not wait. */
  readonly succeeded: ReadonlyMap<string, Branch | undefined>
  /** The steps that may run at all; absent when every one may. */
  readonly selected: ReadonlySet<string> | undefined
}

const noLimits: PlanLimits = {succeeded: new Map(), selected: undefined}

export function planSteps(definition: PipelineDefinition, limits: PlanLimits = noLimits): StepPlan {
  const flat = flattenSteps(definition)
  const steps = new Map(flat.map((one) => [one.step.Name, one]))
  const {upstream} = stepGraph(definition)
  const missing = new Map<string, number>()
  const downstream = new Map<string, string[]>()
  const ready: StepDefinition[] = []
  let taken = 0

  const mayRun = ({Name}: StepDefinition) => !limits.succeeded.has(Name) && (limits.selected?.has(Name) ?? true)

  for (const {step} of flat) {
    const needs = new Set(upstream.get(step.Name))
    missing.set(step.Name, needs.size)
    if (needs.size === 0 && mayRun(step)) ready.push(step)
    for (const need of needs) {
      const dependents = downstream.get(need)
      if (dependents) dependents.push(step.Name)
      else downstream.set(need, [step.Name])
    }
  }

  const succeed = (name: string, branch: Branch | undefined) => {
    for (const dependent of downstream.get(name) ?? []) {
      const flatStep = steps.get(dependent)
      if (!flatStep || isUntaken(flatStep, name, branch)) continue
      const left = (missing.get(dependent) ?? 0) - 1
      missing.set(dependent, left)
      if (left === 0 && mayRun(flatStep.step)) ready.push(flatStep.step)
    }
  }
  for (const [name, branch] of limits.succeeded) succeed(name, branch)

  return {
    find: (name) => steps.get(name)?.step,
    hasReady: () => taken < ready.length,
    takeReady() {
      const step = ready[taken]
      if (step) taken += 1
      return step
    },
    succeed,
  }
}

function isUntaken({parent}: FlatStep, condition: string, branch: Branch | undefined): boolean {
  return parent?.condition === condition && parent.branch !== branch
}
