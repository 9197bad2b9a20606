// The request of ListPipelineExecutions.

import {createdBetween, paging, pipelineNameOrArn, sortOrder} from './members.ts'
import type {Shape} from './shape.ts'

export const listPipelineExecutionsShape = {
  PipelineName: {...pipelineNameOrArn, required: true},
  ...createdBetween,
  SortBy: {kind: 'string', values: ['CreationTime', 'PipelineExecutionArn']},
  SortOrder: sortOrder,
  ...paging,
} as const satisfies Shape
