// Models that Model steps made.

import type {JsonObject} from '../../definition/json.ts'
import type {Db} from './database.ts'
import {compact, seconds} from './documents.ts'

export type ModelRow = {
  readonly arn: string
  readonly name: string
  readonly request: string
  readonly createdAtMs: number
}

export function insertModel(db: Db, model: Omit<ModelRow, 'request'>, request: JsonObject): void {
  db.run(
    'INSERT INTO models (arn, name, request, createdAtMs) VALUES (?, ?, ?, ?)',
    ...[model.arn, model.name, JSON.stringify(request), model.createdAtMs],
  )
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
