// How the triggers that stand differ from those that the spec declares, and, when it is asked for, what brings them in line.

import type {Cloud} from '../../cloud/ports.ts'
import type {StandingTrigger} from '../../cloud/trigger-ports.ts'
import {parseDefinition} from '../../definition/parse-definition.ts'
import {ownerOf} from '../../trigger/ownership.ts'
import type {Place} from '../next-commands.ts'
import {isOutOfReach} from '../out-of-reach.ts'
import {applyTriggers} from '../triggers/create/apply-triggers.ts'
import {isToDo, type TriggerPlan} from '../triggers/create/plan-triggers.ts'
import {
  nothingToDo,
  type PreparedTriggers,
  planAll,
  prepareTriggers,
  type TriggerSetting,
} from '../triggers/create/prepare-triggers.ts'
import {describeStanding, expectedArn, originOf, ownName, standingTriggers} from '../triggers/standing-triggers.ts'
import type {World} from '../world.ts'
import type {TriggerDifference, TriggersReport} from './deploy-result.ts'
import type {Deployment} from './deployment.ts'
import type {Standing} from './standing.ts'

export type TriggerWish = {
  /** Bring them in line. */
  readonly triggers: boolean
  readonly adopt: boolean
  readonly version: string
  readonly place: Place
  /** The command that brings them in line. */
  readonly again: string
}

export type StandingTriggers = {
  readonly setting: TriggerSetting
  readonly prepared: PreparedTriggers
  /** Made from the spec, which declares them no longer. */
  readonly undeclared: readonly StandingTrigger[]
  readonly isWanted: boolean
}

/** Undefined where nothing is asked: the spec declares none, and nobody wants to bring them in line. */
export async function standingTriggersOf(
  deployment: Deployment,
  {before}: Pick<Standing, 'before'>,
  wish: TriggerWish,
  cloud: Cloud,
  world: Pick<World, 'now' | 'reporter'>,
): Promise<StandingTriggers | undefined> {
  const {pipeline, target, triggers, definition} = deployment
  if (triggers.length === 0 && !wish.triggers) return undefined
  const parsed = parseDefinition(definition)
  if (!parsed.ok) return undefined
  const look = async (): Promise<StandingTriggers> => {
    const setting: TriggerSetting = {
      pipelineName: pipeline,
      pipelineArn: before?.arn ?? (await expectedArn(pipeline, target, cloud)),
      definition: parsed.definition,
      target,
      version: wish.version,
      adopt: wish.adopt,
      place: wish.place,
      again: wish.again,
    }
    const found = await standingTriggers(setting.pipelineArn, cloud)
    const names = new Set(triggers.map(({name}) => name))
    const undeclared = found.filter((one) => {
      const name = ownName(one, pipeline)
      return name !== undefined && originOf(one) === 'spec' && !names.has(name)
    })
    const prepared = wish.triggers
      ? await prepareTriggers(triggers, setting, found, cloud, world.now())
      : {plans: await planAll(triggers, setting, found, cloud, world.now()), buckets: [], warnings: []}
    for (const message of prepared.warnings) world.reporter.report({kind: 'warning', message})
    return {setting, prepared, undeclared, isWanted: wish.triggers}
  }
  return wish.triggers ? look() : orTell(look, world)
}

/** A pipeline is deployed all the same where its triggers cannot be looked at. */
async function orTell<Value>(
  look: () => Promise<Value>,
  {reporter}: Pick<World, 'reporter'>,
): Promise<Value | undefined> {
  try {
    return await look()
  } catch (error) {
    if (!isOutOfReach(error)) throw error
    reporter.report({
      kind: 'warning',
      message: `whether its triggers are as the spec has them could not be looked at: ${error.message}`,
    })
    return undefined
  }
}

/** `removed`: those of the undeclared that go. */
export function reportTriggers(
  {prepared, undeclared, isWanted}: StandingTriggers,
  removed: readonly StandingTrigger[],
): TriggersReport {
  const {plans, role, buckets} = prepared
  return {
    declared: plans.length,
    isBroughtInLine: isWanted,
    differences: [
      ...plans.filter(isToDo).map(differenceOf),
      ...undeclared.map((one): TriggerDifference => {
        const action = removed.includes(one) ? 'remove' : 'keep'
        return {name: nameOf(one), action, starter: describeStanding(one), changes: []}
      }),
    ],
    ...(role ? {role: {arn: role.arn, action: role.action}} : {}),
    buckets,
  }
}

function differenceOf({trigger, starter, action, changes, alarm, replaced}: TriggerPlan): TriggerDifference {
  const within = starter.kind === 'schedule' ? ` (${starter.group})` : ''
  return {
    name: trigger.name,
    action: action === 'create' && replaced.length === 0 ? 'create' : 'update',
    starter: `${starter.kind} ${starter.name}${within}`,
    changes: [
      ...changes,
      ...replaced.map((one) => ({field: 'kind', before: describeStanding(one), after: starter.kind})),
      ...(alarm?.changes ?? []).map((change) => ({...change, field: `alarm ${change.field}`})),
    ],
  }
}

/** Whether bringing them in line changes something, whatever becomes of what is declared no longer. */
export function changesTriggers({isWanted, prepared}: StandingTriggers): boolean {
  return isWanted && !nothingToDo(prepared)
}

/** What the spec declares no longer goes when that is wanted; without a terminal to ask on it stays. */
export async function chooseRemoved(
  {undeclared, isWanted}: StandingTriggers,
  yes: boolean,
  {choose}: Pick<World, 'choose'>,
): Promise<readonly StandingTrigger[]> {
  if (!isWanted || undeclared.length === 0) return []
  if (yes) return undeclared
  const names = undeclared.map(nameOf).join(', ')
  const are = undeclared.length === 1 ? `trigger ${names} is` : `triggers ${names} are`
  const answer = await choose(`${are} no longer declared in the spec: keep or remove? [keep]`, ['keep', 'remove'])
  return answer === 'remove' ? undeclared : []
}

export async function bringInLine(
  {setting, prepared}: StandingTriggers,
  removed: readonly StandingTrigger[],
  outcome: string,
  cloud: Cloud,
): Promise<void> {
  if (nothingToDo(prepared) && removed.length === 0) return
  const before = outcome === 'unchanged' ? [] : [`the pipeline is ${outcome}`]
  await applyTriggers(prepared, setting, cloud, {removed, before})
}

function nameOf(trigger: StandingTrigger): string {
  return ownerOf(trigger.description)?.triggerName ?? trigger.name
}
