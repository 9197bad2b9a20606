// The request of ListModelPackageGroups.

import {creationTimeBetween, paging, sortOrder} from './members.ts'
import type {Shape} from './shape.ts'

export const listModelPackageGroupsShape = {
  ...creationTimeBetween,
  NameContains: {kind: 'string', max: 63, pattern: '[a-zA-Z0-9\\-]+'},
  SortBy: {kind: 'string', values: ['Name', 'CreationTime']},
  SortOrder: sortOrder,
  CrossAccountFilterOption: {kind: 'string', values: ['SameAccount', 'CrossAccount']},
  ...paging,
} as const satisfies Shape
