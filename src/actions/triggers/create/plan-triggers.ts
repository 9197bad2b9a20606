// What has to be done so that triggers stand as they are declared: each beside what is there. Changes nothing.

import type {Cloud} from '../../../cloud/ports.ts'
import type {StandingTrigger} from '../../../cloud/trigger-ports.ts'
import {compareAlarm, compareStarter, type Difference} from '../../../trigger/compare.ts'
import {type AlarmDocument, documentsOf, type TriggerDocuments} from '../../../trigger/documents.ts'
import {ownerOf} from '../../../trigger/ownership.ts'
import type {Trigger} from '../../../trigger/trigger.ts'
import {madeAlarm, ownName} from '../standing-triggers.ts'
import type {Action} from './triggers-result.ts'

type Starter = TriggerDocuments['starter']

export type AlarmPlan = {
  readonly document: AlarmDocument
  readonly action: Action
  readonly changes: readonly Difference[]
  /** An alarm of that name is there, and not the trigger's. */
  readonly isTaken: boolean
}

export type TriggerPlan = {
  readonly trigger: Trigger
  readonly starter: Starter
  readonly action: Action
  /** What stands under the name of the starter. */
  readonly standing?: StandingTrigger
  readonly changes: readonly Difference[]
  readonly alarm?: AlarmPlan
  /** What an earlier form of the trigger has made, as a schedule that is a rule now. */
  readonly replaced: readonly StandingTrigger[]
  readonly replacedAlarm?: string
}

export type TriggerScope = {
  readonly pipelineName: string
  readonly pipelineArn: string
  /** The role where a trigger names none. */
  readonly roleArn: string
  /** mlpipe's version. */
  readonly version: string
}

/** `found` is what starts the pipeline; what has its name and does not is looked for besides. */
export async function planTrigger(
  trigger: Trigger,
  scope: TriggerScope,
  found: readonly StandingTrigger[],
  cloud: Cloud,
  nowMs: number,
): Promise<TriggerPlan> {
  const {starter, alarm: document} = documentsOf(trigger, scope)
  const own = found.filter((one) => ownName(one, scope.pipelineName) === trigger.name)
  const standing = found.find((one) => isSame(one, starter)) ?? (await look(starter, cloud))
  const changes = standing ? changesOf(standing, starter, nowMs) : []
  const alarm = document && (await planAlarm(document, trigger, scope, cloud))
  const replaced = own.filter((one) => !isSame(one, starter))
  const leftAlarm = document || !standing ? undefined : await madeAlarm(standing, scope.pipelineName, cloud)
  return {
    trigger,
    starter,
    action: actionOf(standing !== undefined, changes),
    ...(standing ? {standing} : {}),
    changes,
    ...(alarm ? {alarm} : {}),
    replaced,
    ...(leftAlarm === undefined ? {} : {replacedAlarm: leftAlarm}),
  }
}

/** A start that is past says nothing any more, and EventBridge Scheduler takes none. */
function changesOf(standing: StandingTrigger, starter: Starter, nowMs: number): Difference[] {
  const hasBegun = [standing, starter].every((one) => one.kind !== 'schedule' || (one.startMs ?? 0) <= nowMs)
  return compareStarter(starter, standing).filter(({field}) => !(hasBegun && field === 'start'))
}

/** Whether something has to be done for it. */
export function isToDo({action, alarm, replaced, replacedAlarm}: TriggerPlan): boolean {
  const isAlarmToDo = alarm !== undefined && alarm.action !== 'none'
  return action !== 'none' || isAlarmToDo || replaced.length > 0 || replacedAlarm !== undefined
}

function isSame(standing: StandingTrigger, starter: Starter): boolean {
  if (standing.name !== starter.name) return false
  if (standing.kind === 'rule') return starter.kind === 'rule' && standing.bus === 'default'
  return starter.kind === 'schedule' && standing.group === starter.group
}

function look(starter: Starter, {triggers}: Cloud): Promise<StandingTrigger | undefined> {
  return starter.kind === 'rule' ? triggers.rule(starter.name) : triggers.schedule(starter.group, starter.name)
}

async function planAlarm(
  document: AlarmDocument,
  trigger: Trigger,
  {pipelineName}: TriggerScope,
  {alarms}: Cloud,
): Promise<AlarmPlan> {
  const standing = await alarms.find(document.name)
  const owner = ownerOf(standing?.description)
  const isOwn = owner?.pipelineName === pipelineName && owner.triggerName === trigger.name
  const changes = standing ? compareAlarm(document, standing) : []
  const action = actionOf(standing !== undefined, changes)
  return {document, action, changes, isTaken: standing !== undefined && !isOwn}
}

function actionOf(isThere: boolean, changes: readonly Difference[]): Action {
  if (!isThere) return 'create'
  return changes.length === 0 ? 'none' : 'update'
}
