// Rules, schedules and alarms as triggers make them.

import {documentsOf, type RuleDocument, type ScheduleDocument} from '../../../src/trigger/documents.ts'
import type {ScheduleSource, Trigger, TriggerSource} from '../../../src/trigger/trigger.ts'

export const pipelineArn = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn'
/** The role that the embedded engine has from the first. */
export const roleArn = 'arn:aws:iam::000000000000:role/mlpipe-local'
export const place = {pipelineName: 'churn', pipelineArn, roleArn, version: '1.2.3'}

const trigger = (source: TriggerSource, more: Partial<Trigger>): Trigger => ({
  ...{name: 'data', origin: 'spec', isEnabled: true, source, parameters: []},
  ...more,
})

const appEvent: TriggerSource = {kind: 'event', pattern: '{"source":["my.app"]}'}

export function ruleDocument(more: Partial<Trigger> = {}, source = appEvent): RuleDocument {
  const {starter} = documentsOf(trigger(source, more), place)
  if (starter.kind !== 'rule') throw new Error('a schedule')
  return starter
}

const hourly: ScheduleSource = {kind: 'schedule', expression: 'rate(1 hour)', via: 'scheduler'}

export function scheduleDocument(more: Partial<ScheduleSource> = {}, others: Partial<Trigger> = {}): ScheduleDocument {
  const {starter} = documentsOf(trigger({...hourly, ...more}, {name: 'nightly', ...others}), place)
  if (starter.kind !== 'schedule') throw new Error('a rule')
  return starter
}
