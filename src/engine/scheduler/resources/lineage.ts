// A Lineage step: actions, contexts and artifacts of the user's own, and the associations between them.
// Source: SageMaker API, LineageMetadata, CreateAction, CreateContext, CreateArtifact, AddAssociation.

import {createHash} from 'node:crypto'
import {isJsonObject, type Json, type JsonObject} from '../../../definition/json.ts'
import {objectsAt} from '../../../definition/json-members.ts'
import type {StepDefinition} from '../../../definition/types.ts'
import {resourceArn} from '../../store/arns.ts'
import {compact, seconds} from '../../store/documents.ts'
import {type LineageKind, saveAssociation} from '../../store/lineage.ts'
import {findResource, saveResource} from '../../store/resources.ts'
import {failed, type InstantDeps, resolveArguments, type StepEnd} from '../instant-parts.ts'

const kinds = ['Action', 'Context', 'Artifact'] as const
const arnTypes = {Action: 'action', Context: 'context', Artifact: 'artifact'} as const

/** ARNs by name, of each kind. */
type Made = Readonly<Record<LineageKind, Map<string, string>>>

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
    const type = textOf(association.AssociationType) ?? null
    const row = {sourceArn: source, destinationArn: destination, type}
    saveAssociation(deps.db, {...row, executionArn: deps.executionArn, createdAtMs: deps.now()})
    associations.push({SourceArn: source, DestinationArn: destination})
  }
  return {kind: 'succeeded', metadata: {Lineage: describeMade(made, associations)}}
}

/** Actions and contexts are known by their names, artifacts by what they stand for: the same one is changed, not made again. */
function saveEntity(kind: LineageKind, name: string, entity: JsonObject, {db, executionArn, now}: InstantDeps): string {
  const id = kind === 'Artifact' ? artifactId(entity) : name
  const arn = resourceArn(arnTypes[kind], id)
  const at = now()
  const createdAtMs = findResource(db, arn)?.createdAtMs ?? at
  const described = compact({
    [`${kind}Name`]: name === '' ? undefined : name,
    [`${kind}Arn`]: arn,
    CreationTime: seconds(createdAtMs),
    LastModifiedTime: seconds(at),
    MetadataProperties: {GeneratedBy: executionArn},
  })
  saveResource(db, {
    ...{arn, kind, name: id, executionArn, createdAtMs, modifiedAtMs: at},
    request: JSON.stringify(entity),
    described: JSON.stringify(described),
  })
  return arn
}

function artifactId({ArtifactType, Source}: JsonObject): string {
  const uri = isJsonObject(Source) ? textOf(Source.SourceUri) : undefined
  return createHash('sha256')
    .update(JSON.stringify([ArtifactType ?? '', uri ?? '']))
    .digest('hex')
    .slice(0, 32)
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
