// The request of ListTrainingJobsForHyperParameterTuningJob.

import {paging, shortEntityName, sortOrder} from './members.ts'
import type {Shape} from './shape.ts'

export const listTrainingJobsForHyperParameterTuningJobShape = {
  HyperParameterTuningJobName: {...shortEntityName, required: true},
  StatusEquals: {kind: 'string', values: ['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped']},
  SortBy: {kind: 'string', values: ['Name', 'CreationTime', 'Status', 'FinalObjectiveMetricValue']},
  SortOrder: sortOrder,
  ...paging,
} as const satisfies Shape
