// All that starts the pipeline, on both services and whoever made it, beside what the spec declares.

import {nextCommand, type Place, quoted} from '../../next-commands.ts'
import type {World} from '../../world.ts'
import {examine, lookAtTriggers} from './look-at-triggers.ts'
import {reportTriggers} from './report-triggers.ts'
import type {TriggerReport} from './trigger-report.ts'

export type TriggersInput = Place & {
  /** How many next times of each schedule. */
  readonly count: number
}

export type TriggersResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  /** That the pipeline has, or would have. */
  readonly arn: string
  readonly isDeployed: boolean
  /** Of whoever looks. */
  readonly zone: string
  readonly triggers: readonly TriggerReport[]
  /** What could not be told. */
  readonly notes: readonly string[]
  readonly next: readonly string[]
}

export async function listTriggers(input: TriggersInput, world: World): Promise<TriggersResult> {
  const view = await lookAtTriggers(input, world)
  const {pairs, spec, pipelineName, pipelineArn} = view
  const {zone} = world
  const order = (spec.triggers ?? []).map(({name}) => name)
  const look = {nowMs: world.now(), count: input.count, zone}
  const triggers = reportTriggers(pairs, order, await examine(view, world), look)
  const isDeployed = view.pipeline !== undefined
  return {
    formatVersion: 1,
    pipeline: pipelineName,
    target: spec.target.name,
    arn: pipelineArn,
    isDeployed,
    zone,
    triggers,
    notes: spec.notes,
    next: nextSteps(triggers, isDeployed, input),
  }
}

function nextSteps(triggers: readonly TriggerReport[], isDeployed: boolean, place: Place): string[] {
  if (!isDeployed && triggers.some(({standing}) => standing)) {
    const own = triggers.filter(({standing, madeBy}) => standing && madeBy !== 'something-else')
    const deletes = own.map(({name}) => nextCommand(`trigger delete ${quoted(name)}`, place))
    return [nextCommand('deploy', place), ...deletes]
  }
  const isBehind = triggers.some(({spec}) => spec !== undefined && spec !== 'same')
  return isBehind ? [nextCommand('deploy --triggers', place)] : []
}
