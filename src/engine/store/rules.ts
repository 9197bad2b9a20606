// Rules of the default event bus, and their targets.

import {accountId, region} from './arns.ts'
import type {Db, SqlValue} from './database.ts'
import {dropClock} from './schedule-clocks.ts'

export type RuleRow = {
  readonly arn: string
  readonly name: string
  readonly pattern: string | null
  readonly schedule: string | null
  readonly state: string
  readonly description: string | null
  readonly roleArn: string | null
  readonly createdAtMs: number
}

export type TargetRow = {
  readonly ruleArn: string
  readonly id: string
  readonly arn: string
  /** JSON of the target as it was put. */
  readonly request: string
}

export const defaultBusArn = `arn:aws:events:${region}:${accountId}:event-bus/default`

/** On the default bus a rule's ARN does not name the bus. */
export function ruleArn(name: string): string {
  return `arn:aws:events:${region}:${accountId}:rule/${name}`
}

/** Inserts the rule, or replaces all of the one with its name but the time it was made. */
export function saveRule(db: Db, row: RuleRow): void {
  changeRules(
    db,
    `INSERT INTO rules (arn, name, pattern, schedule, state, description, roleArn, createdAtMs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET pattern = excluded.pattern, schedule = excluded.schedule, state = excluded.state,
       description = excluded.description, roleArn = excluded.roleArn`,
    ...[row.arn, row.name, row.pattern, row.schedule, row.state, row.description, row.roleArn, row.createdAtMs],
  )
}

function changeRules(db: Db, sql: string, ...values: readonly SqlValue[]): void {
  db.transaction(() => {
    db.run(sql, ...values)
    db.run('UPDATE ruleChanges SET count = count + 1')
  })
}

/** Grows with every change of a rule, by any process. */
export function countRuleChanges(db: Db): number {
  return db.get<{count: number}>('SELECT count FROM ruleChanges')?.count ?? 0
}

export function findRule(db: Db, arn: string): RuleRow | undefined {
  return db.get('SELECT * FROM rules WHERE arn = ?', arn)
}

export function countRules(db: Db): number {
  return db.get<{count: number}>('SELECT count(*) AS count FROM rules')?.count ?? 0
}

/** The rules that events are matched against. */
export function listMatchingRules(db: Db): RuleRow[] {
  return db.all("SELECT * FROM rules WHERE state <> 'DISABLED' AND pattern IS NOT NULL ORDER BY name")
}

/** Those that fire by themselves. */
export function listScheduledRules(db: Db): RuleRow[] {
  return db.all("SELECT * FROM rules WHERE state <> 'DISABLED' AND schedule IS NOT NULL ORDER BY name")
}

export function setRuleState(db: Db, arn: string, state: string): void {
  changeRules(db, 'UPDATE rules SET state = ? WHERE arn = ?', state, arn)
}

export function deleteRule(db: Db, arn: string): void {
  dropClock(db, arn)
  changeRules(db, 'DELETE FROM rules WHERE arn = ?', arn)
}

/** Inserts the target, or replaces the one with its id. */
export function saveTarget(db: Db, row: TargetRow): void {
  const {ruleArn: rule, id, arn, request} = row
  db.run('INSERT OR REPLACE INTO ruleTargets (ruleArn, id, arn, request) VALUES (?, ?, ?, ?)', rule, id, arn, request)
}

export function listTargets(db: Db, rule: string): TargetRow[] {
  return db.all('SELECT * FROM ruleTargets WHERE ruleArn = ? ORDER BY id', rule)
}

/** Whether there was one. */
export function deleteTarget(db: Db, rule: string, id: string): boolean {
  return db.run('DELETE FROM ruleTargets WHERE ruleArn = ? AND id = ?', rule, id) > 0
}
