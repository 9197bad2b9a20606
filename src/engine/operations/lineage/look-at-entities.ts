// Describe and List of artifacts, actions and contexts.

import type {SqlValue} from '../../store/database.ts'
import type {EntityRow, LineageKind} from '../../store/lineage/entities.ts'
import type {
  describeActionShape,
  describeArtifactShape,
  describeContextShape,
  listActionsShape,
  listArtifactsShape,
  listContextsShape,
} from '../../validations/lineage/entities.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {milliseconds, replyPage} from '../paging.ts'
import {ok, type Reply} from '../reply.ts'
import {describeEntity, type MadeKind, summariseEntity} from './entity-words.ts'
import {entityNamed} from './finding.ts'

export function describeArtifact(input: InputOf<typeof describeArtifactShape>, context: OperationContext): Reply {
  return describe('Artifact', input.ArtifactArn, context)
}

export function describeAction(input: InputOf<typeof describeActionShape>, context: OperationContext): Reply {
  return describe('Action', input.ActionName, context)
}

export function describeContext(input: InputOf<typeof describeContextShape>, context: OperationContext): Reply {
  return describe('Context', input.ContextName, context)
}

function describe(kind: MadeKind, nameOrArn: string, {db}: OperationContext): Reply {
  const found = entityNamed(db, kind, nameOrArn)
  return found.kind === 'fault' ? found : ok(describeEntity(found.row))
}

export function listArtifacts(input: InputOf<typeof listArtifactsShape>, context: OperationContext): Reply {
  return list('Artifact', input, input.ArtifactType, context)
}

export function listActions(input: InputOf<typeof listActionsShape>, context: OperationContext): Reply {
  return list('Action', input, input.ActionType, context)
}

export function listContexts(input: InputOf<typeof listContextsShape>, context: OperationContext): Reply {
  return list('Context', input, input.ContextType, context)
}

type ListInput = InputOf<typeof listContextsShape>

/** Of all lists of lineage (MaxResults). */
export const pageSize = 10

function list(kind: MadeKind, input: ListInput, type: string | undefined, {db}: OperationContext): Reply {
  const where = [
    ['type = ?', type],
    ['sourceUri = ?', input.SourceUri],
    // "created on or after", "on or before".
    ['createdAtMs >= ?', milliseconds(input.CreatedAfter)],
    ['createdAtMs <= ?', milliseconds(input.CreatedBefore)],
  ] as const
  return replyPage<EntityRow>(db, input, listing(kind, where, input), `${kind}Summaries`, summariseEntity)
}

type Conditions = readonly (readonly [condition: string, value: SqlValue | undefined])[]

/** What the lists of all kinds of entities have alike. */
export function listing(kind: LineageKind, where: Conditions, {SortBy}: Pick<ListInput, 'SortBy'>) {
  return {
    from: 'lineageEntities',
    where: [['kind = ?', kind], ...where],
    sortBy: SortBy === 'Name' ? 'name' : 'createdAtMs',
    tieBreak: 'arn',
    defaultOrder: 'Descending',
    defaultSize: pageSize,
  } as const
}
