// What a trigger is on AWS: a rule or a schedule with the pipeline as its target, and an alarm where it makes one.

import {eventPattern} from './event-pattern.ts'
import {documentName} from './names.ts'
import {describeOwner, ownerTags} from './ownership.ts'
import type {DriftMetric, ScheduleSource, TargetRetry, Trigger, TriggerParameter} from './trigger.ts'

export type TargetDocument = {
  readonly id: string
  readonly arn: string
  readonly roleArn: string
  readonly parameters: readonly TriggerParameter[]
  readonly retry?: TargetRetry
  readonly deadLetterArn?: string
}

/** A rule of the default bus; it has a pattern or a schedule. */
export type RuleDocument = {
  readonly kind: 'rule'
  readonly name: string
  readonly description: string
  readonly isEnabled: boolean
  /** JSON text. */
  readonly pattern?: string
  readonly schedule?: string
  readonly target: TargetDocument
  readonly tags: readonly {readonly key: string; readonly value: string}[]
}

/** A schedule of EventBridge Scheduler, in a group that is tagged as the pipeline's. */
export type ScheduleDocument = {
  readonly kind: 'schedule'
  readonly name: string
  readonly group: string
  readonly description: string
  readonly isEnabled: boolean
  readonly expression: string
  readonly zone?: string
  readonly windowMinutes?: number
  readonly startMs?: number
  readonly endMs?: number
  readonly target: TargetDocument
  /** Of the group: schedules have no tags. */
  readonly tags: readonly {readonly key: string; readonly value: string}[]
}

export type AlarmDocument = DriftMetric & {
  readonly name: string
  readonly description: string
  readonly tags: readonly {readonly key: string; readonly value: string}[]
}

export type TriggerDocuments = {
  readonly starter: RuleDocument | ScheduleDocument
  readonly alarm?: AlarmDocument
}

export type DocumentPlace = {
  readonly pipelineName: string
  readonly pipelineArn: string
  /** The role where the trigger names none. */
  readonly roleArn: string
  /** mlpipe's version. */
  readonly version: string
}

/** The id of the target on a rule: a rule that mlpipe makes has this one only. */
export const targetId = 'pipeline'

export function documentsOf(trigger: Trigger, place: DocumentPlace): TriggerDocuments {
  const {source} = trigger
  const description = describeOwner(trigger, place.pipelineName)
  const tags = ownerTags(trigger, place)
  const common = {name: documentName(place.pipelineName, trigger.name), description, isEnabled: trigger.isEnabled}
  const target = targetOf(trigger, place)
  if (source.kind === 'schedule') return {starter: scheduleOf(source, {...common, target, tags}, place)}

  const starter: RuleDocument = {
    kind: 'rule',
    ...common,
    pattern: eventPattern(source, place.pipelineArn),
    target,
    tags,
  }
  if (source.kind !== 'drift' || source.by.kind !== 'alarm' || !source.by.made) return {starter}
  return {starter, alarm: {...source.by.made, name: source.by.alarmName, description, tags}}
}

type Common = Pick<RuleDocument, 'name' | 'description' | 'isEnabled' | 'target' | 'tags'>

function scheduleOf(source: ScheduleSource, common: Common, place: DocumentPlace): RuleDocument | ScheduleDocument {
  const {kind: _, via, expression, ...when} = source
  if (via === 'rule') return {kind: 'rule', ...common, schedule: expression}
  const groupTags = common.tags.filter(({key}) => key !== 'mlpipe:trigger' && key !== 'mlpipe:origin')
  return {kind: 'schedule', ...common, group: documentName(place.pipelineName), expression, ...when, tags: groupTags}
}

function targetOf({parameters, roleArn, retry, deadLetterArn}: Trigger, place: DocumentPlace): TargetDocument {
  return {
    id: targetId,
    arn: place.pipelineArn,
    roleArn: roleArn ?? place.roleArn,
    parameters,
    ...(retry ? {retry} : {}),
    ...(deadLetterArn === undefined ? {} : {deadLetterArn}),
  }
}
