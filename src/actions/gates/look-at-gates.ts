// What the gates of a definition ask for now: the champion of each group is looked up, and its thresholds worked out.

import type {Cloud, ModelPackageSummary} from '../../cloud/ports.ts'
import {
  type ChampionGate,
  type ChampionRequirement,
  championGates,
  formulaText,
  requirementText,
  thresholdOf,
} from '../../definition/champion-thresholds.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {approvedVersions, type Champion, readChampion} from './champion.ts'
import type {GateReport} from './gate-report.ts'

export type GateState = {
  readonly gate: ChampionGate
  readonly group: string
  readonly champion: Champion | undefined
  /** The approved version before the champion. */
  readonly before?: string
  /** Without those that cannot be worked out. */
  readonly thresholds: readonly {readonly requirement: ChampionRequirement; readonly threshold: number}[]
  readonly report: GateReport
}

export type GatesInput = {
  readonly definition: PipelineDefinition
  readonly pipelineName: string
  /** The only steps that matter; all when absent. */
  readonly steps?: readonly string[] | undefined
  /** The only group that matters; all when absent. */
  readonly group?: string
}

/** Asks nothing of a pipeline without such gates. */
export async function lookAtGates(input: GatesInput, cloud: Cloud): Promise<GateState[]> {
  const states: GateState[] = []
  const approved = new Map<string, readonly ModelPackageSummary[]>()
  for (const gate of gatesOf(input)) {
    const group = gate.requirements[0]?.group ?? ''
    if (!approved.has(group)) approved.set(group, await approvedVersions(group, cloud))
    const [latest, before] = approved.get(group) ?? []
    const metrics = [...new Set(gate.requirements.map(({metric}) => metric))]
    const champion = latest && (await readChampion(latest.arn, metrics, cloud))
    states.push({...gateState(gate, group, champion), ...(before ? {before: `${group}/${before.version}`} : {})})
  }
  return states
}

/** A definition that was brought in from another pipeline reads that pipeline's champions, which are left to it. */
function gatesOf({definition, pipelineName, steps, group}: GatesInput): ChampionGate[] {
  return championGates(definition).filter(
    ({step, uri, requirements}) =>
      uri.endsWith(`/${pipelineName}/champion/${step}.json`) &&
      (steps?.includes(step) ?? true) &&
      (group === undefined || requirements.some((requirement) => requirement.group === group)),
  )
}

export function gateState(gate: ChampionGate, group: string, champion: Champion | undefined): GateState {
  const worked = gate.requirements.map((requirement) => ({requirement, ...workOut(requirement, champion)}))
  return {
    gate,
    group,
    champion,
    thresholds: worked.flatMap(({requirement, threshold}) =>
      threshold === undefined ? [] : [{requirement, threshold}],
    ),
    report: {
      gate: gate.step,
      group,
      ...(champion ? {champion: {model: champion.model, arn: champion.arn}} : {}),
      requirements: worked.map(({report}) => report),
      uri: gate.uri,
    },
  }
}

type WorkedOut = {readonly threshold?: number; readonly report: GateReport['requirements'][number]}

function workOut(requirement: ChampionRequirement, champion: Champion | undefined): WorkedOut {
  const {metric, comparison, group, withoutChampion} = requirement
  const written = requirementText(requirement)
  if (!champion) {
    const whose = withoutChampion === 'pass' ? 'every model' : 'no model'
    const text = `${written} holds for ${whose}: ${group} has no approved version`
    return {threshold: thresholdOf(requirement, undefined), report: {requirement: written, text}}
  }
  const found = champion.metrics.get(metric)
  if (found?.kind !== 'value') {
    const problem = found?.why ?? `nothing is known of ${metric}`
    const text = `${written} holds for no model: the champion is ${champion.model}, and ${problem}`
    return {report: {requirement: written, text, problem}}
  }
  const threshold = thresholdOf(requirement, found.value)
  const how = requirement.sign ? `: ${formulaText(requirement, String(found.value))}` : ''
  const text = `${metric} ${comparison} ${threshold} (champion ${champion.model}${how})`
  return {threshold, report: {requirement: written, champion: found.value, threshold, text}}
}
