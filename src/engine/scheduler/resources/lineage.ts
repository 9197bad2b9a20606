// A Lineage step: actions, contexts and artifacts of the user's own, and the associations between them.
// Source: SageMaker API, LineageMetadata, CreateAction, CreateContext, CreateArtifact, AddAssociation.

import {isJsonObject, type Json, type JsonObject} from '../../../definition/json.ts'
import {objectAt, objectsAt} from '../../../definition/json-members.ts'
import type {StepDefinition} from '../../../definition/types.ts'
import {resourceArn} from '../../store/arns.ts'
import {compact} from '../../store/documents.ts'
import {type AssociationType, saveAssociation} from '../../store/lineage/associations.ts'
import {
  artifactArn,
  type EntityRow,
  findArtifact,
  findEntity,
  insertEntity,
  updateEntity,
} from '../../store/lineage/entities.ts'
import {failed, type InstantDeps, resolveArguments, type StepEnd} from '../instant-parts.ts'

const kinds = ['Action', 'Context', 'Artifact'] as const
type Kind = (typeof kinds)[number]

/** ARNs by name, of each kind. */
type Made = Readonly<Record<Kind, Map<string, string>>>

export function runLineage(step: StepDefinition, deps: InstantDeps): StepEnd {
  const resolved = resolveArguments(step, deps)
  if (resolved.kind === 'failed') return resolved

  const {request} = resolved
  const made: Made = {Action: new Map(), Context: new Map(), Artifact: new Map()}
  for (const kind of kinds) {
    for (const entity of objectsAt(request, `${kind}s`)) {
      const name = textOf(entity[`${kind}Name`]) ?? ''
      made[kind].set(name, saveEntity(kind, name, entity, deps))
    }
  }
  const associations: {SourceArn: string; DestinationArn: string}[] = []
  for (const association of objectsAt(request, 'Associations')) {
    const [source, destination] = [arnAt(association.Source, made), arnAt(association.Destination, made)]
    if (source === undefined || destination === undefined) return failed(unknownEnd(association, source))
    const type = (textOf(association.AssociationType) ?? null) as AssociationType | null
    const row = {sourceArn: source, destinationArn: destination, type}
    saveAssociation(deps.db, {...row, executionArn: deps.executionArn, createdAtMs: deps.now()})
    associations.push({SourceArn: source, DestinationArn: destination})
  }
  return {kind: 'succeeded', metadata: {Lineage: describeMade(made, associations)}}
}

/** Actions and contexts are known by their names, artifacts by what they stand for: the same one is changed, not made again. */
function saveEntity(kind: Kind, name: string, entity: JsonObject, {db, executionArn, now}: InstantDeps): string {
  const source = objectAt(entity, 'Source')
  const madeArn =
    kind === 'Artifact' ? artifactArn(source) : resourceArn(kind === 'Action' ? 'action' : 'context', name)
  const existing = kind === 'Artifact' ? findArtifact(db, source) : findEntity(db, madeArn)
  const at = now()
  const row: EntityRow = {
    arn: existing?.arn ?? madeArn,
    kind,
    name: name === '' ? (existing?.name ?? null) : name,
    type: textOf(entity[`${kind}Type`]) ?? '',
    sourceUri: textOf(source.SourceUri) ?? '',
    described: JSON.stringify(describedMembers(kind, entity, executionArn)),
    createdAtMs: existing?.createdAtMs ?? at,
    modifiedAtMs: at,
  }
  if (existing) updateEntity(db, row)
  else insertEntity(db, row)
  return row.arn
}

/** A context has no MetadataProperties. */
function describedMembers(kind: Kind, entity: JsonObject, executionArn: string): JsonObject {
  const {Source, Description, Status, Properties} = entity
  const metadata = {...objectAt(entity, 'MetadataProperties'), GeneratedBy: executionArn}
  return compact({Source, Description, Status, Properties, MetadataProperties: kind === 'Context' ? null : metadata})
}

/** `{Arn}`, or `{Name, Type}` of an entity of the same step. */
function arnAt(end: Json | undefined, made: Made): string | undefined {
  if (!isJsonObject(end)) return undefined
  const kind = kinds.find((one) => one === end.Type)
  return textOf(end.Arn) ?? (kind && made[kind].get(textOf(end.Name) ?? ''))
}

function unknownEnd({Source, Destination}: JsonObject, source: string | undefined): string {
  const end = JSON.stringify((source === undefined ? Source : Destination) ?? null)
  return `ClientError: the association names ${end}, which is no action, context or artifact of the step`
}

/** LineageMetadata has at most 10 associations. */
const mostShown = 10

function describeMade(made: Made, associations: readonly JsonObject[]): JsonObject {
  const members = kinds.flatMap((kind) =>
    made[kind].size === 0 ? [] : [[`${kind}Arns`, Object.fromEntries(made[kind])] as const],
  )
  const shown = associations.slice(0, mostShown)
  return {...Object.fromEntries(members), ...(shown.length === 0 ? {} : {Associations: shown})}
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
