// Members that the operations of lineage share, with the API's own limits (API reference of SageMaker, 2017-07-24).

import {createdBetween, paging, sortOrder} from '../members.ts'

const arnOf = (types: string) => `arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:${types}`

/** ExperimentEntityName. */
export const entityName = {kind: 'string', min: 1, max: 120, pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,119}'} as const
export const entityNameOrArn = {
  kind: 'string',
  min: 1,
  max: 256,
  pattern: `(${arnOf('(experiment|experiment-trial|experiment-trial-component|artifact|action|context)')}\\/)?([a-zA-Z0-9](-*[a-zA-Z0-9]){0,119})`,
} as const
export const contextName = {kind: 'string', min: 1, max: 120, pattern: '[a-zA-Z0-9]([-_]*[a-zA-Z0-9]){0,119}'} as const
export const contextNameOrArn = {
  kind: 'string',
  min: 1,
  max: 256,
  pattern: `(${arnOf('context')}\\/)?([a-zA-Z0-9]([-_]*[a-zA-Z0-9]){0,119})`,
} as const
export const artifactArn = {kind: 'string', max: 256, pattern: arnOf('artifact/.*')} as const
/** What can be associated, and asked about. */
export const associationEntityArn = {
  kind: 'string',
  max: 256,
  pattern: arnOf('(experiment|experiment-trial-component|artifact|action|context)/.*'),
} as const
export const text256 = {kind: 'string', max: 256} as const
export const sourceUri = {kind: 'string', min: 1, max: 2048} as const

export const artifactSource = {
  kind: 'structure',
  members: {
    SourceUri: {...sourceUri, required: true},
    SourceTypes: {
      kind: 'list',
      of: {
        kind: 'structure',
        members: {
          SourceIdType: {kind: 'string', required: true, values: ['MD5Hash', 'S3ETag', 'S3Version', 'Custom']},
          Value: {...text256, required: true},
        },
      },
    },
  },
} as const
/** Of actions and contexts. */
export const source = {
  kind: 'structure',
  members: {SourceUri: {...sourceUri, required: true}, SourceType: text256, SourceId: text256},
} as const

const key = {kind: 'string', max: 2500} as const
export const properties = {kind: 'map', max: 30, key, of: {kind: 'string', max: 2500}} as const
export const artifactProperties = {kind: 'map', max: 30, key, of: {kind: 'string', max: 4096}} as const
export const propertiesToRemove = {kind: 'list', of: {kind: 'string', max: 2500}} as const

const metadataValue = {kind: 'string', max: 1024} as const
export const metadataProperties = {
  kind: 'structure',
  members: {
    CommitId: metadataValue,
    Repository: metadataValue,
    GeneratedBy: metadataValue,
    ProjectId: metadataValue,
  },
} as const
export const actionStatus = {
  kind: 'string',
  values: ['Unknown', 'InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped'],
} as const
export const associationType = {
  kind: 'string',
  values: ['ContributedTo', 'AssociatedWith', 'DerivedFrom', 'Produced', 'SameAs'],
} as const

/** Of the lists of lineage. */
export const listed = {
  ...createdBetween,
  SortOrder: sortOrder,
  ...paging,
} as const
