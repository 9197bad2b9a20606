// CloudWatch's operations on alarms and metrics by their names on the wire, as far as triggers need them; for both of its
// protocols.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import * as alarms from '../validations/monitoring/alarms.ts'
import {putMetricDataShape} from '../validations/monitoring/put-metric-data.ts'
import {checkRequest, type Shape} from '../validations/shape.ts'
import type {Operation} from './context.ts'
import {
  deleteAlarms,
  describeAlarms,
  disableAlarmActions,
  enableAlarmActions,
  setAlarmState,
} from './monitoring/alarms.ts'
import {putMetricAlarm} from './monitoring/put-metric-alarm.ts'
import {putMetricData} from './monitoring/put-metric-data.ts'
import {listTagsOfAlarm, tagAlarm, untagAlarm} from './monitoring/tags.ts'
import {type QueryOperation, queryOperation} from './query-operations.ts'
import {ok} from './reply.ts'

const operations: Readonly<Record<string, QueryOperation>> = {
  PutMetricAlarm: queryOperation(alarms.putMetricAlarmShape, putMetricAlarm),
  DescribeAlarms: queryOperation(alarms.describeAlarmsShape, describeAlarms),
  DeleteAlarms: queryOperation(alarms.alarmNamesShape, deleteAlarms),
  SetAlarmState: queryOperation(alarms.setAlarmStateShape, setAlarmState),
  EnableAlarmActions: queryOperation(alarms.alarmNamesShape, enableAlarmActions),
  DisableAlarmActions: queryOperation(alarms.alarmNamesShape, disableAlarmActions),
  PutMetricData: queryOperation(putMetricDataShape, putMetricData),
  TagResource: queryOperation(alarms.tagResourceShape, tagAlarm),
  UntagResource: queryOperation(alarms.untagResourceShape, untagAlarm),
  ListTagsForResource: queryOperation(alarms.listTagsForResourceShape, listTagsOfAlarm),
}

/** `X-Amz-Target: GraniteServiceVersion20100801.<name>`. */
export const monitoringOperations: Readonly<Record<string, Operation>> = Object.fromEntries(
  Object.entries(operations).map(([name, {shape, run}]) => [name, checkedBy(shape, run)]),
)

function checkedBy(shape: Shape, run: QueryOperation['run']): Operation {
  return (request, context) => {
    const checked = checkRequest(request, shape)
    return checked.kind === 'fits' ? run(checked.input, context) : checked
  }
}

/** `Action=<name>`. */
export const monitoringQueryOperations: Readonly<Record<string, QueryOperation>> = Object.fromEntries(
  Object.entries(operations).map(([name, {shape, run}]) => [
    name,
    {
      shape,
      run: (request: JsonObject, context: Parameters<typeof run>[1]) => {
        const reply = run(request, context)
        return reply.kind === 'output' ? ok(withWrittenTimes(reply.output)) : reply
      },
    },
  ]),
)

/** JSON has times as seconds, the query protocol as text. */
function withWrittenTimes(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, name.endsWith('Timestamp') ? written(value) : inside(value)]),
  )
}

function inside(value: Json): Json {
  if (Array.isArray(value)) return value.map(inside)
  return isJsonObject(value) ? withWrittenTimes(value) : value
}

function written(seconds: Json): Json {
  return typeof seconds === 'number' ? new Date(Math.round(seconds * 1000)).toISOString() : seconds
}
