// CreateArtifact, CreateAction and CreateContext. "An error occurs if you try to create an entity that already exists" (Developer
// Guide, "Manually Create Tracking Entities"). The quotas of entities that are made by hand are not held here.

import type {JsonObject} from '../../../definition/json.ts'
import {objectAt, textAt} from '../../../definition/json-members.ts'
import {resourceArn} from '../../store/arns.ts'
import {compact} from '../../store/documents.ts'
import {artifactArn, type EntityRow, findArtifact, insertEntity} from '../../store/lineage/entities.ts'
import {putTags} from '../../store/tags.ts'
import type {createActionShape, createArtifactShape, createContextShape} from '../../validations/lineage/entities.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {invalid, ok, type Reply} from '../reply.ts'
import type {MadeKind} from './entity-words.ts'

type Tags = Parameters<typeof putTags>[2]
type Named = {readonly arn: string; readonly name: string | null; readonly type: string}

export function createArtifact(input: InputOf<typeof createArtifactShape>, context: OperationContext): Reply {
  const {ArtifactName: name = null, ArtifactType: type, Source} = input
  return context.db.transaction(() => {
    const existing = findArtifact(context.db, Source)
    if (existing) return invalid(`Artifact with source (${Source.SourceUri}) already exists: ${existing.arn}.`)
    const {Properties, MetadataProperties} = input
    const described = compact({Source, Properties, MetadataProperties})
    return create('Artifact', {arn: artifactArn(Source), name, type}, described, input.Tags, context)
  })
}

export function createAction(input: InputOf<typeof createActionShape>, context: OperationContext): Reply {
  const {ActionName: name, ActionType: type, Source, Description, Status, Properties, MetadataProperties} = input
  const described = compact({Source, Description, Status, Properties, MetadataProperties})
  return create('Action', {arn: resourceArn('action', name), name, type}, described, input.Tags, context)
}

export function createContext(input: InputOf<typeof createContextShape>, context: OperationContext): Reply {
  const {ContextName: name, ContextType: type, Source, Description, Properties} = input
  const described = compact({Source, Description, Properties})
  return create('Context', {arn: resourceArn('context', name), name, type}, described, input.Tags, context)
}

function create(
  kind: MadeKind,
  {arn, name, type}: Named,
  described: JsonObject,
  tags: Tags | undefined,
  {db, now}: OperationContext,
): Reply {
  const at = now()
  const row: EntityRow = {
    ...{arn, kind, name, type, sourceUri: textAt(objectAt(described, 'Source'), 'SourceUri') ?? ''},
    ...{described: JSON.stringify(described), createdAtMs: at, modifiedAtMs: at},
  }
  return db.transaction(() => {
    if (!insertEntity(db, row)) {
      const rule = `${kind} names must be unique within an AWS account and region.`
      return invalid(`${rule} ${kind} with name (${name}) already exists.`)
    }
    putTags(db, arn, tags ?? [])
    return ok({[`${kind}Arn`]: arn})
  })
}
