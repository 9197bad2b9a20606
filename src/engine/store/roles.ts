// IAM roles of the embedded account, with their inline policies and the ARNs of those attached. Tags stand with all others.

import {accountId} from './arns.ts'
import type {Db} from './database.ts'

export type RoleRow = {
  readonly arn: string
  readonly name: string
  readonly path: string
  readonly roleId: string
  /** JSON text, as it was given. */
  readonly trustPolicy: string
  readonly description: string | null
  readonly maxSessionSeconds: number
  readonly boundaryArn: string | null
  readonly createdAtMs: number
}

export type InlinePolicyRow = {readonly roleArn: string; readonly name: string; readonly document: string}
export type AttachedPolicyRow = {readonly roleArn: string; readonly policyArn: string}

export function roleArn(path: string, name: string): string {
  return `arn:aws:iam::${accountId}:role${path}${name}`
}

export function findRole(db: Db, name: string): RoleRow | undefined {
  return db.get('SELECT * FROM roles WHERE name = ?', name)
}

export function insertRole(db: Db, row: RoleRow): void {
  db.run(
    `INSERT INTO roles (arn, name, path, roleId, trustPolicy, description, maxSessionSeconds, boundaryArn, createdAtMs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[row.arn, row.name, row.path, row.roleId, row.trustPolicy, row.description, row.maxSessionSeconds],
    ...[row.boundaryArn, row.createdAtMs],
  )
}

export function setTrustPolicy(db: Db, arn: string, trustPolicy: string): void {
  db.run('UPDATE roles SET trustPolicy = ? WHERE arn = ?', trustPolicy, arn)
}

/** Removes the role with its tags; policies stand in the way and have gone before. */
export function removeRole(db: Db, arn: string): void {
  db.run('DELETE FROM tags WHERE arn = ?', arn)
  db.run('DELETE FROM roles WHERE arn = ?', arn)
}

export function putInlinePolicy(db: Db, {roleArn, name, document}: InlinePolicyRow): void {
  db.run(
    'INSERT INTO inlinePolicies (roleArn, name, document) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET document = excluded.document',
    ...[roleArn, name, document],
  )
}

export function findInlinePolicies(db: Db, roleArn: string): InlinePolicyRow[] {
  return db.all('SELECT * FROM inlinePolicies WHERE roleArn = ? ORDER BY name', roleArn)
}

export function findInlinePolicy(db: Db, roleArn: string, name: string): InlinePolicyRow | undefined {
  return db.get('SELECT * FROM inlinePolicies WHERE roleArn = ? AND name = ?', roleArn, name)
}

/** False when there was none. */
export function removeInlinePolicy(db: Db, roleArn: string, name: string): boolean {
  return db.run('DELETE FROM inlinePolicies WHERE roleArn = ? AND name = ?', roleArn, name) === 1
}

/** Attaching what is attached changes nothing. */
export function attachPolicy(db: Db, {roleArn, policyArn}: AttachedPolicyRow): void {
  db.run('INSERT OR IGNORE INTO attachedPolicies (roleArn, policyArn) VALUES (?, ?)', roleArn, policyArn)
}

/** False when there was none. */
export function detachPolicy(db: Db, {roleArn, policyArn}: AttachedPolicyRow): boolean {
  return db.run('DELETE FROM attachedPolicies WHERE roleArn = ? AND policyArn = ?', roleArn, policyArn) === 1
}

export function findAttachedPolicies(db: Db, roleArn: string): AttachedPolicyRow[] {
  return db.all('SELECT * FROM attachedPolicies WHERE roleArn = ? ORDER BY policyArn', roleArn)
}
