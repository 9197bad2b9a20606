// A selective execution, as the user asked for it: which steps run, which execution the other results come from.

import type {Cloud, NameValue, StepSelection} from '../../cloud/ports.ts'
import {ownParameters} from '../../definition/fingerprints.ts'
import type {ParameterDefinition, PipelineDefinition} from '../../definition/types.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import {executionId} from '../executions/execution-arn.ts'
import {resolveExecution} from '../executions/resolve-execution.ts'
import type {Place} from '../next-commands.ts'
import {type ChosenSteps, chooseSteps, type StepChoice} from './choose-steps.ts'
import {checkSource, findSource} from './find-source.ts'

export type SelectInput = StepChoice & {
  /** The execution that results are taken from; the latest suitable one when it is not named. */
  readonly source?: string | undefined
}

export type Selected = {
  readonly selection: StepSelection
  /** What is worth saying before it starts. */
  readonly notes: readonly string[]
}

type Deployed = {readonly name: string; readonly definition: PipelineDefinition}

/** Undefined when the whole pipeline is to run. */
export async function selectSteps(
  input: SelectInput,
  {name, definition}: Deployed,
  parameters: readonly NameValue[],
  cloud: Cloud,
  place: Place,
): Promise<Selected | undefined> {
  const chosen = chooseSteps(input, definition)
  if (!chosen) {
    if (input.source === undefined) return undefined
    throw new MlpipeError({code: 'usage', message: '--source goes with --from, --only or --select'})
  }
  const sourceArn = await sourceOf(input, chosen, {name, definition}, cloud, place)
  if (sourceArn === undefined) return {selection: {steps: chosen.steps}, notes: [runsOnly(chosen)]}

  const before = await cloud.executions.parameters(sourceArn)
  const source = executionId(sourceArn)
  const reused = chosen.needs.length === 0 ? '' : `; ${chosen.needs.join(', ')} reused from ${source}`
  return {
    selection: {steps: chosen.steps, sourceArn},
    notes: [`${runsOnly(chosen)}${reused}`, ...parameterNotes(ownParameters(definition), parameters, before, source)],
  }
}

async function sourceOf(
  input: SelectInput,
  chosen: ChosenSteps,
  {name, definition}: Deployed,
  cloud: Cloud,
  place: Place,
): Promise<string | undefined> {
  if (input.source !== undefined) {
    const arn = await resolveExecution(input.source, name, cloud, place)
    await checkSource(arn, chosen, definition, cloud, place)
    return arn
  }
  return chosen.needs.length === 0 ? undefined : findSource(name, chosen, definition, cloud, place)
}

function runsOnly({steps}: ChosenSteps): string {
  return `runs only ${steps.join(', ')}`
}

/** The parameters of a selective execution are its own, not those of the source: results of both may be mixed. */
function parameterNotes(
  declared: readonly ParameterDefinition[],
  given: readonly NameValue[],
  before: readonly NameValue[],
  source: string,
): string[] {
  const values = new Map(given.map(({name, value}) => [name, value]))
  const then = new Map(before.map(({name, value}) => [name, value]))
  const differing = declared.flatMap(({Name, DefaultValue}) => {
    const past = then.get(Name)
    const present = values.get(Name) ?? (DefaultValue === undefined ? undefined : String(DefaultValue))
    if (past === undefined || present === undefined || past.toLowerCase() === present.toLowerCase()) return []
    return [`${Name}=${past} (now ${present})`]
  })
  return differing.length === 0 ? [] : [`${source} ran with ${differing.join(', ')}`]
}
