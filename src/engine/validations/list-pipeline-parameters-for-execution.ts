// The request of ListPipelineParametersForExecution.

import {paging, pipelineExecutionArn} from './members.ts'
import type {Shape} from './shape.ts'

export const listPipelineParametersForExecutionShape = {
  PipelineExecutionArn: {...pipelineExecutionArn, required: true},
  ...paging,
} as const satisfies Shape
