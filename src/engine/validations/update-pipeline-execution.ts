// The request of UpdatePipelineExecution.

import {description, displayName, parallelism, pipelineExecutionArn} from './members.ts'
import type {Shape} from './shape.ts'

export const updatePipelineExecutionShape = {
  PipelineExecutionArn: {...pipelineExecutionArn, required: true},
  PipelineExecutionDescription: description,
  PipelineExecutionDisplayName: displayName,
  ParallelismConfiguration: parallelism,
} as const satisfies Shape
