// The request of DescribePipelineDefinitionForExecution.

import {pipelineExecutionArn} from './members.ts'
import type {Shape} from './shape.ts'

export const describePipelineDefinitionForExecutionShape = {
  PipelineExecutionArn: {...pipelineExecutionArn, required: true},
} as const satisfies Shape
