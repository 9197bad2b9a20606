// PutMetricData: what the alarms watch is kept for them, and they are looked at, at once. Other data goes nowhere.

import {evaluatedAlarm, requestOf} from '../../alarms/alarm-request.ts'
import {announceChanges, type Change, evaluateAlarm} from '../../alarms/alarm-states.ts'
import {rangeOf} from '../../alarms/evaluate-datapoints.ts'
import {
  type AlarmRow,
  addToPeriod,
  alarmsOnMetric,
  deletePeriodsBefore,
  findAlarmByArn,
  listPeriods,
  metricKey,
  type PeriodRow,
} from '../../store/alarms.ts'
import type {putMetricDataShape} from '../../validations/monitoring/put-metric-data.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {ok, type Reply} from '../reply.ts'
import {refuseAlarm} from './faults.ts'

type Datum = NonNullable<InputOf<typeof putMetricDataShape>['MetricData']>[number]
type Refusal = ReturnType<typeof refuseAlarm>

/** API Reference, MetricDatum: two weeks back, two hours ahead. */
const oldestMs = 14 * 86_400_000
const newestMs = 2 * 3_600_000

export function putMetricData(input: InputOf<typeof putMetricDataShape>, context: OperationContext): Reply {
  const {Namespace: namespace, MetricData: data = []} = input
  if (data.length === 0) return refuseAlarm('MissingParameter', 'The parameter MetricData is required.')
  for (const [at, datum] of data.entries()) {
    const refusal = refuseDatum(datum, `MetricData.member.${at + 1}`, context.now())
    if (refusal) return refusal
  }
  const {db} = context
  const changes = db.transaction(() => {
    const touched = new Set<string>()
    for (const datum of data) {
      for (const alarm of alarmsOnMetric(db, metricKey(namespace, datum.MetricName, datum.Dimensions))) {
        if (keep(alarm, datum, context)) touched.add(alarm.arn)
      }
    }
    return [...touched].flatMap((arn): readonly Change[] => {
      const alarm = findAlarmByArn(db, arn)
      const change = alarm && evaluateAlarm(alarm, context)
      return change ? [change] : []
    })
  })
  announceChanges(changes, context)
  return ok({})
}

/** Whether the alarm counts the datum: one with a unit of its own takes data of that unit only. */
function keep(row: AlarmRow, datum: Datum, {db, now}: OperationContext): boolean {
  const alarm = evaluatedAlarm(requestOf(row))
  if (!alarm || (alarm.unit !== undefined && alarm.unit !== (datum.Unit ?? 'None'))) return false
  const atMs = datum.Timestamp === undefined ? now() : datum.Timestamp * 1000
  const startMs = Math.floor(atMs / alarm.periodMs) * alarm.periodMs
  addToPeriod(db, row.arn, {startMs, ...statisticsOf(datum)})
  const newest = listPeriods(db, row.arn).at(-1)?.startMs ?? startMs
  deletePeriodsBefore(db, row.arn, newest - (rangeOf(alarm) - 1) * alarm.periodMs)
  return true
}

function statisticsOf({Value, Values, Counts, StatisticValues: set}: Datum): Omit<PeriodRow, 'startMs'> {
  if (set) return {count: set.SampleCount, sum: set.Sum, minimum: set.Minimum, maximum: set.Maximum}
  const values = Values ?? [Value ?? 0]
  const counts = values.map((_, at) => Counts?.[at] ?? 1)
  return {
    count: counts.reduce((sum, count) => sum + count, 0),
    sum: values.reduce((sum, value, at) => sum + value * (counts[at] ?? 1), 0),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
  }
}

function refuseDatum({Value, Values, Counts, StatisticValues, Timestamp}: Datum, path: string, now: number) {
  const given = [Value, Values, StatisticValues].filter((form) => form !== undefined)
  if (given.length === 0) {
    return refuseAlarm('MissingParameter', `At least one of ${path}.Value, Values and StatisticValues must be given.`)
  }
  if (given.length > 1) {
    return refuseAlarm('InvalidParameterCombination', `${path} has more than one of Value, Values and StatisticValues.`)
  }
  if (Counts && Counts.length !== Values?.length) {
    return refuseAlarm('InvalidParameterValue', `${path}.Values and ${path}.Counts must be of the same length.`)
  }
  if (Values?.length === 0) return refuseAlarm('InvalidParameterValue', `${path}.Values must not be empty.`)
  return Timestamp === undefined ? undefined : refuseTime(Timestamp * 1000, path, now)
}

function refuseTime(atMs: number, path: string, now: number): Refusal | undefined {
  if (atMs >= now - oldestMs && atMs <= now + newestMs) return undefined
  const when = 'a time within the past two weeks, and at most two hours from now'
  return refuseAlarm('InvalidParameterValue', `The parameter ${path}.Timestamp must specify ${when}.`)
}
