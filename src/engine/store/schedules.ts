// EventBridge Scheduler's groups and schedules. The group "default" is always there.

import {accountId, region} from './arns.ts'
import type {Db} from './database.ts'
import {dropClock, dropClocksOfGroup} from './schedule-clocks.ts'

export type ScheduleGroupRow = {
  readonly arn: string
  readonly name: string
  readonly createdAtMs: number
  readonly modifiedAtMs: number
  readonly token: string | null
}

export type ScheduleRow = {
  readonly arn: string
  readonly groupName: string
  readonly name: string
  readonly state: string
  readonly targetArn: string
  /** JSON of the request that made or last changed it. */
  readonly request: string
  readonly createdAtMs: number
  readonly modifiedAtMs: number
  /** The ClientToken of the request that made it. */
  readonly token: string | null
}

export const defaultGroup = 'default'

export function groupArn(name: string): string {
  return `arn:aws:scheduler:${region}:${accountId}:schedule-group/${name}`
}

export function scheduleArn(group: string, name: string): string {
  return `arn:aws:scheduler:${region}:${accountId}:schedule/${group}/${name}`
}

/** All groups, the default one among them, as a table expression. */
export const allGroups = `(
  SELECT arn, name, createdAtMs, modifiedAtMs, token FROM scheduleGroups
  UNION ALL SELECT '${groupArn(defaultGroup)}', '${defaultGroup}', 0, 0, NULL
)`

export function insertGroup(db: Db, row: ScheduleGroupRow): void {
  db.run(
    'INSERT INTO scheduleGroups (arn, name, createdAtMs, modifiedAtMs, token) VALUES (?, ?, ?, ?, ?)',
    ...[row.arn, row.name, row.createdAtMs, row.modifiedAtMs, row.token],
  )
}

export function findGroup(db: Db, name: string): ScheduleGroupRow | undefined {
  return db.get(`SELECT * FROM ${allGroups} WHERE name = ?`, name)
}

export function findGroupByArn(db: Db, arn: string): ScheduleGroupRow | undefined {
  return db.get(`SELECT * FROM ${allGroups} WHERE arn = ?`, arn)
}

export function countGroups(db: Db): number {
  return db.get<{count: number}>(`SELECT count(*) AS count FROM ${allGroups}`)?.count ?? 0
}

/** Its schedules go with it. */
export function deleteGroup(db: Db, name: string): void {
  dropClocksOfGroup(db, name)
  db.run('DELETE FROM schedules WHERE groupName = ?', name)
  db.run('DELETE FROM scheduleGroups WHERE name = ?', name)
}

/** Inserts the schedule, or replaces the one with its ARN. */
export function saveSchedule(db: Db, row: ScheduleRow): void {
  db.run(
    `INSERT OR REPLACE INTO schedules
       (arn, groupName, name, state, targetArn, request, createdAtMs, modifiedAtMs, token)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[row.arn, row.groupName, row.name, row.state, row.targetArn],
    ...[row.request, row.createdAtMs, row.modifiedAtMs, row.token],
  )
}

export function findSchedule(db: Db, group: string, name: string): ScheduleRow | undefined {
  return db.get('SELECT * FROM schedules WHERE groupName = ? AND name = ?', group, name)
}

export function findScheduleByArn(db: Db, arn: string): ScheduleRow | undefined {
  return db.get('SELECT * FROM schedules WHERE arn = ?', arn)
}

export function listEnabledSchedules(db: Db): ScheduleRow[] {
  return db.all("SELECT * FROM schedules WHERE state = 'ENABLED' ORDER BY arn")
}

export function deleteSchedule(db: Db, arn: string): void {
  dropClock(db, arn)
  db.run('DELETE FROM schedules WHERE arn = ?', arn)
}
