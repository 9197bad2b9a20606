// Lineage entities: the artifacts, actions and contexts that a user or the engine makes, and a trial component for each job.

import {createHash} from 'node:crypto'
import {canonicalJson, type JsonObject} from '../../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../../definition/json-members.ts'
import {resourceArn} from '../arns.ts'
import type {Db} from '../database.ts'

export type LineageKind = 'Action' | 'Artifact' | 'Context' | 'TrialComponent'

export type EntityRow = {
  readonly arn: string
  readonly kind: LineageKind
  /** Artifacts may have none. */
  readonly name: string | null
  readonly type: string
  /** Of a trial component: the ARN of its job. */
  readonly sourceUri: string
  /** JSON of what describing it shows besides: Source, Description, Status, Properties, MetadataProperties. */
  readonly described: string
  readonly createdAtMs: number
  readonly modifiedAtMs: number
}

/** False when there is one with the ARN, which stays as it is. */
export function insertEntity(db: Db, row: EntityRow): boolean {
  const inserted = db.run(
    `INSERT INTO lineageEntities (arn, kind, name, type, sourceUri, described, createdAtMs, modifiedAtMs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ...[row.arn, row.kind, row.name, row.type, row.sourceUri, row.described, row.createdAtMs, row.modifiedAtMs],
  )
  return inserted === 1
}

export function updateEntity(db: Db, row: EntityRow): void {
  db.run(
    'UPDATE lineageEntities SET name = ?, type = ?, described = ?, modifiedAtMs = ? WHERE arn = ?',
    ...[row.name, row.type, row.described, row.modifiedAtMs, row.arn],
  )
}

/** Removes the entity with its tags. */
export function removeEntity(db: Db, arn: string): void {
  db.run('DELETE FROM lineageEntities WHERE arn = ?', arn)
  db.run('DELETE FROM tags WHERE arn = ?', arn)
}

export function findEntity(db: Db, arn: string): EntityRow | undefined {
  return db.get('SELECT * FROM lineageEntities WHERE arn = ?', arn)
}

export function hasEntity(db: Db, arn: string): boolean {
  return db.get('SELECT 1 FROM lineageEntities WHERE arn = ?', arn) !== undefined
}

/** The oldest of the kind and type with that source. */
export function findEntityBySource(db: Db, kind: LineageKind, type: string, sourceUri: string): EntityRow | undefined {
  return db.get(
    'SELECT * FROM lineageEntities WHERE sourceUri = ? AND kind = ? AND type = ? ORDER BY createdAtMs, arn LIMIT 1',
    ...[sourceUri, kind, type],
  )
}

/**
 * The artifact of that source. "There can be only one artifact with a unique SourceUri" (Developer Guide, "Lineage Tracking
 * Entities"); source types tell those with one URI apart, as AWS's example notebook needs it to run twice.
 */
export function findArtifact(db: Db, source: JsonObject): EntityRow | undefined {
  const sql = "SELECT * FROM lineageEntities WHERE sourceUri = ? AND kind = 'Artifact' ORDER BY createdAtMs, arn"
  const wanted = sourceKey(source)
  return db
    .all<EntityRow>(sql, textAt(source, 'SourceUri') ?? '')
    .find((row) => sourceKey(objectAt(parseDescribed(row), 'Source')) === wanted)
}

export function artifactArn(source: JsonObject): string {
  return resourceArn('artifact', createHash('sha256').update(sourceKey(source)).digest('hex').slice(0, 32))
}

function sourceKey(source: JsonObject): string {
  const types = objectsAt(source, 'SourceTypes').map(canonicalJson).sort()
  return JSON.stringify([textAt(source, 'SourceUri') ?? '', ...types])
}

export function parseDescribed(row: Pick<EntityRow, 'described'>): JsonObject {
  return JSON.parse(row.described) as JsonObject
}
