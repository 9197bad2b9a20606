// The request of DescribePipelineExecution.

import {pipelineExecutionArn} from './members.ts'
import type {Shape} from './shape.ts'

export const describePipelineExecutionShape = {
  PipelineExecutionArn: {...pipelineExecutionArn, required: true},
} as const satisfies Shape
