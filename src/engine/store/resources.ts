// Things other than jobs, models and packages that steps and clients make: endpoint configurations, endpoints and inference
// components.

import type {JsonObject} from '../../definition/json.ts'
import {type Change, telling} from './changes.ts'
import type {Db} from './database.ts'

export type ResourceKind = 'EndpointConfig' | 'Endpoint' | 'InferenceComponent'

export type ResourceRow = {
  readonly arn: string
  readonly kind: ResourceKind
  readonly name: string
  /** JSON of the request that made or last changed it. */
  readonly request: string
  /** JSON of what describing it shows besides the request. */
  readonly described: string
  /** The execution that made or last changed it; empty when it was a client. */
  readonly executionArn: string
  readonly createdAtMs: number
  readonly modifiedAtMs: number
}

/** Inserts the resource, or replaces the one with the same ARN. */
export function saveResource(db: Db, row: ResourceRow): void {
  telling(
    db,
    () => findResource(db, row.arn),
    () => save(db, row),
    (before) => changesBetween(before, row),
  )
}

function save(db: Db, row: ResourceRow): void {
  db.run(
    `INSERT OR REPLACE INTO resources (arn, kind, name, request, described, executionArn, createdAtMs, modifiedAtMs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[row.arn, row.kind, row.name, row.request, row.described, row.executionArn, row.createdAtMs, row.modifiedAtMs],
  )
}

/** An endpoint is told of when it has another status, a configuration when it is new. */
function changesBetween(before: ResourceRow | undefined, {kind, arn, described}: ResourceRow): readonly Change[] {
  if (kind === 'EndpointConfig') return before ? [] : [{kind: 'endpoint-config', arn}]
  const isSame = before !== undefined && statusIn(before.described) === statusIn(described)
  return kind === 'Endpoint' && !isSame ? [{kind: 'endpoint', arn}] : []
}

function statusIn(described: string): unknown {
  return (JSON.parse(described) as JsonObject).EndpointStatus
}

export function deleteResource(db: Db, arn: string): void {
  db.run('DELETE FROM resources WHERE arn = ?', arn)
  db.run('DELETE FROM tags WHERE arn = ?', arn)
}

export function findResource(db: Db, arn: string): ResourceRow | undefined {
  return db.get('SELECT * FROM resources WHERE arn = ?', arn)
}

export function findResourceByName(db: Db, kind: ResourceKind, name: string): ResourceRow | undefined {
  return db.get('SELECT * FROM resources WHERE kind = ? AND name = ?', kind, name)
}

/** What the Describe operation answers; also the properties of the step that made it. */
export function describeResource(row: ResourceRow): JsonObject {
  const {Tags: _tags, ...described} = JSON.parse(row.request) as JsonObject
  return {...described, ...(JSON.parse(row.described) as JsonObject)}
}
