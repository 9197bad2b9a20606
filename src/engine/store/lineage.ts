// Associations between lineage entities. The entities themselves are resources.

import type {Db} from './database.ts'

export type LineageKind = 'Action' | 'Context' | 'Artifact'

export type AssociationRow = {
  readonly sourceArn: string
  readonly destinationArn: string
  /** ContributedTo, AssociatedWith, DerivedFrom, Produced, SameAs. */
  readonly type: string | null
  readonly executionArn: string
  readonly createdAtMs: number
}

/** Adds the association, or replaces the one between the same two. */
export function saveAssociation(db: Db, row: AssociationRow): void {
  db.run(
    `INSERT OR REPLACE INTO associations (sourceArn, destinationArn, type, executionArn, createdAtMs)
     VALUES (?, ?, ?, ?, ?)`,
    ...[row.sourceArn, row.destinationArn, row.type, row.executionArn, row.createdAtMs],
  )
}

/** Those that an execution made, in order. */
export function findAssociations(db: Db, executionArn: string): AssociationRow[] {
  return db.all('SELECT * FROM associations WHERE executionArn = ? ORDER BY rowid', executionArn)
}
