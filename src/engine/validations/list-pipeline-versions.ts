// The request of ListPipelineVersions.

import {createdBetween, paging, pipelineNameOrArn, sortOrder} from './members.ts'
import type {Shape} from './shape.ts'

export const listPipelineVersionsShape = {
  PipelineName: {...pipelineNameOrArn, required: true},
  ...createdBetween,
  SortOrder: sortOrder,
  ...paging,
} as const satisfies Shape
