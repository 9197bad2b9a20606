// The reason of a state that was worked out, in the form that the sample events have it (CloudWatch User Guide, "Alarm events
// and EventBridge").

import type {AlarmState} from '../store/alarms.ts'
import {type Comparison, type EvaluatedAlarm, isBreaching} from './alarm-request.ts'
import {zonedTime} from './state-event.ts'

export type Finding = {
  readonly alarm: EvaluatedAlarm
  readonly from: AlarmState
  readonly to: AlarmState
  /** The datapoints that there are, oldest first. */
  readonly recent: readonly {readonly startMs: number; readonly value: number}[]
}

const words: Readonly<Record<Comparison, string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
}

/** A sentence for people; nothing should read it. */
export function reasonOf({alarm, from, to, recent}: Finding): string {
  const {comparison, threshold, evaluationPeriods, datapointsToAlarm} = alarm
  const isAlarm = to === 'ALARM'
  const counted = recent.filter(({value}) => isBreaching(value, comparison, threshold) === isAlarm)
  const shown = counted.toReversed().map(({startMs, value}) => `${decimal(value)} (${shortTime(startMs)})`)
  const verb = counted.length === 1 ? 'was' : 'were'
  const least = isAlarm ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1
  return (
    `Threshold Crossed: ${counted.length} out of the last ${evaluationPeriods} datapoints [${shown.join(', ')}] ` +
    `${verb}${isAlarm ? '' : ' not'} ${words[comparison]} the threshold (${decimal(threshold)}) ` +
    `(minimum ${least} ${least === 1 ? 'datapoint' : 'datapoints'} for ${from} -> ${to} transition).`
  )
}

export function reasonData({alarm, recent}: Finding, nowMs: number): string {
  return JSON.stringify({
    version: '1.0',
    queryDate: zonedTime(nowMs),
    startDate: zonedTime(recent[0]?.startMs ?? nowMs),
    statistic: alarm.statistic,
    period: alarm.periodMs / 1000,
    recentDatapoints: recent.map(({value}) => value),
    threshold: alarm.threshold,
  })
}

function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}

/** `02/10/19 16:59:00` */
function shortTime(ms: number): string {
  const [, year, month, day, time] = /^\d\d(\d\d)-(\d\d)-(\d\d)T([\d:]{8})/.exec(new Date(ms).toISOString()) ?? []
  return `${day}/${month}/${year} ${time}`
}
