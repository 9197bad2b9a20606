// The lineage entities that operations name, or the fault that AWS gives when they are not there. How it words it is not documented.

import {arnOf} from '../../store/arns.ts'
import type {Db} from '../../store/database.ts'
import {type EntityRow, findEntity, type LineageKind} from '../../store/lineage/entities.ts'
import {type Fault, resourceNotFound} from '../reply.ts'

type Found = {readonly kind: 'found'; readonly row: EntityRow} | {readonly kind: 'fault'; readonly fault: Fault}

const arnTypes = {
  Action: 'action',
  Artifact: 'artifact',
  Context: 'context',
  TrialComponent: 'experiment-trial-component',
} as const

const nouns = {Action: 'Action', Artifact: 'Artifact', Context: 'Context', TrialComponent: 'Trial Component'} as const

export function entityNamed(db: Db, kind: LineageKind, nameOrArn: string): Found {
  const arn = arnOf(arnTypes[kind], nameOrArn)
  const row = findEntity(db, arn)
  return row?.kind === kind ? {kind: 'found', row} : resourceNotFound(`${nouns[kind]} '${arn}' does not exist.`)
}

/** Of whatever kind. */
export function entityOf(db: Db, arn: string): Found {
  const row = findEntity(db, arn)
  return row ? {kind: 'found', row} : resourceNotFound(`Lineage entity '${arn}' does not exist.`)
}
