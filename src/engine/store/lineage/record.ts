// What the recorders of jobs, packages and endpoints write alike. Nothing is written twice, so a record may be made again.

import type {JsonObject} from '../../../definition/json.ts'
import {resourceArn} from '../arns.ts'
import type {Db} from '../database.ts'
import {type AssociationType, insertAssociation} from './associations.ts'
import {artifactArn, type EntityRow, findArtifact, findEntityBySource, hasEntity, insertEntity} from './entities.ts'

/** When something happened, and the execution in which it did, if it was one. */
export type Occasion = {readonly atMs: number; readonly executionArn: string | null}

/** The ARN of the artifact with that URI, made where there is none. One that is there keeps its type. */
export function recordArtifact(db: Db, type: string, uri: string, {atMs}: Occasion): string {
  const Source = {SourceUri: uri, SourceTypes: []}
  const arn = artifactArn(Source)
  if (hasEntity(db, arn)) return arn
  // One that a Lineage step made before version 6 has another ARN.
  const existing = findArtifact(db, Source)
  if (existing) return existing.arn
  insertEntity(db, {...{arn, kind: 'Artifact', name: null, type, sourceUri: uri}, ...written({Source}, atMs)})
  return arn
}

type NewEntity = {
  readonly name: string
  readonly type: string
  /** What it is about. */
  readonly sourceArn: string
  readonly members?: JsonObject
}

/** A new action, each time that the same thing is done. */
export function recordAction(db: Db, action: NewEntity, {atMs}: Occasion): string {
  const arn = resourceArn('action', action.name)
  insertEntity(db, {...{arn, kind: 'Action'}, ...describedEntity(action, atMs)})
  return arn
}

/** The one context of that type about the thing, made where there is none. */
export function recordContext(db: Db, context: NewEntity, {atMs}: Occasion): EntityRow {
  const existing = findEntityBySource(db, 'Context', context.type, context.sourceArn)
  if (existing) return existing
  const row: EntityRow = {
    ...{arn: resourceArn('context', context.name), kind: 'Context'},
    ...describedEntity(context, atMs),
  }
  insertEntity(db, row)
  return row
}

function describedEntity({name, type, sourceArn, members = {}}: NewEntity, atMs: number) {
  const Source = {SourceUri: sourceArn, SourceType: 'ARN', SourceId: new Date(atMs).toISOString()}
  return {name, type, sourceUri: sourceArn, ...written({Source, ...members}, atMs)}
}

function written(described: JsonObject, atMs: number) {
  return {described: JSON.stringify(described), createdAtMs: atMs, modifiedAtMs: atMs}
}

export function associate(
  db: Db,
  sourceArn: string,
  type: AssociationType,
  destinationArn: string,
  {atMs, executionArn}: Occasion,
): void {
  insertAssociation(db, {sourceArn, destinationArn, type, executionArn: executionArn ?? '', createdAtMs: atMs})
}
