// DescribeAlarms, DeleteAlarms, SetAlarmState, EnableAlarmActions and DisableAlarmActions.

import type {JsonObject} from '../../../definition/json.ts'
import {requestOf} from '../../alarms/alarm-request.ts'
import {announceChanges, keepState} from '../../alarms/alarm-states.ts'
import {
  type AlarmRow,
  alarmArn,
  findAlarm,
  findAlarmByArn,
  deleteAlarm as removeAlarm,
  saveAlarm,
} from '../../store/alarms.ts'
import {compact, seconds} from '../../store/documents.ts'
import {listRows} from '../../store/listing.ts'
import {findTags, removeTags} from '../../store/tags.ts'
import type {alarmNamesShape, describeAlarmsShape, setAlarmStateShape} from '../../validations/monitoring/alarms.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {ok, type Reply} from '../reply.ts'
import {refuseAlarm} from './faults.ts'

/** DescribeAlarms gives 50 unless it is told otherwise. */
const pageSize = 50

export function describeAlarms(input: InputOf<typeof describeAlarmsShape>, {db}: OperationContext): Reply {
  const {AlarmNames: names, AlarmNamePrefix: prefix, AlarmTypes: types = ['MetricAlarm'], NextToken: nextToken} = input
  if (names && prefix !== undefined) {
    return refuseAlarm('ValidationError', 'AlarmNames and AlarmNamePrefix must not be given together.')
  }
  if (!types.includes('MetricAlarm')) return ok({CompositeAlarms: [], MetricAlarms: []})
  const page = listRows<AlarmRow>(db, {
    from: 'alarms',
    where: [
      ['name IN (SELECT value FROM json_each(?))', names && JSON.stringify(names)],
      ['instr(name, ?) = 1', prefix],
      ['state = ?', input.StateValue],
      [actionBegins, input.ActionPrefix],
    ],
    ...{sortBy: 'name', tieBreak: 'arn', order: 'Ascending', maxResults: input.MaxRecords ?? pageSize, nextToken},
  })
  if (page.kind === 'bad-token') return refuseAlarm('InvalidNextToken', 'The next token specified is invalid.')
  const alarms = page.rows.map(describe)
  const next = page.nextToken === undefined ? {} : {NextToken: page.nextToken}
  return ok({CompositeAlarms: [], MetricAlarms: alarms, ...next})
}

const actionBegins = `EXISTS (SELECT 1 FROM json_each(json_array(request ->> '$.OKActions', request ->> '$.AlarmActions',
  request ->> '$.InsufficientDataActions')) AS kinds, json_each(kinds.value) AS action
  WHERE kinds.value IS NOT NULL AND instr(action.value, ?) = 1)`

/** All of them or none. A composite alarm, which could stand in the way, there is none of. */
export function deleteAlarms({AlarmNames}: InputOf<typeof alarmNamesShape>, {db}: OperationContext): Reply {
  return db.transaction(() => {
    const missing = AlarmNames.find((name) => !findAlarm(db, name))
    if (missing !== undefined) return unknownAlarm(missing)
    for (const arn of AlarmNames.map(alarmArn)) {
      const keys = findTags(db, arn).map(({key}) => key)
      removeTags(db, arn, keys)
      removeAlarm(db, arn)
    }
    return ok({})
  })
}

/** The state stays until data for the alarm's metric say otherwise. */
export function setAlarmState(input: InputOf<typeof setAlarmStateShape>, context: OperationContext): Reply {
  const {AlarmName: name, StateValue: state, StateReason: reason, StateReasonData: reasonData = null} = input
  if (reasonData !== null && !isJson(reasonData)) return refuseAlarm('InvalidFormat', 'StateReasonData is not JSON.')
  const change = context.db.transaction(() => {
    const row = findAlarm(context.db, name)
    return row ? {row, change: keepState(row, {state, reason, reasonData}, context)} : undefined
  })
  if (!change) return unknownAlarm(name)
  if (change.change) announceChanges([change.change], context)
  return ok({})
}

export function enableAlarmActions(input: InputOf<typeof alarmNamesShape>, context: OperationContext): Reply {
  return switchActions(input, 1, context)
}

export function disableAlarmActions(input: InputOf<typeof alarmNamesShape>, context: OperationContext): Reply {
  return switchActions(input, 0, context)
}

/** Events are sent whether the actions are enabled or not. */
function switchActions({AlarmNames}: InputOf<typeof alarmNamesShape>, on: number, {db}: OperationContext): Reply {
  db.transaction(() => {
    for (const arn of AlarmNames.map(alarmArn)) {
      const row = findAlarmByArn(db, arn)
      if (row) saveAlarm(db, {...row, actionsEnabled: on})
    }
  })
  return ok({})
}

function unknownAlarm(name: string) {
  return refuseAlarm('ResourceNotFound', `There is no alarm ${name}.`)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function describe(row: AlarmRow): JsonObject {
  const noActions = {OKActions: [], AlarmActions: [], InsufficientDataActions: []}
  const request = requestOf(row)
  const simple = request.Metrics ? {} : {Dimensions: []}
  return compact({
    ...{...noActions, ...simple, ...request},
    AlarmArn: row.arn,
    ActionsEnabled: row.actionsEnabled === 1,
    AlarmConfigurationUpdatedTimestamp: seconds(row.updatedAtMs),
    StateValue: row.state,
    StateReason: row.reason,
    StateReasonData: row.reasonData,
    StateUpdatedTimestamp: seconds(row.stateAtMs),
    StateTransitionedTimestamp: seconds(row.transitionedAtMs),
  })
}
