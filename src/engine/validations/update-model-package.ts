// The request of UpdateModelPackage.

import {approvalStatus} from './members.ts'
import {
  additionalSpecifications,
  customerMetadata,
  customerMetadataKey,
  inferenceSpecification,
  modelCard,
  modelLifeCycle,
  packageToken,
  registrationType,
} from './serving/package-members.ts'
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
  ModelPackageRegistrationType: registrationType,
  CustomerMetadataProperties: customerMetadata,
  CustomerMetadataPropertiesToRemove: {kind: 'list', of: customerMetadataKey},
  AdditionalInferenceSpecificationsToAdd: additionalSpecifications,
  InferenceSpecification: inferenceSpecification,
  SourceUri: {kind: 'string', max: 1024},
  ModelCard: modelCard,
  ModelLifeCycle: modelLifeCycle,
  ClientToken: packageToken,
} as const satisfies Shape
