// The request of UpdateModelPackage.

import {approvalStatus} from './members.ts'
import type {Shape} from './shape.ts'

export const updateModelPackageShape = {
  ModelPackageArn: {
    kind: 'string',
    required: true,
    min: 1,
    max: 2048,
    pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]{9,16}:[0-9]{12}:model-package/[\\S]{1,2048}',
  },
  ModelApprovalStatus: approvalStatus,
  ApprovalDescription: {kind: 'string', max: 1024},
  CustomerMetadataProperties: {kind: 'document'},
  CustomerMetadataPropertiesToRemove: {kind: 'list', of: {kind: 'string'}},
  InferenceSpecification: {kind: 'document'},
  SourceUri: {kind: 'string', max: 1024},
} as const satisfies Shape
