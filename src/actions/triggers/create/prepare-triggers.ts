// Everything that has to be known, and to be right, before a trigger is made. Changes nothing.

import {type AccountPlace, placeOfArn, servicePrincipal} from '../../../access/place.ts'
import type {AccessSubject} from '../../../access/subject.ts'
import type {Cloud} from '../../../cloud/ports.ts'
import type {StandingTrigger} from '../../../cloud/trigger-ports.ts'
import type {PipelineDefinition} from '../../../definition/types.ts'
import type {Target} from '../../../project/target.ts'
import {bucketsIn} from '../../../trigger/awaited-names.ts'
import type {Trigger} from '../../../trigger/trigger.ts'
import type {Place} from '../../next-commands.ts'
import {checkBucketEvents} from '../checks/check-bucket-events.ts'
import {checkLoop} from '../checks/check-loop.ts'
import {checkNames} from '../checks/check-names.ts'
import {checkGivenRole} from '../checks/check-role.ts'
import {checkSource} from '../checks/check-sources.ts'
import {rolesOf} from '../standing-triggers.ts'
import {madeRole, usualRole} from '../usual-role.ts'
import {isToDo, planTrigger, type TriggerPlan} from './plan-triggers.ts'
import {planRole, type RolePlan} from './trigger-role.ts'

export type TriggerSetting = {
  readonly pipelineName: string
  readonly pipelineArn: string
  /** As the spec has it. */
  readonly definition: PipelineDefinition
  readonly target: Target
  /** mlpipe's version. */
  readonly version: string
  /** Over what the triggers name. */
  readonly role?: string | undefined
  /** Take over what something else made under the names of the triggers. */
  readonly adopt: boolean
  readonly place: Place
  /** The command that does it. */
  readonly again: string
}

export type PreparedTriggers = {
  readonly plans: readonly TriggerPlan[]
  /** Absent where every trigger names its own, and on `local`, which asks nobody for permission. */
  readonly role?: RolePlan
  /** Buckets whose events have to be switched on. */
  readonly buckets: readonly string[]
  readonly warnings: readonly string[]
}

export function nothingToDo({plans, role, buckets}: PreparedTriggers): boolean {
  return !plans.some(isToDo) && buckets.length === 0 && (role === undefined || role.action === 'none')
}

export async function prepareTriggers(
  declared: readonly Trigger[],
  setting: TriggerSetting,
  found: readonly StandingTrigger[],
  cloud: Cloud,
  nowMs: number,
): Promise<PreparedTriggers> {
  const {target, role: given, place, pipelineName, pipelineArn, adopt, again} = setting
  const triggers = given === undefined ? declared : declared.map((trigger) => ({...trigger, roleArn: given}))
  const plans = await planAll(triggers, setting, found, cloud, nowMs)
  for (const plan of plans) checkNames(plan, pipelineName, adopt, again)
  const patterns = plans.flatMap(({trigger: {name}, starter}) =>
    starter.kind === 'rule' && starter.pattern !== undefined ? [{name, pattern: starter.pattern}] : [],
  )
  const loop = await checkLoop(pipelineArn, patterns, cloud, place)
  const roles = target.kind === 'local' ? {warnings: []} : await checkRoles(plans, setting, found, cloud)
  const warnings = [...(loop === undefined ? [] : [loop]), ...roles.warnings]
  const buckets: string[] = []
  for (const bucket of new Set(patterns.flatMap(({pattern}) => bucketsIn(pattern)))) {
    const {isSilent, warning} = await checkBucketEvents(bucket, target, cloud.buckets)
    if (isSilent) buckets.push(bucket)
    if (warning !== undefined) warnings.push(warning)
  }
  for (const trigger of triggers) warnings.push(...(await checkSource(trigger, pipelineArn, cloud)))
  return {plans, ...(roles.role ? {role: roles.role} : {}), buckets, warnings}
}

/** Each beside what stands; nothing is refused. */
export async function planAll(
  triggers: readonly Trigger[],
  setting: Pick<TriggerSetting, 'pipelineName' | 'pipelineArn' | 'target' | 'version'>,
  found: readonly StandingTrigger[],
  cloud: Cloud,
  nowMs: number,
): Promise<TriggerPlan[]> {
  const {pipelineName, pipelineArn, target, version} = setting
  const roleArn = usualRole(target, pipelineName, pipelineArn)
  const scope = {pipelineName, pipelineArn, roleArn, version}
  const plans: TriggerPlan[] = []
  for (const trigger of triggers) plans.push(await planTrigger(trigger, scope, found, cloud, nowMs))
  return plans
}

type Roles = {readonly role?: RolePlan; readonly warnings: readonly string[]}

async function checkRoles(
  plans: readonly TriggerPlan[],
  {pipelineName, pipelineArn, definition, target, version, place}: TriggerSetting,
  found: readonly StandingTrigger[],
  cloud: Cloud,
): Promise<Roles> {
  const account = placeOfArn(pipelineArn)
  const warnings: string[] = []
  const own = plans.filter(({trigger}) => trigger.roleArn === undefined)
  for (const arn of new Set(plans.flatMap(({trigger}) => trigger.roleArn ?? []))) {
    const services = servicesOf(
      plans.filter(({trigger}) => trigger.roleArn === arn),
      account,
    )
    const warning = await checkGivenRole(arn, services, account, cloud.access, place)
    if (warning !== undefined) warnings.push(warning)
  }
  if (own.length === 0) return {warnings}
  const {name, arn} = madeRole(pipelineName, pipelineArn)
  const subject: AccessSubject = {
    ...account,
    pipelineName,
    definition,
    bucket: target.bucket,
    role: target.role,
    modelPackageGroups: [],
    triggerQueues: queuesOf(own, found, arn, pipelineArn),
  }
  return {role: await planRole(name, arn, subject, servicesOf(own, account), version, place, cloud), warnings}
}

function servicesOf(plans: readonly TriggerPlan[], account: AccountPlace): string[] {
  const kinds = new Set(plans.map(({starter}) => (starter.kind === 'rule' ? 'events' : 'scheduler')))
  return [...kinds].map((service) => servicePrincipal(service, account))
}

/** EventBridge Scheduler sends to a dead-letter queue with the role of the schedule: of those that are made, and of those that stay. */
function queuesOf(
  plans: readonly TriggerPlan[],
  found: readonly StandingTrigger[],
  arn: string,
  pipelineArn: string,
): string[] {
  const made = plans.flatMap(({starter}) => (starter.kind === 'schedule' ? (starter.target.deadLetterArn ?? []) : []))
  const names = new Set(plans.map(({starter}) => starter.name))
  const others = found.flatMap((one) => {
    const isOther = one.kind === 'schedule' && !names.has(one.name) && rolesOf(one, pipelineArn).includes(arn)
    return isOther ? (one.target.deadLetterArn ?? []) : []
  })
  return [...new Set([...made, ...others])].sort()
}
