// The request of ListProcessingJobs, ListTrainingJobs, ListTransformJobs and ListHyperParameterTuningJobs.

import {creationTimeBetween, paging, sortOrder} from './members.ts'
import type {Shape} from './shape.ts'

export const listJobsShape = {
  ...creationTimeBetween,
  LastModifiedTimeAfter: {kind: 'timestamp'},
  LastModifiedTimeBefore: {kind: 'timestamp'},
  NameContains: {kind: 'string', max: 63, pattern: '[a-zA-Z0-9\\-]+'},
  StatusEquals: {kind: 'string', values: ['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped']},
  SortBy: {kind: 'string', values: ['Name', 'CreationTime', 'Status']},
  SortOrder: sortOrder,
  ...paging,
} as const satisfies Shape
