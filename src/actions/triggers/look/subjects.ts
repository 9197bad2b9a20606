// What a trigger hangs on: the alarms that it waits for, and the buckets whose events have to come.

import type {Cloud} from '../../../cloud/ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import type {Starter} from '../../../trigger/describe.ts'
import {describePattern} from '../../../trigger/pattern-words.ts'
import type {AlarmReport, BucketReport} from './trigger-detail.ts'

export type Subjects = {readonly alarms: readonly AlarmReport[]; readonly buckets: readonly BucketReport[]}

export async function lookAtSubjects(starter: Starter | undefined, cloud: Cloud): Promise<Subjects> {
  if (starter?.kind !== 'rule' || starter.pattern === undefined) return {alarms: [], buckets: []}
  const {kind, subjects} = describePattern(starter.pattern)
  const alarms = kind === 'alarm' ? await Promise.all(subjects.map((name) => lookAtAlarm(name, cloud))) : []
  const buckets = kind === 's3' ? await Promise.all(subjects.map((name) => lookAtBucket(name, cloud))) : []
  return {alarms, buckets}
}

async function lookAtAlarm(name: string, {alarms}: Cloud): Promise<AlarmReport> {
  const found = await alarms.find(name)
  if (!found) return {name}
  const {state, metric, namespace, dimensions, threshold, periodSeconds} = found
  return {name, standing: {state, metric, namespace, dimensions, threshold, periodSeconds}}
}

async function lookAtBucket(bucket: string, {buckets}: Cloud): Promise<BucketReport> {
  try {
    return {bucket, events: (await buckets.sendsEvents(bucket)) ? 'on' : 'off'}
  } catch (error) {
    if (!(error instanceof MlpipeError) || error.who !== 'service') throw error
    return {bucket, events: 'unknown'}
  }
}
