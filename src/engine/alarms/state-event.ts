// The event that CloudWatch sends when an alarm comes into another state (CloudWatch User Guide, "Alarm events and
// EventBridge").

import {createHash, randomUUID} from 'node:crypto'
import type {Json, JsonObject} from '../../definition/json.ts'
import type {BusEvent} from '../bus/publish.ts'
import type {AlarmRow} from '../store/alarms.ts'
import {compact} from '../store/documents.ts'
import {type AlarmRequest, requestOf} from './alarm-request.ts'

export function stateEvent(before: AlarmRow, after: AlarmRow): BusEvent {
  const request = requestOf(after)
  const detail = {
    alarmName: after.name,
    configuration: compact({description: request.AlarmDescription, metrics: metricsOf(request, after)}),
    previousState: stateOf(before),
    state: stateOf(after),
  }
  return {
    ...{id: randomUUID(), source: 'aws.cloudwatch', detailType: 'CloudWatch Alarm State Change'},
    ...{detail: JSON.stringify(detail), resources: [after.arn], timeMs: after.stateAtMs},
  }
}

function stateOf({state, reason, reasonData, stateAtMs}: AlarmRow): JsonObject {
  return compact({reason, reasonData, timestamp: zonedTime(stateAtMs), value: state})
}

/** `2019-10-02T17:04:40.989+0000` */
export function zonedTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000')
}

function metricsOf(request: AlarmRequest, {arn}: AlarmRow): Json {
  if (request.Metrics) return request.Metrics.map(queryOf)
  const {Namespace: namespace, MetricName: name, Dimensions: dimensions = []} = request
  const metric = compact({namespace, name, dimensions: byName(dimensions)})
  const stat = request.Statistic ?? request.ExtendedStatistic
  const metricStat = compact({metric, period: request.Period, stat, unit: request.Unit})
  return [{id: idOf(arn), metricStat, returnData: true}]
}

function queryOf(query: NonNullable<AlarmRequest['Metrics']>[number]): JsonObject {
  const {MetricStat: stat, Expression: expression, Label: label, ReturnData: returnData = true} = query
  const {Namespace: namespace, MetricName: name, Dimensions: dimensions = []} = stat?.Metric ?? {}
  const metric = compact({namespace, name, dimensions: byName(dimensions)})
  const metricStat = stat && compact({metric, period: stat.Period, stat: stat.Stat, unit: stat.Unit})
  return compact({id: query.Id, expression, label, metricStat, returnData})
}

function byName(dimensions: readonly {readonly Name: string; readonly Value: string}[]): JsonObject {
  return Object.fromEntries(dimensions.map(({Name, Value}) => [Name, Value]))
}

/** The metric of an alarm has an id that nobody gave it, and that stays. */
function idOf(arn: string): string {
  const hex = createHash('sha256').update(arn).digest('hex').slice(0, 32)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
