// The requests of ListEndpoints, ListEndpointConfigs and ListInferenceComponents.

import {creationTimeBetween, entityName, paging, sortOrder} from './members.ts'
import type {Shape} from './shape.ts'

const nameContains = {kind: 'string', max: 63, pattern: '[a-zA-Z0-9\\-]+'} as const
const modifiedBetween = {
  LastModifiedTimeAfter: {kind: 'timestamp'},
  LastModifiedTimeBefore: {kind: 'timestamp'},
} as const

export const listEndpointsShape = {
  ...creationTimeBetween,
  ...modifiedBetween,
  NameContains: nameContains,
  StatusEquals: {
    kind: 'string',
    values: [
      'OutOfService',
      'Creating',
      'Updating',
      'SystemUpdating',
      'RollingBack',
      'InService',
      'Deleting',
      'Failed',
      'UpdateRollbackFailed',
    ],
  },
  SortBy: {kind: 'string', values: ['Name', 'CreationTime', 'Status']},
  SortOrder: sortOrder,
  ...paging,
} as const satisfies Shape

export const listEndpointConfigsShape = {
  ...creationTimeBetween,
  NameContains: nameContains,
  SortBy: {kind: 'string', values: ['Name', 'CreationTime']},
  SortOrder: sortOrder,
  ...paging,
} as const satisfies Shape

export const listInferenceComponentsShape = {
  ...creationTimeBetween,
  ...modifiedBetween,
  EndpointNameEquals: entityName,
  VariantNameEquals: entityName,
  NameContains: nameContains,
  StatusEquals: {kind: 'string', values: ['InService', 'Creating', 'Updating', 'Failed', 'Deleting']},
  SortBy: {kind: 'string', values: ['Name', 'CreationTime', 'Status']},
  SortOrder: sortOrder,
  ...paging,
} as const satisfies Shape
