// PutMetricAlarm: makes the alarm, or replaces all of it but its state and tags (API Reference, PutMetricAlarm).

import {type AlarmRequest, evaluatedAlarm} from '../../alarms/alarm-request.ts'
import {
  type AlarmRow,
  alarmArn,
  countAlarms,
  deletePeriodsBefore,
  findAlarm,
  metricKey,
  saveAlarm,
} from '../../store/alarms.ts'
import {putTags} from '../../store/tags.ts'
import type {OperationContext} from '../context.ts'
import {ok, type Reply} from '../reply.ts'
import {refuseAlarm} from './faults.ts'

/** Quota "Alarms", of which an account has 5000 unless it asks for more. */
const mostAlarms = 5000
const mostTags = 50

const daySeconds = 86_400
const hourSeconds = 3600

export function putMetricAlarm(input: AlarmRequest, {db, now}: OperationContext): Reply {
  const refusal = refuseRequest(input)
  if (refusal !== undefined) return refuseAlarm('ValidationError', refusal)
  const {Tags: tags = [], ...kept} = input
  const name = input.AlarmName
  return db.transaction(() => {
    const present = findAlarm(db, name)
    if (!present && countAlarms(db) >= mostAlarms) {
      return refuseAlarm('LimitExceeded', `The account has ${mostAlarms} alarms, which is the quota.`)
    }
    const row: AlarmRow = {
      ...(present ?? newAlarm(name, now())),
      request: JSON.stringify(kept),
      metric: evaluatedAlarm(input) ? metricKey(input.Namespace ?? '', input.MetricName ?? '', input.Dimensions) : null,
      actionsEnabled: input.ActionsEnabled === false ? 0 : 1,
      updatedAtMs: now(),
    }
    saveAlarm(db, row)
    if (!present) putTags(db, row.arn, tags)
    // What was put together for another metric or period says nothing about this one.
    if (present && present.request !== row.request) deletePeriodsBefore(db, row.arn, Number.MAX_SAFE_INTEGER)
    return ok({})
  })
}

function newAlarm(name: string, atMs: number) {
  return {
    ...({arn: alarmArn(name), name, state: 'INSUFFICIENT_DATA', reasonData: null} as const),
    ...{reason: 'Unchecked: Initial alarm creation', stateAtMs: atMs, transitionedAtMs: atMs},
  }
}

/** What goes together. CloudWatch's own sentences are not published. */
function refuseRequest(input: AlarmRequest): string | undefined {
  const {Metrics: metrics, MetricName: name, EvaluationPeriods: periods, DatapointsToAlarm: least = 1} = input
  if (periods === undefined) return 'The parameter EvaluationPeriods is required.'
  if (input.ComparisonOperator === undefined) return 'The parameter ComparisonOperator is required.'
  if (least > periods) return 'DatapointsToAlarm must be less than or equal to EvaluationPeriods.'
  if ((input.Tags ?? []).length > mostTags) return `An alarm has at most ${mostTags} tags.`
  if ((input.Threshold === undefined) === (input.ThresholdMetricId === undefined)) {
    return 'Exactly one of the parameters Threshold and ThresholdMetricId must be given.'
  }
  if (metrics) return refuseQueries(input)
  if (name === undefined) return 'Exactly one of the parameters MetricName and Metrics must be given.'
  if (input.Namespace === undefined) return 'The parameter Namespace is required.'
  if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined)) {
    return 'Exactly one of the parameters Statistic and ExtendedStatistic must be given.'
  }
  return refusePeriod(input.Period, periods)
}

function refuseQueries({Metrics: metrics = [], ...input}: AlarmRequest): string | undefined {
  const alone = ['MetricName', 'Namespace', 'Dimensions', 'Period', 'Unit', 'Statistic', 'ExtendedStatistic'] as const
  const beside = alone.find((member) => input[member] !== undefined)
  if (beside !== undefined) return `The parameter ${beside} does not go with the parameter Metrics.`
  const returned = metrics.filter(({ReturnData}) => ReturnData !== false)
  return input.ThresholdMetricId === undefined && returned.length !== 1
    ? 'Exactly one of the Metrics must have ReturnData.'
    : undefined
}

/** A day of periods, or a week of periods of an hour or more. */
function refusePeriod(seconds: number | undefined, periods: number): string | undefined {
  if (seconds === undefined) return 'The parameter Period is required.'
  if (![10, 20, 30].includes(seconds) && seconds % 60 !== 0) return 'Period must be 10, 20, 30 or a multiple of 60.'
  const most = seconds >= hourSeconds ? 7 * daySeconds : daySeconds
  return seconds * periods > most ? `EvaluationPeriods * Period must be less than or equal to ${most}.` : undefined
}
