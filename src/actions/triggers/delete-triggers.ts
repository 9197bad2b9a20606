// Deletes triggers with everything that was made for them. What others made goes only when it is named.

import type {Cloud} from '../../cloud/ports.ts'
import type {StandingTrigger} from '../../cloud/trigger-ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {Target} from '../../project/target.ts'
import {documentName, documentPrefix} from '../../trigger/names.ts'
import {connect} from '../connect.ts'
import {halfDeleted} from '../delete/half-deleted.ts'
import {nextCommand, quoted} from '../next-commands.ts'
import {findPipeline, type ProjectInput} from '../open-project.ts'
import {withinReach} from '../out-of-reach.ts'
import type {World} from '../world.ts'
import {isOwnRole} from './create/trigger-role.ts'
import type {DeleteTriggersResult, RemovedTrigger} from './delete-triggers-result.ts'
import {findTriggers, unknownTrigger} from './find-trigger.ts'
import {removeStanding} from './remove-standing.ts'
import {
  describeStanding,
  expectedArn,
  madeAlarm,
  ownName,
  rolesOf,
  standingTriggers,
  targetsOf,
  withinOf,
} from './standing-triggers.ts'
import {madeRole} from './usual-role.ts'

export type DeleteTriggersInput = ProjectInput & {
  /** Of a trigger, or of a rule or schedule that something else made. */
  readonly name?: string | undefined
  /** Every trigger that mlpipe made. */
  readonly all: boolean
  readonly dryRun: boolean
  readonly yes: boolean
}

export async function deleteTriggers(input: DeleteTriggersInput, world: World): Promise<DeleteTriggersResult> {
  if ((input.name === undefined) === !input.all) {
    throw new MlpipeError({
      code: 'usage',
      message: 'give the name of one trigger, or --all',
      nextSteps: [nextCommand('trigger list', input)],
    })
  }
  const {pipelineName, target} = await findPipeline(input, world)
  const connection = await connect(target, input, world)
  try {
    const {cloud} = connection
    const pipeline = await cloud.pipelines.describe(pipelineName)
    const place = {pipelineName, pipelineArn: pipeline?.arn ?? (await expectedArn(pipelineName, target, cloud))}
    const plan = await planRemoval(input, place, target, cloud)
    const result = await describe(plan, target, cloud)
    if (isNothing(plan)) return {...result, outcome: 'nothing-there'}
    if (input.dryRun) return {...result, next: [againCommand(input)]}

    world.reporter.report({kind: 'proposal', proposal: result})
    if (!(input.yes || (await world.confirm(question(result), `${againCommand(input)} --yes`)))) {
      return {...result, outcome: 'kept'}
    }
    await remove(plan, input, cloud)
    const next = result.leaves.length === 0 ? [] : [nextCommand('trigger list', input)]
    return {...result, outcome: 'deleted', next}
  } finally {
    await connection.close()
  }
}

type Plan = {
  readonly pipelineName: string
  readonly pipelineArn: string
  readonly chosen: readonly StandingTrigger[]
  /** What starts the pipeline all the same. */
  readonly left: readonly StandingTrigger[]
  readonly role?: string
  readonly group?: string
}

async function planRemoval(
  input: DeleteTriggersInput,
  place: Pick<Plan, 'pipelineName' | 'pipelineArn'>,
  target: Target,
  cloud: Cloud,
): Promise<Plan> {
  const {name} = input
  const {pipelineName, pipelineArn} = place
  const found = await standingTriggers(pipelineArn, cloud)
  const chosen =
    name === undefined ? await allOwn(pipelineName, found, cloud) : await findTriggers(name, pipelineName, found, cloud)
  const left = found.filter((one) => !chosen.includes(one))
  const plan = {...place, chosen, left, ...(await leftOvers(place, chosen, left, target, cloud))}
  // A delete that broke off at the end leaves a role or a group, and nothing of the name.
  const isLastOne = !isNothing(plan) && found.every((one) => ownName(one, pipelineName) === undefined)
  if (name !== undefined && chosen.length === 0 && !isLastOne) throw unknownTrigger(name, pipelineName, found, input)
  return plan
}

/** Also those that have lost their target, or never got it. */
async function allOwn(pipelineName: string, found: readonly StandingTrigger[], {triggers}: Cloud) {
  const own = found.filter((one) => ownName(one, pipelineName) !== undefined)
  const names = new Set(own.map((one) => one.name))
  const strays = (await withinReach(() => triggers.rulesNamed(documentPrefix(pipelineName)))) ?? []
  return [...own, ...strays.filter((one) => ownName(one, pipelineName) !== undefined && !names.has(one.name))]
}

/** What mlpipe has made for all triggers of the pipeline together, where none that is left needs it. */
async function leftOvers(
  place: Pick<Plan, 'pipelineName' | 'pipelineArn'>,
  chosen: readonly StandingTrigger[],
  left: readonly StandingTrigger[],
  target: Target,
  {access, triggers}: Cloud,
): Promise<Pick<Plan, 'role' | 'group'>> {
  const {pipelineName, pipelineArn} = place
  const group = documentName(pipelineName)
  const going = new Set(chosen.flatMap((one) => (one.kind === 'schedule' && one.group === group ? [one.name] : [])))
  const found = await withinReach(() => triggers.ownGroup(group, pipelineName))
  const {name, arn} = madeRole(pipelineName, pipelineArn)
  const isRoleNeeded = target.kind === 'local' || left.some((one) => rolesOf(one, pipelineArn).includes(arn))
  const role = isRoleNeeded ? undefined : await withinReach(() => access.role(name))
  return {
    ...(found?.schedules.every((name) => going.has(name)) ? {group} : {}),
    ...(role && isOwnRole(role, pipelineName) ? {role: role.name} : {}),
  }
}

function isNothing({chosen, role, group}: Plan): boolean {
  return chosen.length === 0 && role === undefined && group === undefined
}

async function describe(
  {pipelineName, pipelineArn, chosen, left, role, group}: Plan,
  target: Target,
  cloud: Cloud,
): Promise<DeleteTriggersResult> {
  const triggers: RemovedTrigger[] = []
  for (const one of chosen) {
    const alarm = await madeAlarm(one, pipelineName, cloud)
    triggers.push({...report(one, pipelineName, pipelineArn), ...(alarm === undefined ? {} : {alarm})})
  }
  return {
    formatVersion: 1,
    pipeline: pipelineName,
    target: target.name,
    outcome: 'dry-run',
    triggers,
    ...(role === undefined ? {} : {role}),
    ...(group === undefined ? {} : {group}),
    leaves: left.map((one) => report(one, pipelineName, pipelineArn)),
    next: [],
  }
}

function report(trigger: StandingTrigger, pipelineName: string, pipelineArn: string): RemovedTrigger {
  const name = ownName(trigger, pipelineName)
  const isShared = trigger.kind === 'rule' && trigger.targets.length > targetsOf(trigger, pipelineArn).length
  return {
    ...(name === undefined ? {} : {name}),
    kind: trigger.kind,
    starter: trigger.name,
    within: withinOf(trigger),
    ...(isShared ? {keptForOthers: true} : {}),
    ...(name === undefined ? {isForeign: true} : {}),
  }
}

function question({triggers, pipeline, target}: DeleteTriggersResult): string {
  const [first, ...others] = triggers
  if (!first) return `delete what is left of the triggers of ${pipeline} on ${target}?`
  const foreign = first.isForeign ? ', which mlpipe did not make,' : ''
  const what = others.length === 0 ? `${first.name ?? first.starter}${foreign}` : `${triggers.length} triggers`
  return `delete ${what} of ${pipeline} on ${target}?`
}

async function remove(plan: Plan, input: DeleteTriggersInput, cloud: Cloud): Promise<void> {
  const {pipelineName, pipelineArn, chosen, role, group} = plan
  const done: string[] = []
  try {
    for (const one of chosen) {
      await removeStanding(one, pipelineName, pipelineArn, cloud)
      done.push(describeStanding(one))
    }
    if (group !== undefined) {
      await cloud.triggers.removeGroup(group, pipelineName)
      done.push(`group ${group}`)
    }
    if (role !== undefined) await cloud.access.removeRole(role)
  } catch (error) {
    throw halfDeleted(error, done, againCommand(input))
  }
}

function againCommand(input: DeleteTriggersInput): string {
  return nextCommand(`trigger delete ${input.name === undefined ? '--all' : quoted(input.name)}`, input)
}
