// Pipelines that start each other without an end: A starts B, and B, or what B starts, starts A.

import type {Cloud} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {pipelinesIn} from '../../../trigger/awaited-names.ts'
import {nextCommand, type Place} from '../../next-commands.ts'
import {withinReach} from '../../out-of-reach.ts'

/** So many pipelines are asked what starts them. */
const mostPipelines = 25

type Edge = {
  /** The pipeline whose executions are waited for. */
  readonly from: string
  readonly to: string
  /** What says so. */
  readonly by: string
}

/**
 * Goes from the pipelines that the new triggers wait for to those that start them, and so on. Throws when that leads back;
 * gives a warning when there are too many to ask.
 */
export async function checkLoop(
  pipelineArn: string,
  added: readonly {readonly name: string; readonly pattern?: string}[],
  {triggers}: Cloud,
  place: Place,
): Promise<string | undefined> {
  const edges: Edge[] = added.flatMap(({name, pattern}) =>
    pipelinesIn(pattern).map((from) => ({from, to: pipelineArn, by: `trigger ${name}`})),
  )
  const asked = new Set<string>()
  for (let edge = edges[0], next = 1; edge; edge = edges[next], next += 1) {
    if (edge.from === pipelineArn) throw loopError(cycleOf(edge, edges), place)
    if (asked.has(edge.from)) continue
    if (asked.size === mostPipelines)
      return `what starts the pipelines upstream was followed through ${mostPipelines} of them only`
    asked.add(edge.from)
    const {from: to} = edge
    const rules = await withinReach(() => triggers.rules(to))
    if (!rules)
      return `what starts ${pipelineName(to)} may not be looked at by the caller: whether the pipelines start each other is not known`
    for (const {name, pattern} of rules) {
      edges.push(...pipelinesIn(pattern).map((from) => ({from, to, by: `rule ${name}`})))
    }
  }
  return undefined
}

/** From the pipeline along what it starts, back to it. */
function cycleOf(first: Edge, edges: readonly Edge[]): Edge[] {
  const cycle = [first]
  for (let last = first; last.to !== first.from; ) {
    const next = edges.find(({from}) => from === last.to)
    if (!next || cycle.includes(next)) break
    cycle.push(next)
    last = next
  }
  return cycle
}

/** The cycle begins at its smallest name, so that it reads the same wherever it is found. */
function loopError(cycle: readonly Edge[], place: Place): MlpipeError {
  const smallest = cycle.reduce((least, {from}, index) => (from < (cycle[least]?.from ?? '') ? index : least), 0)
  const turned = [...cycle.slice(smallest), ...cycle.slice(0, smallest)]
  const names = turned.map(({from}) => pipelineName(from))
  const path = turned.map(({by}, index) => `${names[index]} starts ${names[index + 1] ?? names[0]} (${by})`)
  return new MlpipeError({
    code: 'trigger-loop',
    message: `the pipelines would start each other without an end: ${path.join(', ')}`,
    nextSteps: [
      'let one of them wait for something else, such as the approval of a model',
      `${nextCommand('trigger list', place)}  (what starts this one now)`,
    ],
  })
}

function pipelineName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
