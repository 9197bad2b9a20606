// The request of UpdatePipeline.

import {
  definitionLocation,
  description,
  parallelism,
  pipelineDefinition,
  pipelineDisplayName,
  pipelineName,
  roleArn,
} from './members.ts'
import type {Shape} from './shape.ts'

export const updatePipelineShape = {
  PipelineName: {...pipelineName, required: true},
  PipelineDisplayName: pipelineDisplayName,
  PipelineDefinition: pipelineDefinition,
  PipelineDefinitionS3Location: definitionLocation,
  PipelineDescription: description,
  RoleArn: roleArn,
  ParallelismConfiguration: parallelism,
} as const satisfies Shape
