// The requests of the operations on artifacts, actions and contexts.

import {tags} from '../members.ts'
import type {Shape} from '../shape.ts'
import {
  actionStatus,
  artifactArn,
  artifactProperties,
  artifactSource,
  contextName,
  contextNameOrArn,
  entityName,
  entityNameOrArn,
  listed,
  metadataProperties,
  properties,
  propertiesToRemove,
  source,
  sourceUri,
  text256,
} from './members.ts'

const description = {kind: 'string', max: 3072} as const

export const createArtifactShape = {
  ArtifactName: entityName,
  Source: {...artifactSource, required: true},
  ArtifactType: {...text256, required: true},
  Properties: artifactProperties,
  MetadataProperties: metadataProperties,
  Tags: tags,
} as const satisfies Shape
export const describeArtifactShape = {ArtifactArn: {...artifactArn, required: true}} as const satisfies Shape
export const updateArtifactShape = {
  ArtifactArn: {...artifactArn, required: true},
  ArtifactName: entityName,
  Properties: artifactProperties,
  PropertiesToRemove: propertiesToRemove,
} as const satisfies Shape
export const deleteArtifactShape = {ArtifactArn: artifactArn, Source: artifactSource} as const satisfies Shape
export const listArtifactsShape = {
  SourceUri: sourceUri,
  ArtifactType: text256,
  SortBy: {kind: 'string', values: ['CreationTime']},
  ...listed,
} as const satisfies Shape

export const createActionShape = {
  ActionName: {...entityName, required: true},
  Source: {...source, required: true},
  ActionType: {...text256, required: true},
  Description: description,
  Status: actionStatus,
  Properties: properties,
  MetadataProperties: metadataProperties,
  Tags: tags,
} as const satisfies Shape
export const describeActionShape = {ActionName: {...entityNameOrArn, required: true}} as const satisfies Shape
export const updateActionShape = {
  ActionName: {...entityName, required: true},
  Description: description,
  Status: actionStatus,
  Properties: properties,
  PropertiesToRemove: propertiesToRemove,
} as const satisfies Shape
export const deleteActionShape = {ActionName: {...entityName, required: true}} as const satisfies Shape
export const listActionsShape = {
  SourceUri: sourceUri,
  ActionType: text256,
  SortBy: {kind: 'string', values: ['Name', 'CreationTime']},
  ...listed,
} as const satisfies Shape

export const createContextShape = {
  ContextName: {...contextName, required: true},
  Source: {...source, required: true},
  ContextType: {...text256, required: true},
  Description: description,
  Properties: properties,
  Tags: tags,
} as const satisfies Shape
export const describeContextShape = {ContextName: {...contextNameOrArn, required: true}} as const satisfies Shape
export const updateContextShape = {
  ContextName: {...contextName, required: true},
  Description: description,
  Properties: properties,
  PropertiesToRemove: propertiesToRemove,
} as const satisfies Shape
export const deleteContextShape = {ContextName: {...contextName, required: true}} as const satisfies Shape
export const listContextsShape = {
  SourceUri: sourceUri,
  ContextType: text256,
  SortBy: {kind: 'string', values: ['Name', 'CreationTime']},
  ...listed,
} as const satisfies Shape
