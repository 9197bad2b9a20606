// The gates of the pipeline as the champion stands now, beside what their conditions read.

import type {Cloud} from '../../cloud/ports.ts'
import {conditionsOf} from '../../definition/champion-thresholds.ts'
import {describeCondition} from '../../definition/condition-words.ts'
import {flattenSteps} from '../../definition/flat-steps.ts'
import {canonicalJson} from '../../definition/json.ts'
import {objectAt, textAt} from '../../definition/json-members.ts'
import type {PipelineDefinition} from '../../definition/types.ts'
import {connect} from '../connect.ts'
import {deployedDefinition} from '../executions/deployed-definition.ts'
import {requirePipeline} from '../executions/resolve-execution.ts'
import {nextCommand, type Place} from '../next-commands.ts'
import {findPipeline} from '../open-project.ts'
import type {World} from '../world.ts'
import type {GateReport} from './gate-report.ts'
import {championInForce, championObject} from './keep-champions.ts'
import {type GateState, lookAtGates} from './look-at-gates.ts'

export type GatesResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  /** The conditions of the deployed pipeline. */
  readonly gates: readonly {
    readonly gate: string
    /** All of them must hold. */
    readonly requirements: readonly string[]
    readonly branches: {readonly then: readonly string[]; readonly else: readonly string[]}
    /** Of a gate that asks for the champion. */
    readonly champion?: GateReport
    /** What an execution that starts by itself would read. */
    readonly inForce?: {
      readonly state: 'current' | 'outdated' | 'missing'
      readonly model?: string
      readonly since?: string
    }
  }[]
  readonly next: readonly string[]
}

export async function showGates(input: Place, world: World): Promise<GatesResult> {
  const {pipelineName, target} = await findPipeline(input, world)
  const {cloud} = await connect(target, input, world)
  const definition = deployedDefinition(await requirePipeline(pipelineName, cloud, input))
  const states = new Map(
    (await lookAtGates({definition, pipelineName}, cloud)).map((state) => [state.gate.step, state]),
  )
  const gates = await Promise.all(
    conditionsIn(definition).map(async (condition) => {
      const state = states.get(condition.gate)
      return state ? {...condition, champion: state.report, inForce: await inForce(state, cloud)} : condition
    }),
  )
  const isBehind = gates.some((gate) => 'inForce' in gate && gate.inForce.state !== 'current')
  const next = isBehind ? [`${nextCommand('deploy', input)}  (brings what the gates read up to date; so does run)`] : []
  return {formatVersion: 1, pipeline: pipelineName, target: target.name, gates, next}
}

function conditionsIn(definition: PipelineDefinition) {
  const outlined = flattenSteps(definition)
  return outlined.flatMap(({step}) => {
    if (step.Type !== 'Condition') return []
    const branch = (side: 'If' | 'Else') =>
      outlined.flatMap(({step: inner, parent}) =>
        parent?.condition === step.Name && parent.branch === side ? [inner.Name] : [],
      )
    const requirements = conditionsOf(step).map((condition) => describeCondition(condition, step.Name))
    return [{gate: step.Name, requirements, branches: {then: branch('If'), else: branch('Else')}}]
  })
}

async function inForce(state: GateState, cloud: Cloud) {
  const found = await championInForce(state.gate.uri, cloud)
  if (!found) return {state: 'missing' as const}
  const {updatedAt: _, ...content} = found
  const isCurrent = canonicalJson(content) === canonicalJson(championObject(state, found))
  const model = textAt(objectAt(found, 'champion'), 'model')
  const since = textAt(found, 'updatedAt')
  return {
    state: isCurrent ? ('current' as const) : ('outdated' as const),
    ...(model === undefined ? {} : {model}),
    ...(since === undefined ? {} : {since}),
  }
}
