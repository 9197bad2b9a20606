// The request of RetryPipelineExecution.

import {clientToken, parallelism, pipelineExecutionArn} from './members.ts'
import type {Shape} from './shape.ts'

export const retryPipelineExecutionShape = {
  PipelineExecutionArn: {...pipelineExecutionArn, required: true},
  ClientRequestToken: {...clientToken, required: true},
  ParallelismConfiguration: parallelism,
} as const satisfies Shape
