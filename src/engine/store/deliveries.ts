// What is still to be delivered: an event to a target of a rule, or a schedule's firing. A row goes with its outcome only, so
// that nothing is lost with the process that was about to deliver it.

import type {Db} from './database.ts'

export type DeliveryRow = {
  /** `<event id>/<rule ARN>/<target id>`, or `<schedule ARN>/<scheduled ms>`. */
  readonly id: string
  /** Of the rule or the schedule. */
  readonly sourceArn: string
  /** JSON of the target as it was put. */
  readonly target: string
  /** JSON of the event; of a schedule, `{}`. */
  readonly event: string
  /** Those that have failed. */
  readonly attempts: number
  /** When it is first attempted, and from when on it grows old. */
  readonly createdAtMs: number
  readonly dueAtMs: number
}

export type NewDelivery = Omit<DeliveryRow, 'attempts' | 'dueAtMs'>

/** An id that is there does nothing. */
export function insertDelivery(db: Db, row: NewDelivery): void {
  const {id, sourceArn, target, event, createdAtMs} = row
  db.run(
    `INSERT OR IGNORE INTO deliveries (id, sourceArn, target, event, attempts, createdAtMs, dueAtMs)
     VALUES (?, ?, ?, ?, 0, ?, ?)`,
    ...[id, sourceArn, target, event, createdAtMs, createdAtMs],
  )
}

export function findDelivery(db: Db, id: string): DeliveryRow | undefined {
  return db.get('SELECT * FROM deliveries WHERE id = ?', id)
}

/** The ids of those that are due, longest first. */
export function findDue(db: Db, nowMs: number, limit: number): string[] {
  const sql = 'SELECT id FROM deliveries WHERE dueAtMs <= ? ORDER BY dueAtMs, createdAtMs, id LIMIT ?'
  return db.all<{id: string}>(sql, nowMs, limit).map(({id}) => id)
}

export function postponeDelivery(db: Db, {id, attempts, dueAtMs}: DeliveryRow): void {
  db.run('UPDATE deliveries SET attempts = ?, dueAtMs = ? WHERE id = ?', attempts, dueAtMs, id)
}

export function deleteDelivery(db: Db, id: string): void {
  db.run('DELETE FROM deliveries WHERE id = ?', id)
}
