// The requests that make, change and delete endpoints and their configurations.

import {enumValues} from '../../../definition/request-shapes/shape.ts'
import {entityName, roleArn, tags} from '../members.ts'
import type {Shape} from '../shape.ts'

const name = {kind: 'string', max: 63, pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}'} as const
const requiredName = {...name, required: true} as const
const weight = {kind: 'double', min: 0} as const
const timeout = {kind: 'integer', min: 60, max: 3600} as const
const concurrency = {kind: 'integer', min: 1, max: 200} as const
const modelName = {kind: 'string', max: 63, pattern: '[a-zA-Z0-9]([\\-a-zA-Z0-9]*[a-zA-Z0-9])?'} as const
const instanceType = {kind: 'string', values: enumValues('ProductionVariantInstanceType')} as const
const instancePool = {
  kind: 'structure',
  members: {
    InstanceType: {...instanceType, required: true},
    ModelNameOverride: modelName,
    Priority: {kind: 'integer', required: true, min: 1, max: 5},
  },
} as const

const variant = {
  kind: 'structure',
  members: {
    VariantName: requiredName,
    ModelName: modelName,
    InitialInstanceCount: {kind: 'integer', min: 1},
    InstanceType: instanceType,
    InstancePools: {kind: 'list', of: instancePool, min: 1, max: 5},
    VariantInstanceProvisionTimeoutInSeconds: {kind: 'integer', min: 300, max: 3600},
    InitialVariantWeight: weight,
    AcceleratorType: {kind: 'string'},
    CoreDumpConfig: {kind: 'document'},
    ServerlessConfig: {
      kind: 'structure',
      members: {
        MemorySizeInMB: {kind: 'integer', required: true, min: 1024, max: 6144},
        MaxConcurrency: {...concurrency, required: true},
        ProvisionedConcurrency: concurrency,
      },
    },
    VolumeSizeInGB: {kind: 'integer', min: 1, max: 512},
    ModelDataDownloadTimeoutInSeconds: timeout,
    ContainerStartupHealthCheckTimeoutInSeconds: timeout,
    EnableSSMAccess: {kind: 'boolean'},
    ManagedInstanceScaling: {kind: 'document'},
    RoutingConfig: {kind: 'document'},
    InferenceAmiVersion: {kind: 'string'},
    CapacityReservationConfig: {kind: 'document'},
  },
} as const

export const createEndpointConfigShape = {
  EndpointConfigName: requiredName,
  ProductionVariants: {kind: 'list', of: variant, required: true, min: 1, max: 10},
  DataCaptureConfig: {kind: 'document'},
  Tags: tags,
  KmsKeyId: {kind: 'string', max: 2048},
  AsyncInferenceConfig: {kind: 'document'},
  ExplainerConfig: {kind: 'document'},
  ShadowProductionVariants: {kind: 'list', of: variant, min: 1, max: 10},
  ExecutionRoleArn: roleArn,
  VpcConfig: {kind: 'document'},
  EnableNetworkIsolation: {kind: 'boolean'},
  MetricsConfig: {kind: 'document'},
} as const satisfies Shape

export const deleteEndpointConfigShape = {EndpointConfigName: requiredName} as const satisfies Shape

export const createEndpointShape = {
  EndpointName: requiredName,
  EndpointConfigName: requiredName,
  DeploymentConfig: {kind: 'document'},
  Tags: tags,
} as const satisfies Shape

export const updateEndpointShape = {
  EndpointName: requiredName,
  EndpointConfigName: requiredName,
  RetainAllVariantProperties: {kind: 'boolean'},
  ExcludeRetainedVariantProperties: {
    kind: 'list',
    max: 3,
    of: {
      kind: 'structure',
      members: {
        VariantPropertyType: {
          kind: 'string',
          required: true,
          values: ['DesiredInstanceCount', 'DesiredWeight', 'DataCaptureConfig'],
        },
      },
    },
  },
  DeploymentConfig: {kind: 'document'},
  RetainDeploymentConfig: {kind: 'boolean'},
} as const satisfies Shape

export const updateEndpointWeightsAndCapacitiesShape = {
  EndpointName: requiredName,
  DesiredWeightsAndCapacities: {
    kind: 'list',
    required: true,
    min: 1,
    of: {
      kind: 'structure',
      members: {
        VariantName: requiredName,
        DesiredWeight: weight,
        DesiredInstanceCount: {kind: 'integer', min: 0},
        ServerlessUpdateConfig: {
          kind: 'structure',
          members: {MaxConcurrency: concurrency, ProvisionedConcurrency: concurrency},
        },
      },
    },
  },
} as const satisfies Shape

export const deleteEndpointShape = {EndpointName: {...entityName, required: true}} as const satisfies Shape
