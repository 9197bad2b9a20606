// What `models deploy` asks SageMaker for: a model of the package and an endpoint configuration with one variant. Both have one
// name, made from what is in them, so that a repeated command finds what it has made before. Pure.

import {createHash} from 'node:crypto'
import type {JsonObject} from '../../../definition/json.ts'
import {servingHashDigits, servingName} from '../../../definition/serving-names.ts'

/** Machines that are always there, or a share of some that come when they are asked. */
export type Capacity =
  | {readonly kind: 'instance'; readonly type: string; readonly count: number}
  | {readonly kind: 'serverless'; readonly memoryMb: number; readonly maxConcurrency: number}

export type Serving = {
  readonly capacity: Capacity
  readonly environment: Readonly<Record<string, string>>
  readonly role: string
}

export type WantedServing = {
  /** Of the model and of the configuration. */
  readonly name: string
  /** CreateModel's and CreateEndpointConfig's, without tags. */
  readonly model: JsonObject
  readonly config: JsonObject
}

export function wantedServing(
  endpoint: string,
  {arn, version}: {readonly arn: string; readonly version: number},
  serving: Serving,
): WantedServing {
  const environment = Object.fromEntries(Object.entries(serving.environment).sort(([a], [b]) => (a < b ? -1 : 1)))
  const container = {
    ModelPackageName: arn,
    ...(Object.keys(environment).length === 0 ? {} : {Environment: environment}),
  }
  const content = {PrimaryContainer: container, ExecutionRoleArn: serving.role}
  const variant = {VariantName: 'AllTraffic', InitialVariantWeight: 1, ...capacityMembers(serving.capacity)}
  const digest = createHash('sha256')
    .update(JSON.stringify([endpoint, content, variant]))
    .digest('hex')
  const name = servingName(endpoint, version, digest.slice(0, servingHashDigits))
  return {
    name,
    model: {ModelName: name, ...content},
    config: {EndpointConfigName: name, ProductionVariants: [{...variant, ModelName: name}]},
  }
}

function capacityMembers(capacity: Capacity): JsonObject {
  if (capacity.kind === 'instance') return {InstanceType: capacity.type, InitialInstanceCount: capacity.count}
  return {ServerlessConfig: {MemorySizeInMB: capacity.memoryMb, MaxConcurrency: capacity.maxConcurrency}}
}
