// The request of UpdatePipelineVersion.

import {description, displayName, versionId} from './members.ts'
import type {Shape} from './shape.ts'

export const updatePipelineVersionShape = {
  PipelineArn: {
    kind: 'string',
    required: true,
    max: 2048,
    pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:pipeline/.*',
  },
  PipelineVersionId: {...versionId, required: true},
  PipelineVersionDisplayName: displayName,
  PipelineVersionDescription: description,
} as const satisfies Shape
