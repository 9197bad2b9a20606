// How many rules and schedules stand ready.

import type {Db} from './database.ts'

export type TriggerCounts = {readonly rules: number; readonly schedules: number}

/** The enabled ones. */
export function countTriggers(db: Db): TriggerCounts {
  const sql = `SELECT (SELECT count(*) FROM rules WHERE state <> 'DISABLED') AS rules,
    (SELECT count(*) FROM schedules WHERE state = 'ENABLED') AS schedules`
  return db.get<TriggerCounts>(sql) ?? {rules: 0, schedules: 0}
}
