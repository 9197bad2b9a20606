// CloudWatch's metric alarms, and what the metric of each was in the periods that count for it.

import {accountId, region} from './arns.ts'
import type {Db} from './database.ts'

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

export type AlarmRow = {
  readonly arn: string
  readonly name: string
  /** JSON of the request as it was put. */
  readonly request: string
  /** What the alarm watches, as `metricKey` writes it; null when it is not one metric. */
  readonly metric: string | null
  readonly actionsEnabled: number
  readonly state: AlarmState
  readonly reason: string
  readonly reasonData: string | null
  readonly updatedAtMs: number
  /** When the state was last set, and when it last became another. */
  readonly stateAtMs: number
  readonly transitionedAtMs: number
}

/** The data of one period put together. */
export type PeriodRow = {
  readonly startMs: number
  readonly count: number
  readonly sum: number
  readonly minimum: number
  readonly maximum: number
}

export function alarmArn(name: string): string {
  return `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`
}

/** A metric is its name, its namespace and all of its dimensions, in any order (User Guide, "Dimensions"). */
export function metricKey(
  namespace: string,
  name: string,
  dimensions: readonly {readonly Name: string; readonly Value: string}[] = [],
): string {
  const sorted = dimensions.map(({Name, Value}) => [Name, Value]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
  return JSON.stringify([namespace, name, ...sorted])
}

export function saveAlarm(db: Db, row: AlarmRow): void {
  db.run(
    `INSERT OR REPLACE INTO alarms
       (arn, name, request, metric, actionsEnabled, state, reason, reasonData, updatedAtMs, stateAtMs, transitionedAtMs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[row.arn, row.name, row.request, row.metric, row.actionsEnabled, row.state, row.reason, row.reasonData],
    ...[row.updatedAtMs, row.stateAtMs, row.transitionedAtMs],
  )
}

export function findAlarm(db: Db, name: string): AlarmRow | undefined {
  return db.get('SELECT * FROM alarms WHERE name = ?', name)
}

export function findAlarmByArn(db: Db, arn: string): AlarmRow | undefined {
  return db.get('SELECT * FROM alarms WHERE arn = ?', arn)
}

export function countAlarms(db: Db): number {
  return db.get<{count: number}>('SELECT count(*) AS count FROM alarms')?.count ?? 0
}

export function alarmsOnMetric(db: Db, metric: string): AlarmRow[] {
  return db.all('SELECT * FROM alarms WHERE metric = ? ORDER BY name', metric)
}

export function deleteAlarm(db: Db, arn: string): void {
  db.run('DELETE FROM alarms WHERE arn = ?', arn)
  db.run('DELETE FROM alarmPeriods WHERE alarmArn = ?', arn)
}

/** Adds data to the period that begins then. */
export function addToPeriod(db: Db, arn: string, {startMs, count, sum, minimum, maximum}: PeriodRow): void {
  db.run(
    `INSERT INTO alarmPeriods (alarmArn, startMs, count, sum, minimum, maximum) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count, sum = sum + excluded.sum,
       minimum = min(minimum, excluded.minimum), maximum = max(maximum, excluded.maximum)`,
    ...[arn, startMs, count, sum, minimum, maximum],
  )
}

/** Oldest first. */
export function listPeriods(db: Db, arn: string): PeriodRow[] {
  return db.all(
    'SELECT startMs, count, sum, minimum, maximum FROM alarmPeriods WHERE alarmArn = ? ORDER BY startMs',
    arn,
  )
}

export function deletePeriodsBefore(db: Db, arn: string, startMs: number): void {
  db.run('DELETE FROM alarmPeriods WHERE alarmArn = ? AND startMs < ?', arn, startMs)
}
