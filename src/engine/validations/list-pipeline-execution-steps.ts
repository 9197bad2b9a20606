// The request of ListPipelineExecutionSteps.

import {paging, pipelineExecutionArn, sortOrder} from './members.ts'
import type {Shape} from './shape.ts'

export const listPipelineExecutionStepsShape = {
  PipelineExecutionArn: pipelineExecutionArn,
  SortOrder: sortOrder,
  ...paging,
} as const satisfies Shape
