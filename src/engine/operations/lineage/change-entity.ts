// Update and Delete of artifacts, actions and contexts. What has associations cannot be deleted: SageMaker's SDK for Python takes them
// away first ("disassociate"), and so do AWS's examples.

import {objectAt} from '../../../definition/json-members.ts'
import {compact} from '../../store/documents.ts'
import {isAssociated} from '../../store/lineage/associations.ts'
import {type EntityRow, findArtifact, parseDescribed, removeEntity, updateEntity} from '../../store/lineage/entities.ts'
import type {
  deleteActionShape,
  deleteArtifactShape,
  deleteContextShape,
  updateActionShape,
  updateArtifactShape,
  updateContextShape,
} from '../../validations/lineage/entities.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {invalid, ok, type Reply, resourceNotFound} from '../reply.ts'
import type {MadeKind} from './entity-words.ts'
import {entityNamed} from './finding.ts'

type Update = {
  readonly ArtifactName?: string
  readonly Description?: string
  readonly Status?: string
  readonly Properties?: Readonly<Record<string, string>>
  readonly PropertiesToRemove?: readonly string[]
}

export function updateArtifact(input: InputOf<typeof updateArtifactShape>, context: OperationContext): Reply {
  return update('Artifact', input.ArtifactArn, input, context)
}

export function updateAction(input: InputOf<typeof updateActionShape>, context: OperationContext): Reply {
  return update('Action', input.ActionName, input, context)
}

export function updateContext(input: InputOf<typeof updateContextShape>, context: OperationContext): Reply {
  return update('Context', input.ContextName, input, context)
}

function update(kind: MadeKind, nameOrArn: string, input: Update, {db, now}: OperationContext): Reply {
  return db.transaction(() => {
    const found = entityNamed(db, kind, nameOrArn)
    if (found.kind === 'fault') return found
    const {row} = found
    updateEntity(db, {...row, ...changed(row, input), modifiedAtMs: now()})
    return ok({[`${kind}Arn`]: row.arn})
  })
}

/** "The new list of properties. Overwrites the current property list." */
function changed(row: EntityRow, input: Update): Pick<EntityRow, 'name' | 'described'> {
  const {ArtifactName: name = row.name, Description, Status, PropertiesToRemove} = input
  const before = parseDescribed(row)
  const removed = new Set(PropertiesToRemove)
  const properties = Object.entries(input.Properties ?? objectAt(before, 'Properties'))
  const Properties = Object.fromEntries(properties.filter(([key]) => !removed.has(key)))
  return {name, described: JSON.stringify({...before, ...compact({Description, Status}), Properties})}
}

export function deleteArtifact(input: InputOf<typeof deleteArtifactShape>, context: OperationContext): Reply {
  const {ArtifactArn: arn, Source: source} = input
  if ((arn === undefined) === (source === undefined)) {
    return invalid('Either ArtifactArn or Source must be specified.')
  }
  return context.db.transaction(() => {
    const row = source && findArtifact(context.db, source)
    if (source && !row) return resourceNotFound(`Artifact with source '${source.SourceUri}' does not exist.`)
    return remove('Artifact', row?.arn ?? arn ?? '', context)
  })
}

export function deleteAction(input: InputOf<typeof deleteActionShape>, context: OperationContext): Reply {
  return remove('Action', input.ActionName, context)
}

export function deleteContext(input: InputOf<typeof deleteContextShape>, context: OperationContext): Reply {
  return remove('Context', input.ContextName, context)
}

function remove(kind: MadeKind, nameOrArn: string, {db}: OperationContext): Reply {
  return db.transaction(() => {
    const found = entityNamed(db, kind, nameOrArn)
    if (found.kind === 'fault') return found
    const {arn} = found.row
    if (isAssociated(db, arn)) return invalid(`${kind} '${arn}' has associations: delete them first.`)
    removeEntity(db, arn)
    return ok({[`${kind}Arn`]: arn})
  })
}
