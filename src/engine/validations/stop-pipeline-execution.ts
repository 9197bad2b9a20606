// The request of StopPipelineExecution.

import {clientToken, pipelineExecutionArn} from './members.ts'
import type {Shape} from './shape.ts'

export const stopPipelineExecutionShape = {
  PipelineExecutionArn: {...pipelineExecutionArn, required: true},
  ClientRequestToken: {...clientToken, required: true},
} as const satisfies Shape
