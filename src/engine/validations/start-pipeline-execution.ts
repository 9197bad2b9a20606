// The request of StartPipelineExecution.

import {
  clientToken,
  description,
  displayName,
  parallelism,
  parameterList,
  parameterName,
  pipelineExecutionArn,
  pipelineNameOrArn,
  versionId,
} from './members.ts'
import type {Shape} from './shape.ts'

export const startPipelineExecutionShape = {
  PipelineName: {...pipelineNameOrArn, required: true},
  PipelineExecutionDisplayName: displayName,
  PipelineParameters: parameterList(parameterName),
  PipelineExecutionDescription: description,
  ClientRequestToken: {...clientToken, required: true},
  ParallelismConfiguration: parallelism,
  SelectiveExecutionConfig: {
    kind: 'structure',
    members: {
      SourcePipelineExecutionArn: pipelineExecutionArn,
      SelectedSteps: {
        kind: 'list',
        required: true,
        min: 1,
        max: 50,
        of: {kind: 'structure', members: {StepName: {kind: 'string', required: true, max: 256}}},
      },
    },
  },
  PipelineVersionId: versionId,
  MlflowExperimentName: {kind: 'string', min: 1, max: 256},
} as const satisfies Shape
