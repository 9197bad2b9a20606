// The execution whose results stand in for the steps that a selective execution leaves out.

import type {Cloud, ExecutionStatus, ExecutionStep} from '../../cloud/ports.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {executionId} from '../executions/execution-arn.ts'
import {isTerminalStatus} from '../executions/inspect-execution.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import type {ChosenSteps} from './choose-steps.ts'

/** Executions looked into, newest first; each costs a call or two. */
const searched = 20
/** Refusals told one by one. */
const told = 3

/** The latest execution that has every result the chosen steps need, or a refusal that says what is missing where. */
export async function findSource(
  pipelineName: string,
  chosen: ChosenSteps,
  definition: PipelineDefinition,
  cloud: Cloud,
  place: Place,
): Promise<string> {
  const refusals: string[] = []
  for (const {arn, status} of await cloud.executions.list(pipelineName, searched)) {
    const refusal = whyUnsuitable(status, await endedSteps(arn, status, cloud), chosen, definition)
    if (refusal === undefined) return arn
    refusals.push(`${executionId(arn)}: ${refusal}`)
  }
  const needed = `${chosen.steps.join(', ')} needs what ${chosen.needs.join(', ')} made`
  const none = refusals.length === 0 ? 'the pipeline has not been run' : `no ${lastOf(refusals)} has it`
  throw unsuitable(`${needed}, and ${none}${listed(refusals)}`, place)
}

/** The same for an execution that the user named. */
export async function checkSource(
  arn: string,
  chosen: ChosenSteps,
  definition: PipelineDefinition,
  cloud: Cloud,
  place: Place,
): Promise<void> {
  const {status} = await cloud.executions.describe(arn)
  const refusal = whyUnsuitable(status, await endedSteps(arn, status, cloud), chosen, definition)
  if (refusal !== undefined) throw unsuitable(`execution ${executionId(arn)} cannot be the source: ${refusal}`, place)
}

async function endedSteps(arn: string, status: ExecutionStatus, cloud: Cloud): Promise<ExecutionStep[]> {
  return isTerminalStatus(status) ? cloud.executions.steps(arn) : []
}

/** Undefined when the execution has all that is needed. */
export function whyUnsuitable(
  status: ExecutionStatus,
  steps: readonly ExecutionStep[],
  {steps: chosen, needs}: ChosenSteps,
  definition: PipelineDefinition,
): string | undefined {
  if (!isTerminalStatus(status)) return 'it has not ended'
  const byName = new Map(steps.map((step) => [step.name, step]))
  const missing = needs.filter((name) => byName.get(name)?.status !== 'Succeeded')
  if (missing.length > 0) return missing.map((name) => whatBecameOf(name, byName.get(name))).join(', ')

  const picked = new Set(chosen)
  const untaken = flattenSteps(definition).find(({step, parent}) => {
    const outcome = parent && !picked.has(parent.condition) ? byName.get(parent.condition)?.outcome : undefined
    return outcome !== undefined && picked.has(step.Name) && (outcome === 'True') !== (parent?.branch === 'If')
  })
  return untaken && `its "${untaken.parent?.condition}" did not take the branch with "${untaken.step.Name}"`
}

function whatBecameOf(name: string, step: ExecutionStep | undefined): string {
  if (!step) return `"${name}" did not run`
  const words = {Failed: 'failed', Stopped: 'was stopped'} as const
  return `"${name}" ${step.status === 'Failed' || step.status === 'Stopped' ? words[step.status] : 'did not end'}`
}

function lastOf({length}: readonly string[]): string {
  return length === 1 ? 'earlier execution' : `execution of the last ${length}`
}

function listed(refusals: readonly string[]): string {
  const lines = refusals.slice(0, told).map((refusal) => `\n  ${refusal}`)
  return refusals.length === 0 ? '' : `:${lines.join('')}${refusals.length > told ? '\n  …' : ''}`
}

function unsuitable(message: string, place: Place): MlpipeError {
  const nextSteps = [`${nextCommand('run', place)}  (all steps)`]
  return new MlpipeError({code: 'no-source-execution', message, nextSteps})
}
