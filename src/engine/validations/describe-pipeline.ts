// The request of DescribePipeline.

import {pipelineNameOrArn, versionId} from './members.ts'
import type {Shape} from './shape.ts'

export const describePipelineShape = {
  PipelineName: {...pipelineNameOrArn, required: true},
  PipelineVersionId: versionId,
} as const satisfies Shape
