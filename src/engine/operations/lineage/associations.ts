// AddAssociation, DeleteAssociation and ListAssociations.

import type {JsonObject} from '../../../definition/json.ts'
import {compact, seconds, userContext} from '../../store/documents.ts'
import {type AssociationRow, insertAssociation, removeAssociation} from '../../store/lineage/associations.ts'
import type {
  addAssociationShape,
  deleteAssociationShape,
  listAssociationsShape,
} from '../../validations/lineage/associations.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {milliseconds, replyPage} from '../paging.ts'
import {invalid, ok, type Reply, resourceNotFound} from '../reply.ts'
import {entityOf} from './finding.ts'
import {pageSize} from './look-at-entities.ts'

export function addAssociation(input: InputOf<typeof addAssociationShape>, {db, now}: OperationContext): Reply {
  const {SourceArn, DestinationArn, AssociationType: type = null} = input
  return db.transaction(() => {
    const [source, destination] = [entityOf(db, SourceArn), entityOf(db, DestinationArn)]
    if (source.kind === 'fault') return source
    if (destination.kind === 'fault') return destination
    // Developer Guide, "Manually Create Tracking Entities", "Limits".
    if (source.row.kind === 'TrialComponent' && destination.row.kind === 'TrialComponent') {
      return invalid('An association cannot be created between two experiment entities.')
    }
    const ends = {sourceArn: SourceArn, destinationArn: DestinationArn}
    if (!insertAssociation(db, {...ends, type, executionArn: '', createdAtMs: now()})) {
      return invalid(`An association between ${SourceArn} and ${DestinationArn} already exists.`)
    }
    return ok({SourceArn, DestinationArn})
  })
}

export function deleteAssociation(input: InputOf<typeof deleteAssociationShape>, {db}: OperationContext): Reply {
  const {SourceArn, DestinationArn} = input
  if (removeAssociation(db, SourceArn, DestinationArn)) return ok({SourceArn, DestinationArn})
  return resourceNotFound(`Association between '${SourceArn}' and '${DestinationArn}' does not exist.`)
}

type ListedRow = AssociationRow & {
  readonly sourceType: string
  readonly destinationType: string
  readonly sourceName: string | null
  readonly destinationName: string | null
}

// An end that a Lineage step named by its ARN may be no entity of this state.
const withEnds = `(
  SELECT associations.rowid AS place, associations.*, coalesce(source.type, '') AS sourceType, source.name AS sourceName,
    coalesce(destination.type, '') AS destinationType, destination.name AS destinationName
  FROM associations LEFT JOIN lineageEntities source ON source.arn = sourceArn
    LEFT JOIN lineageEntities destination ON destination.arn = destinationArn
)`

const sortColumns = {
  SourceArn: 'sourceArn',
  DestinationArn: 'destinationArn',
  SourceType: 'sourceType',
  DestinationType: 'destinationType',
  CreationTime: 'createdAtMs',
} as const

export function listAssociations(input: InputOf<typeof listAssociationsShape>, {db}: OperationContext): Reply {
  const query = {
    from: withEnds,
    where: [
      ['sourceArn = ?', input.SourceArn],
      ['destinationArn = ?', input.DestinationArn],
      ['sourceType = ?', input.SourceType],
      ['destinationType = ?', input.DestinationType],
      ['type = ?', input.AssociationType],
      // "created on or after", "on or before".
      ['createdAtMs >= ?', milliseconds(input.CreatedAfter)],
      ['createdAtMs <= ?', milliseconds(input.CreatedBefore)],
    ],
    sortBy: sortColumns[input.SortBy ?? 'CreationTime'],
    tieBreak: 'place',
    defaultOrder: 'Descending',
    defaultSize: pageSize,
  } as const
  return replyPage<ListedRow>(db, input, query, 'AssociationSummaries', summarise)
}

function summarise(row: ListedRow): JsonObject {
  return compact({
    SourceArn: row.sourceArn,
    DestinationArn: row.destinationArn,
    SourceType: row.sourceType,
    DestinationType: row.destinationType,
    AssociationType: row.type,
    SourceName: row.sourceName,
    DestinationName: row.destinationName,
    CreationTime: seconds(row.createdAtMs),
    CreatedBy: userContext,
  })
}
