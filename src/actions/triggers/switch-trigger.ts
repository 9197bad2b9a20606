// Lets a trigger fire, or keeps it from it. It stays as it is otherwise.

import type {StandingTrigger} from '../../cloud/trigger-ports.ts'
import {connect} from '../connect.ts'
import {requirePipeline} from '../executions/resolve-execution.ts'
import {nextCommand, quoted} from '../next-commands.ts'
import {findPipeline, type ProjectInput} from '../open-project.ts'
import type {World} from '../world.ts'
import {findTriggers, unknownTrigger} from './find-trigger.ts'
import {ownName, standingTriggers, withinOf} from './standing-triggers.ts'

export type SwitchTriggerInput = ProjectInput & {
  /** Of a trigger, or of a rule or schedule that something else made. */
  readonly name: string
  readonly enable: boolean
}

export type SwitchTriggerResult = {
  readonly formatVersion: 1
  readonly pipeline: string
  readonly target: string
  readonly trigger: string
  readonly outcome: 'enabled' | 'disabled' | 'unchanged'
  readonly isEnabled: boolean
  /** What it is in EventBridge. */
  readonly starters: readonly {
    readonly kind: 'rule' | 'schedule'
    readonly name: string
    readonly within: string
    readonly arn: string
  }[]
  /** It was made by something else than mlpipe. */
  readonly isForeign?: true
  readonly next: readonly string[]
}

export async function switchTrigger(input: SwitchTriggerInput, world: World): Promise<SwitchTriggerResult> {
  const {name, enable} = input
  const {pipelineName, target} = await findPipeline(input, world)
  const connection = await connect(target, input, world)
  try {
    const {cloud} = connection
    const {arn} = await requirePipeline(pipelineName, cloud, input)
    const found = await standingTriggers(arn, cloud)
    const chosen = await findTriggers(name, pipelineName, found, cloud)
    if (chosen.length === 0) throw unknownTrigger(name, pipelineName, found, input)
    const others = chosen.filter(({isEnabled}) => isEnabled !== enable)
    for (const one of others) await cloud.triggers.setEnabled(one, enable)
    const isForeign = chosen.every((one) => ownName(one, pipelineName) === undefined)
    const state = enable ? 'enabled' : 'disabled'
    const back = `trigger ${enable ? 'disable' : 'enable'} ${quoted(name)}`
    return {
      formatVersion: 1,
      pipeline: pipelineName,
      target: target.name,
      trigger: name,
      outcome: others.length === 0 ? 'unchanged' : state,
      isEnabled: enable,
      starters: chosen.map(describe),
      ...(isForeign ? {isForeign: true} : {}),
      next: others.length === 0 ? [nextCommand('trigger list', input)] : [nextCommand(back, input)],
    }
  } finally {
    await connection.close()
  }
}

function describe(trigger: StandingTrigger): SwitchTriggerResult['starters'][number] {
  const {kind, name, arn} = trigger
  return {kind, name, within: withinOf(trigger), arn}
}
