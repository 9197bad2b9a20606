// How an alarm comes into another state: set by hand, or worked out from what its metric has been.

import {announce} from '../bus/publish.ts'
import type {OperationContext} from '../operations/context.ts'
import {type AlarmRow, type AlarmState, listPeriods, saveAlarm} from '../store/alarms.ts'
import {evaluatedAlarm, isBreaching, requestOf, statisticOf} from './alarm-request.ts'
import {type Datapoint, evaluateDatapoints, rangeOf} from './evaluate-datapoints.ts'
import {stateEvent} from './state-event.ts'
import {type Finding, reasonData, reasonOf} from './state-reason.ts'

export type Verdict = {readonly state: AlarmState; readonly reason: string; readonly reasonData: string | null}

/** A change that was kept; `announceChanges` sends its event. */
export type Change = {readonly before: AlarmRow; readonly after: AlarmRow}

/** Keeps the state; nothing is announced where it is the one that the alarm had. */
export function keepState(before: AlarmRow, verdict: Verdict, {db, now}: OperationContext): Change | undefined {
  const atMs = now()
  const isOther = before.state !== verdict.state
  const after = {...before, ...verdict, stateAtMs: atMs, transitionedAtMs: isOther ? atMs : before.transitionedAtMs}
  saveAlarm(db, after)
  return isOther ? {before, after} : undefined
}

export function announceChanges(changes: readonly Change[], context: OperationContext): void {
  for (const {before, after} of changes) announce(() => stateEvent(before, after), context)
}

/** Looks at the periods up to the newest that has data; time that passes without data changes nothing. */
export function evaluateAlarm(row: AlarmRow, context: OperationContext): Change | undefined {
  const alarm = evaluatedAlarm(requestOf(row))
  const periods = listPeriods(context.db, row.arn)
  const newest = periods.at(-1)
  if (!alarm || !newest) return undefined

  const {periodMs, statistic, comparison, threshold} = alarm
  const byStart = new Map(periods.map((period) => [period.startMs, statisticOf(period, statistic)]))
  const length = rangeOf(alarm)
  const starts = Array.from({length}, (_, at) => newest.startMs - (length - 1 - at) * periodMs)
  const datapoints = starts.map((startMs): Datapoint => {
    const value = byStart.get(startMs)
    if (value === undefined) return 'missing'
    return isBreaching(value, comparison, threshold) ? 'breaching' : 'good'
  })
  const state = evaluateDatapoints(datapoints, alarm)
  if (state === undefined || state === row.state) return undefined

  const recent = starts.flatMap((startMs) => {
    const value = byStart.get(startMs)
    return value === undefined ? [] : [{startMs, value}]
  })
  const finding: Finding = {alarm, from: row.state, to: state, recent: recent.slice(-alarm.evaluationPeriods)}
  const verdict = {state, reason: reasonOf(finding), reasonData: reasonData(finding, context.now())}
  return keepState(row, verdict, context)
}
