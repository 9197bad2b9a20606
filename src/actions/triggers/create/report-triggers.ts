// Prepared triggers as the result that is shown, with what has to be known of them.

import {queuePolicy} from '../../../access/queue-policy.ts'
import type {Target} from '../../../project/target.ts'
import {describeStarter} from '../../../trigger/describe.ts'
import {firingTimes, standingTimetable} from '../../../trigger/firing-times.ts'
import {isForeign} from '../checks/check-names.ts'
import {describeStanding} from '../standing-triggers.ts'
import type {MadeTriggers} from './apply-triggers.ts'
import {isToDo, type TriggerPlan} from './plan-triggers.ts'
import type {PreparedTriggers} from './prepare-triggers.ts'
import type {Action, CreateTriggersResult, QueuePolicy, TriggerReport} from './triggers-result.ts'

const shownTimes = 3

export function reportTrigger(plan: TriggerPlan, made: MadeTriggers, nowMs: number): TriggerReport {
  const {trigger, starter, changes, alarm, replaced, replacedAlarm, standing} = plan
  const arn = made.get(trigger.name) ?? standing?.arn
  const timetable = standingTimetable(starter)
  // A rate without a start counts from when it was made, which the service does not tell.
  const since = plan.action === 'create' ? {madeAtMs: nowMs} : {}
  const times = timetable && firingTimes(timetable, {afterMs: nowMs, count: shownTimes, ...since})
  return {
    name: trigger.name,
    kind: trigger.source.kind,
    origin: trigger.origin,
    action: actionOf(plan),
    waitsFor: describeStarter(starter).waitsFor,
    isEnabled: trigger.isEnabled,
    starter: {
      kind: starter.kind,
      name: starter.name,
      within: starter.kind === 'rule' ? 'default' : starter.group,
      ...(arn === undefined ? {} : {arn}),
    },
    parameters: trigger.parameters,
    changes,
    ...(alarm ? {alarm: {name: alarm.document.name, action: alarm.action, changes: alarm.changes}} : {}),
    replaces: [...replaced.map(describeStanding), ...(replacedAlarm === undefined ? [] : [`alarm ${replacedAlarm}`])],
    ...(isForeign(plan) ? {isForeign: true} : {}),
    ...(times?.kind === 'times' && !times.isShifted
      ? {nextTimes: times.times.map((time) => new Date(time).toISOString())}
      : {}),
    ...(timetable ? {timeZone: timetable.zone} : {}),
  }
}

/** Of the trigger as a whole. */
function actionOf(plan: TriggerPlan): Action {
  if (plan.action !== 'none') return plan.action
  return isToDo(plan) ? 'update' : 'none'
}

export function outcomeOf(triggers: readonly TriggerReport[], isChanged: boolean): CreateTriggersResult['outcome'] {
  if (triggers.some(({action}) => action === 'create')) return 'created'
  return isChanged ? 'updated' : 'unchanged'
}

/** One for each queue, with all rules that send to it. Schedules send with their role. */
export function queuePolicies({plans}: PreparedTriggers, pipelineArn: string): QueuePolicy[] {
  const rules = plans.flatMap(({starter: {kind, name, target}}) =>
    kind === 'rule' && target.deadLetterArn !== undefined ? [{name, queue: target.deadLetterArn}] : [],
  )
  return [...new Set(rules.map(({queue}) => queue))].map((queue) => {
    const names = rules.filter((rule) => rule.queue === queue).map(({name}) => name)
    return {queue, policy: queuePolicy(queue, names, pipelineArn)}
  })
}

/** What nobody sees from the documents alone. */
export function notesOf({plans, buckets}: PreparedTriggers, {kind}: Target, givenRole: string | undefined): string[] {
  const of = (wanted: TriggerPlan['trigger']['source']['kind']) =>
    plans.some(({trigger}) => trigger.source.kind === wanted)
  const s3 = plans.flatMap(({trigger: {source}}) => (source.kind === 's3' ? [source] : []))
  const isMany = s3.some(({marker}) => marker === undefined)
  const roleToQueue = plans.flatMap(({trigger, starter}) => {
    const queue = starter.kind === 'schedule' && trigger.roleArn !== undefined ? trigger.deadLetterArn : undefined
    return queue === undefined
      ? []
      : [`${trigger.roleArn} has to allow sqs:SendMessage to ${queue}: a schedule sends there with its role`]
  })
  return [
    ...(kind === 'local' ? ['on local, triggers fire while `mlpipe local serve` runs'] : []),
    ...(kind === 'aws' && buckets.length > 0 ? ['it takes a few minutes until S3 sends the events of a bucket'] : []),
    ...(isMany
      ? [
          'every object that is put is one event, and one execution: `marker: _SUCCESS` waits for the one that is put last',
        ]
      : []),
    ...(of('schedule') || kind === 'local' ? [] : ['EventBridge may deliver an event twice']),
    ...roleToQueue,
    ...(givenRole !== undefined && plans.some(({trigger}) => trigger.origin === 'spec')
      ? [`write role: ${givenRole} under the triggers of the spec: mlpipe deploy --triggers goes by what stands there`]
      : []),
  ]
}
