// The request of CreatePipeline.

import {
  clientToken,
  definitionLocation,
  description,
  parallelism,
  pipelineDefinition,
  pipelineDisplayName,
  pipelineName,
  roleArn,
  tags,
} from './members.ts'
import type {Shape} from './shape.ts'

export const createPipelineShape = {
  PipelineName: {...pipelineName, required: true},
  PipelineDisplayName: pipelineDisplayName,
  PipelineDefinition: pipelineDefinition,
  PipelineDefinitionS3Location: definitionLocation,
  PipelineDescription: description,
  ClientRequestToken: {...clientToken, required: true},
  RoleArn: {...roleArn, required: true},
  Tags: tags,
  ParallelismConfiguration: parallelism,
} as const satisfies Shape
