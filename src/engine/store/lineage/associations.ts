// Associations between lineage entities: one for each pair of a source and a destination.

import type {Db} from '../database.ts'

export type AssociationType = 'ContributedTo' | 'AssociatedWith' | 'DerivedFrom' | 'Produced' | 'SameAs'

export type AssociationRow = {
  readonly sourceArn: string
  readonly destinationArn: string
  readonly type: AssociationType | null
  /** The execution that made it; empty where none did. */
  readonly executionArn: string
  readonly createdAtMs: number
}

/** False when the two are associated, which stays as it is. */
export function insertAssociation(db: Db, row: AssociationRow): boolean {
  const inserted = db.run(
    `INSERT INTO associations (sourceArn, destinationArn, type, executionArn, createdAtMs) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    ...[row.sourceArn, row.destinationArn, row.type, row.executionArn, row.createdAtMs],
  )
  return inserted === 1
}

/** Adds the association, or gives the one between the same two another type. */
export function saveAssociation(db: Db, row: AssociationRow): void {
  db.run(
    `INSERT INTO associations (sourceArn, destinationArn, type, executionArn, createdAtMs) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET type = excluded.type, executionArn = excluded.executionArn`,
    ...[row.sourceArn, row.destinationArn, row.type, row.executionArn, row.createdAtMs],
  )
}

/** False when there was none. */
export function removeAssociation(db: Db, sourceArn: string, destinationArn: string): boolean {
  return db.run('DELETE FROM associations WHERE sourceArn = ? AND destinationArn = ?', sourceArn, destinationArn) === 1
}

export function isAssociated(db: Db, arn: string): boolean {
  const sql = 'SELECT 1 FROM associations WHERE sourceArn = ?1 OR destinationArn = ?1 LIMIT 1'
  return db.get(sql, arn) !== undefined
}
