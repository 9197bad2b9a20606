// The requests of CreateModel, DeleteModel and CreateModelPackage.

import {approvalStatus, entityName, groupNameOrArn, roleArn, tags} from '../members.ts'
import type {Shape} from '../shape.ts'
import {containerMembers, modelUrl} from './containers.ts'
import {
  additionalSpecifications,
  customerMetadata,
  inferenceSpecification,
  managedStorageType,
  modelCard,
  modelLifeCycle,
  packageToken,
  registrationType,
} from './package-members.ts'

const modelName = {kind: 'string', max: 63, pattern: '[a-zA-Z0-9]([\\-a-zA-Z0-9]*[a-zA-Z0-9])?'} as const
const versionedArnOrName = {
  kind: 'string',
  min: 1,
  max: 176,
  pattern:
    '(arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:[a-z\\-]*\\/)?([a-zA-Z0-9]([a-zA-Z0-9-]){0,62})(?<!-)(\\/[0-9]{1,9})?',
} as const

const container = {
  kind: 'structure',
  members: {
    ...containerMembers,
    ImageConfig: {kind: 'document'},
    Mode: {kind: 'string', values: ['SingleModel', 'MultiModel']},
    ModelPackageName: versionedArnOrName,
    InferenceSpecificationName: entityName,
    MultiModelConfig: {kind: 'document'},
  },
} as const

export const createModelShape = {
  ModelName: {...modelName, required: true},
  PrimaryContainer: container,
  Containers: {kind: 'list', of: container, max: 15},
  InferenceExecutionConfig: {kind: 'document'},
  ExecutionRoleArn: roleArn,
  Tags: tags,
  VpcConfig: {kind: 'document'},
  EnableNetworkIsolation: {kind: 'boolean'},
} as const satisfies Shape

export const deleteModelShape = {ModelName: {...modelName, required: true}} as const satisfies Shape

export const createModelPackageShape = {
  ModelPackageName: entityName,
  ModelPackageGroupName: groupNameOrArn,
  ModelPackageDescription: {kind: 'string', max: 1024},
  ModelPackageRegistrationType: registrationType,
  InferenceSpecification: inferenceSpecification,
  ValidationSpecification: {kind: 'document'},
  SourceAlgorithmSpecification: {kind: 'document'},
  CertifyForMarketplace: {kind: 'boolean'},
  Tags: tags,
  ModelApprovalStatus: approvalStatus,
  MetadataProperties: {kind: 'document'},
  ModelMetrics: {kind: 'document'},
  ClientToken: packageToken,
  Domain: {kind: 'string'},
  Task: {kind: 'string'},
  SamplePayloadUrl: modelUrl,
  CustomerMetadataProperties: customerMetadata,
  DriftCheckBaselines: {kind: 'document'},
  AdditionalInferenceSpecifications: additionalSpecifications,
  SkipModelValidation: {kind: 'string', values: ['All', 'None']},
  SourceUri: {kind: 'string', max: 1024},
  SecurityConfig: {kind: 'document'},
  ModelCard: modelCard,
  ModelLifeCycle: modelLifeCycle,
  ManagedStorageType: managedStorageType,
} as const satisfies Shape
