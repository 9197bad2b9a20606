// What starts a pipeline, and what of it goes with the pipeline: also what an earlier delete, or somebody's hand, has left over.

import type {Cloud} from '../../cloud/ports.ts'
import type {TriggerRule, TriggerSchedule} from '../../cloud/trigger-ports.ts'
import {documentName, documentPrefix} from '../../trigger/names.ts'
import {ownerOf} from '../../trigger/ownership.ts'
import {withinReach} from '../out-of-reach.ts'
import {nameFor} from '../policy-subject.ts'
import {isOwnRole} from '../triggers/create/trigger-role.ts'
import {madeAlarm} from '../triggers/standing-triggers.ts'

export type Starters = {
  readonly rules: readonly TriggerRule[]
  readonly schedules: readonly TriggerSchedule[]
  /** Names of the alarms that the rules wait for, made by mlpipe for this pipeline. */
  readonly alarms: readonly string[]
  /** The pipeline's own schedule group, when nothing else is in it. */
  readonly group?: string
  /** The role of its triggers, when mlpipe made it for this pipeline. */
  readonly role?: string
}

export async function findStarters(pipelineName: string, pipelineArn: string, cloud: Cloud): Promise<Starters> {
  const {triggers} = cloud
  const groupName = documentName(pipelineName)
  const [rules, named, schedules, group, role] = await Promise.all([
    triggers.rules(pipelineArn),
    withinReach(() => triggers.rulesNamed(documentPrefix(pipelineName))),
    triggers.schedules(pipelineArn),
    withinReach(() => triggers.ownGroup(groupName, pipelineName)),
    withinReach(() => cloud.access.role(nameFor(pipelineName, 'trigger'))),
  ])
  const leftOver = (named ?? []).filter((rule) => isLeftOver(rule, pipelineName))
  const found = [...rules, ...leftOver.filter(({arn}) => !rules.some((rule) => rule.arn === arn))]
  const going = new Set(schedules.filter((schedule) => schedule.group === groupName).map(({name}) => name))
  const isEmptied = group?.schedules.every((name) => going.has(name)) ?? false
  return {
    rules: found,
    schedules,
    alarms: await ownAlarms(found, pipelineName, cloud),
    ...(isEmptied ? {group: groupName} : {}),
    ...(role && isOwnRole(role, pipelineName) ? {role: role.name} : {}),
  }
}

/** A rule of ours that starts nothing at all. */
function isLeftOver({description, targets}: TriggerRule, pipelineName: string): boolean {
  return targets.length === 0 && ownerOf(description)?.pipelineName === pipelineName
}

async function ownAlarms(rules: readonly TriggerRule[], pipelineName: string, cloud: Cloud): Promise<string[]> {
  const own: string[] = []
  for (const rule of rules) {
    const alarm = await withinReach(() => madeAlarm(rule, pipelineName, cloud))
    if (alarm !== undefined) own.push(alarm)
  }
  return own
}
