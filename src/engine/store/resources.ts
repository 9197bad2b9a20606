// Things other than jobs, models and packages that steps make: endpoint configurations, endpoints, inference
// components, and the actions, contexts and artifacts of lineage.

import type {JsonObject} from '../../definition/json.ts'
import type {Db} from './database.ts'
import type {LineageKind} from './lineage.ts'

export type ResourceKind = 'EndpointConfig' | 'Endpoint' | 'InferenceComponent' | LineageKind

export type ResourceRow = {
  readonly arn: string
  readonly kind: ResourceKind
  readonly name: string
  /** JSON of the request that made or last changed it. */
  readonly request: string
  /** JSON of what describing it shows besides the request. */
  readonly described: string
  /** The execution that made or last changed it. */
  readonly executionArn: string
  readonly createdAtMs: number
  readonly modifiedAtMs: number
}

/** Inserts the resource, or replaces the one with the same ARN. */
export function saveResource(db: Db, row: ResourceRow): void {
  db.run(
    `INSERT OR REPLACE INTO resources (arn, kind, name, request, described, executionArn, createdAtMs, modifiedAtMs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[row.arn, row.kind, row.name, row.request, row.described, row.executionArn, row.createdAtMs, row.modifiedAtMs],
  )
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
