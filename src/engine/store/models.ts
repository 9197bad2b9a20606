// Models that steps and clients made.

import type {JsonObject} from '../../definition/json.ts'
import {telling} from './changes.ts'
import type {Db} from './database.ts'
import {compact, seconds} from './documents.ts'

export type ModelRow = {
  readonly arn: string
  readonly name: string
  readonly request: string
  readonly createdAtMs: number
}

export function insertModel(db: Db, model: Omit<ModelRow, 'request'>, request: JsonObject): void {
  telling(
    db,
    () => undefined,
    () => insert(db, model, request),
    () => [{kind: 'model', arn: model.arn}],
  )
}

function insert(db: Db, {arn, name, createdAtMs}: Omit<ModelRow, 'request'>, request: JsonObject): void {
  db.run(
    'INSERT INTO models (arn, name, request, createdAtMs) VALUES (?, ?, ?, ?)',
    ...[arn, name, JSON.stringify(request), createdAtMs],
  )
}

export function deleteModel(db: Db, arn: string): void {
  db.run('DELETE FROM models WHERE arn = ?', arn)
  db.run('DELETE FROM tags WHERE arn = ?', arn)
}

export function findModel(db: Db, name: string): ModelRow | undefined {
  return db.get('SELECT * FROM models WHERE name = ?', name)
}

export function findModelByArn(db: Db, arn: string): ModelRow | undefined {
  return db.get('SELECT * FROM models WHERE arn = ?', arn)
}

/** What DescribeModel answers; also the properties of a Model step. */
export function describeModel(row: ModelRow): JsonObject {
  const {Tags: _tags, ...described} = JSON.parse(row.request) as JsonObject
  return {
    EnableNetworkIsolation: false,
    ...described,
    ...compact({ModelName: row.name, ModelArn: row.arn, CreationTime: seconds(row.createdAtMs)}),
  }
}
