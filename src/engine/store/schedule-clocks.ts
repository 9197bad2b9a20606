// When each rule and each schedule is due. A row is there exactly while it is enabled and has a time to come; it is changed in
// the transaction that changes the rule or the schedule.

import type {Db} from './database.ts'

export type ClockRow = {
  /** Of the rule or the schedule. */
  readonly arn: string
  /** JSON of what its times follow from: another text, another clock. */
  readonly timing: string
  /** The time that its expression gives. */
  readonly scheduledMs: number
  /** The moment of the time window that was drawn for it; without a window the same. */
  readonly dueAtMs: number
}

export function keepClock(db: Db, {arn, timing, scheduledMs, dueAtMs}: ClockRow): void {
  const sql = 'INSERT OR REPLACE INTO scheduleClocks (arn, timing, scheduledMs, dueAtMs) VALUES (?, ?, ?, ?)'
  db.run(sql, arn, timing, scheduledMs, dueAtMs)
}

export function findClock(db: Db, arn: string): ClockRow | undefined {
  return db.get('SELECT * FROM scheduleClocks WHERE arn = ?', arn)
}

export function dropClock(db: Db, arn: string): void {
  db.run('DELETE FROM scheduleClocks WHERE arn = ?', arn)
}

/** Those of every schedule of the group. */
export function dropClocksOfGroup(db: Db, groupName: string): void {
  db.run('DELETE FROM scheduleClocks WHERE arn IN (SELECT arn FROM schedules WHERE groupName = ?)', groupName)
}

/** The longest overdue first. */
export function listDueClocks(db: Db, nowMs: number, most: number): ClockRow[] {
  return db.all('SELECT * FROM scheduleClocks WHERE dueAtMs <= ? ORDER BY dueAtMs, arn LIMIT ?', nowMs, most)
}

/** When the next one is due. */
export function nextDueMs(db: Db): number | undefined {
  return db.get<{dueAtMs: number | null}>('SELECT min(dueAtMs) AS dueAtMs FROM scheduleClocks')?.dueAtMs ?? undefined
}
