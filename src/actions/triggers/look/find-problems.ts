// Why a trigger that stands will not start its pipeline, as far as a few calls tell.

import type {Cloud} from '../../../cloud/ports.ts'
import type {StandingTrigger} from '../../../cloud/trigger-ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import {describePattern} from '../../../trigger/pattern-words.ts'
import {describeStanding, ownName, rolesOf} from '../standing-triggers.ts'
import type {FoundTriggers, PipelinePlace} from './find-standing.ts'

export type ProblemsOptions = PipelinePlace & {readonly isDeployed: boolean}

/** By the ARN of the rule or the schedule. */
export type Problems = ReadonlyMap<string, readonly string[]>

export async function findProblems(
  {starting, strayed}: FoundTriggers,
  options: ProblemsOptions,
  cloud: Cloud,
): Promise<Problems> {
  const {pipelineName, pipelineArn, isDeployed} = options
  const roles = await findRoles(starting, pipelineArn, cloud)
  const alarms = await findAlarms(
    starting.filter((trigger) => ownName(trigger, pipelineName) !== undefined),
    cloud,
  )
  const all = [...starting, ...strayed]
  const problemsOf = (trigger: StandingTrigger): string[] => [
    ...(isDeployed ? [] : ['the pipeline is not deployed: there is nothing to start']),
    ...startProblems(trigger, starting.includes(trigger)),
    ...(rolesOf(trigger, pipelineArn).length === 0 && starting.includes(trigger) ? ['its target has no role'] : []),
    ...rolesOf(trigger, pipelineArn).flatMap((arn) => (roles.get(arn) === false ? [`there is no role ${arn}`] : [])),
    ...alarmsOf(trigger).flatMap((name) => (alarms.get(name) === false ? [`there is no metric alarm ${name}`] : [])),
    ...namesakes(trigger, all, pipelineName),
  ]
  return new Map(all.map((trigger) => [trigger.arn, problemsOf(trigger)]))
}

function startProblems(trigger: StandingTrigger, isStarting: boolean): string[] {
  if (isStarting) return []
  const targets = trigger.kind === 'rule' ? trigger.targets : [trigger.target]
  if (targets.length === 0) return ['it has no target']
  return [`it starts something else: ${targets.map(({arn}) => arn).join(', ')}`]
}

/** One trigger, made twice: an event may start two executions. */
function namesakes(trigger: StandingTrigger, all: readonly StandingTrigger[], pipelineName: string): string[] {
  const name = ownName(trigger, pipelineName)
  if (name === undefined) return []
  const others = all.filter((other) => other.arn !== trigger.arn && ownName(other, pipelineName) === name)
  return others.map((other) => `it stands as ${describeStanding(other)} too`)
}

function alarmsOf(trigger: StandingTrigger): string[] {
  if (trigger.kind === 'schedule' || trigger.pattern === undefined) return []
  const {kind, subjects} = describePattern(trigger.pattern)
  return kind === 'alarm' ? [...subjects] : []
}

async function findRoles(triggers: readonly StandingTrigger[], pipelineArn: string, {access}: Cloud) {
  const arns = new Set(triggers.flatMap((trigger) => rolesOf(trigger, pipelineArn)))
  return lookUp([...arns], (arn) => access.role(arn))
}

async function findAlarms(triggers: readonly StandingTrigger[], {alarms}: Cloud) {
  return lookUp([...new Set(triggers.flatMap(alarmsOf))], (name) => alarms.find(name))
}

/** Whether each is there; what may not be looked at is left out. */
async function lookUp(names: readonly string[], find: (name: string) => Promise<unknown>) {
  const found = new Map<string, boolean>()
  for (const name of names) {
    try {
      found.set(name, (await find(name)) !== undefined)
    } catch (error) {
      if (!(error instanceof MlpipeError) || error.code !== 'access-denied') throw error
    }
  }
  return found
}
