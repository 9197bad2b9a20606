// The request of DeletePipeline.

import {clientToken, pipelineName} from './members.ts'
import type {Shape} from './shape.ts'

export const deletePipelineShape = {
  PipelineName: {...pipelineName, required: true},
  ClientRequestToken: {...clientToken, required: true},
} as const satisfies Shape
