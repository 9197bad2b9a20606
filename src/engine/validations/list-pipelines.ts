// The request of ListPipelines.

import {createdBetween, paging, pipelineName, sortOrder} from './members.ts'
import type {Shape} from './shape.ts'

export const listPipelinesShape = {
  PipelineNamePrefix: pipelineName,
  ...createdBetween,
  SortBy: {kind: 'string', values: ['Name', 'CreationTime']},
  SortOrder: sortOrder,
  ...paging,
} as const satisfies Shape
