// What starts a pipeline, as it stands in EventBridge, and whose it is.

import type {Cloud} from '../../cloud/ports.ts'
import type {StandingTrigger, TriggerRule} from '../../cloud/trigger-ports.ts'
import type {Target} from '../../project/target.ts'
import {alarmsIn} from '../../trigger/awaited-names.ts'
import {documentName} from '../../trigger/names.ts'
import {type Owner, ownerOf} from '../../trigger/ownership.ts'
import {pipelineArn} from '../policy-subject.ts'

export async function standingTriggers(pipelineArn: string, {triggers}: Cloud): Promise<StandingTrigger[]> {
  const [rules, schedules] = await Promise.all([triggers.rules(pipelineArn), triggers.schedules(pipelineArn)])
  return [...rules, ...schedules]
}

/** Of a pipeline that is not there: what starts it may be all the same. */
export async function expectedArn(pipelineName: string, target: Target, {identity}: Cloud): Promise<string> {
  const account = target.account ?? (await identity.caller()).account
  return pipelineArn({account, region: target.region, pipelineName})
}

/** The trigger of the pipeline that it is; undefined for what something else made. */
export function ownName({description}: StandingTrigger, pipelineName: string): string | undefined {
  const owner = ownerOf(description)
  return owner?.pipelineName === pipelineName ? owner.triggerName : undefined
}

export function originOf({description}: StandingTrigger): Owner['origin'] | undefined {
  return ownerOf(description)?.origin
}

/** `rule churn-new-data`, `schedule churn-nightly (churn)`. */
export function describeStanding(trigger: StandingTrigger): string {
  const {kind, name} = trigger
  const within = withinOf(trigger)
  return within === 'default' ? `${kind} ${name}` : `${kind} ${name} (${within})`
}

/** The bus of a rule, the group of a schedule. */
export function withinOf(trigger: StandingTrigger): string {
  return trigger.kind === 'rule' ? trigger.bus : trigger.group
}

/** The targets that start the pipeline. */
export function targetsOf(rule: TriggerRule, pipelineArn: string): TriggerRule['targets'] {
  return rule.targets.filter(({arn}) => arn === pipelineArn)
}

export function rolesOf(trigger: StandingTrigger, pipelineArn: string): string[] {
  const targets = trigger.kind === 'rule' ? targetsOf(trigger, pipelineArn) : [trigger.target]
  return targets.flatMap(({roleArn}) => roleArn ?? [])
}

/** The alarm that mlpipe made for it, told from what its rule waits for, when it is still there. */
export async function madeAlarm(
  standing: StandingTrigger,
  pipelineName: string,
  {alarms}: Cloud,
): Promise<string | undefined> {
  const triggerName = ownName(standing, pipelineName)
  if (triggerName === undefined || standing.kind !== 'rule') return undefined
  const name = documentName(pipelineName, triggerName)
  if (!alarmsIn(standing.pattern).includes(name)) return undefined
  const found = await alarms.find(name)
  return ownerOf(found?.description)?.pipelineName === pipelineName ? name : undefined
}
