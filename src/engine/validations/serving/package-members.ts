// What CreateModelPackage and UpdateModelPackage take alike.

import {entityName} from '../members.ts'
import {containerMembers} from './containers.ts'

const text = {kind: 'string'} as const
const document = {kind: 'document'} as const

const container = {
  kind: 'structure',
  members: {
    ...containerMembers,
    ImageDigest: {kind: 'string', max: 72, pattern: '[Ss][Hh][Aa]256:[0-9a-fA-F]{64}'},
    ProductId: {kind: 'string', max: 256, pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9])*'},
    ModelInput: document,
    Framework: text,
    FrameworkVersion: {kind: 'string', min: 3, max: 10, pattern: '[0-9]\\.[A-Za-z0-9.-]+'},
    NearestModelName: text,
    AdditionalS3DataSource: document,
    ModelDataETag: text,
    IsCheckpoint: {kind: 'boolean'},
    BaseModel: document,
  },
} as const

const specificationMembers = {
  Containers: {kind: 'list', of: container, required: true, min: 1, max: 15},
  SupportedTransformInstanceTypes: {kind: 'list', of: text, min: 1},
  SupportedRealtimeInferenceInstanceTypes: {kind: 'list', of: text},
  SupportedContentTypes: {kind: 'list', of: {kind: 'string', max: 256}},
  SupportedResponseMIMETypes: {kind: 'list', of: {kind: 'string', max: 1024}},
} as const

export const inferenceSpecification = {kind: 'structure', members: specificationMembers} as const

export const mostAdditionalSpecifications = 15
export const additionalSpecifications = {
  kind: 'list',
  min: 1,
  max: mostAdditionalSpecifications,
  of: {
    kind: 'structure',
    members: {
      Name: {...entityName, required: true},
      Description: {kind: 'string', max: 1024},
      ...specificationMembers,
    },
  },
} as const

const metadataPattern = '([\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]*)'
export const customerMetadataKey = {kind: 'string', min: 1, max: 128, pattern: metadataPattern} as const
export const customerMetadata = {
  kind: 'map',
  min: 1,
  max: 50,
  key: customerMetadataKey,
  of: {kind: 'string', min: 1, max: 256, pattern: metadataPattern},
} as const

export const modelCard = {
  kind: 'structure',
  members: {
    ModelCardContent: {kind: 'string', max: 100_000},
    ModelCardStatus: {kind: 'string', values: ['Draft', 'PendingReview', 'Approved', 'Archived']},
  },
} as const

export const modelLifeCycle = {
  kind: 'structure',
  members: {
    Stage: {...entityName, required: true},
    StageStatus: {...entityName, required: true},
    StageDescription: {kind: 'string', max: 1024},
  },
} as const

export const registrationType = {kind: 'string', values: ['Logged', 'Registered']} as const
export const managedStorageType = {kind: 'string', values: ['Restricted']} as const
export const packageToken = {kind: 'string', min: 1, max: 36, pattern: '[a-zA-Z0-9-]+'} as const
