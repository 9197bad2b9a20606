// The request of ListModelPackages.

import {approvalStatus, creationTimeBetween, groupNameOrArn, paging, sortOrder} from './members.ts'
import type {Shape} from './shape.ts'

export const listModelPackagesShape = {
  ...creationTimeBetween,
  ModelPackageGroupName: groupNameOrArn,
  ModelApprovalStatus: approvalStatus,
  ModelPackageType: {kind: 'string', values: ['Versioned', 'Unversioned', 'Both']},
  NameContains: {kind: 'string', max: 63, pattern: '[a-zA-Z0-9\\-]+'},
  SortBy: {kind: 'string', values: ['Name', 'CreationTime']},
  SortOrder: sortOrder,
  ...paging,
} as const satisfies Shape
