// What the triggers of a spec have to be allowed, by their kinds: for the policies of whoever makes them, and of their role.

import type {AccessSubject} from '../../access/subject.ts'
import {bucketsIn} from '../../trigger/awaited-names.ts'
import {documentsOf} from '../../trigger/documents.ts'
import type {Trigger} from '../../trigger/trigger.ts'

export function triggerNeeds(
  triggers: readonly Trigger[],
  pipelineName: string,
  pipelineArn: string,
): Pick<AccessSubject, 'triggers' | 'triggerQueues'> {
  const [prefix = ''] = pipelineArn.split('pipeline/')
  const place = {pipelineName, pipelineArn, roleArn: '', version: ''}
  const starters = triggers.map((trigger) => ({trigger, ...documentsOf(trigger, place)}))
  const drifts = triggers.flatMap(({name, source}) => (source.kind === 'drift' ? [{name, ...source}] : []))
  const alarms = drifts.flatMap(({by}) => (by.kind === 'alarm' ? [by] : []))
  const upstream = triggers.flatMap(({source}) => (source.kind === 'pipeline' ? [source.pipeline] : []))
  const schedules = starters.filter(({starter}) => starter.kind === 'schedule')
  return {
    triggers: {
      hasRules: schedules.length < starters.length,
      hasSchedules: schedules.length > 0,
      makesRole: triggers.some(({roleArn}) => roleArn === undefined),
      ownRoles: distinct(triggers.flatMap(({roleArn}) => roleArn ?? [])),
      buckets: distinct(starters.flatMap(({starter}) => (starter.kind === 'rule' ? bucketsIn(starter.pattern) : []))),
      madeAlarms: starters.flatMap(({alarm}) => alarm?.name ?? []),
      foundAlarms: distinct(alarms.flatMap(({made, alarmName}) => (made ? [] : [alarmName]))),
      monitors: distinct(drifts.map(({monitor}) => monitor)),
      pipelines: distinct(
        upstream.flatMap((one) => (one.startsWith('arn:') && !one.startsWith(prefix) ? [] : [nameIn(one)])),
      ),
    },
    triggerQueues: distinct(
      schedules.flatMap(({trigger}) => (trigger.roleArn === undefined ? (trigger.deadLetterArn ?? []) : [])),
    ),
  }
}

function nameIn(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort()
}
