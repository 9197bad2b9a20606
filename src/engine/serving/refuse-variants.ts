// What CreateEndpointConfig refuses of its variants beyond their shapes. Source: API Reference, CreateEndpointConfig, ProductionVariant and
// ProductionVariantServerlessConfig; Developer Guide, "Deploy models with Amazon SageMaker Serverless Inference", "Feature exclusions".
// "Could not find model" is the service's wording, the other sentences are not documented.

import type {JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../definition/json-members.ts'
import {numberAt} from '../runners/request-fields.ts'
import {resourceArn} from '../store/arns.ts'
import type {Db} from '../store/database.ts'
import {findModel} from '../store/models.ts'

export function refuseVariants(db: Db, request: JsonObject): string | undefined {
  const production = objectsAt(request, 'ProductionVariants')
  const shadow = objectsAt(request, 'ShadowProductionVariants')
  const variants = [...production, ...shadow]
  const names = variants.map((variant) => textAt(variant, 'VariantName'))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    return `Variant names must be unique in an endpoint configuration; "${twice}" is there twice.`
  }
  if (shadow.length > 0 && variants.length > 2) {
    return `With shadow variants there can be one production variant and one shadow variant, not ${production.length} and ${shadow.length}.`
  }
  const hasRole = textAt(request, 'ExecutionRoleArn') !== undefined
  for (const variant of variants) {
    const why = refuseModel(db, variant, hasRole) ?? refusePlace(variant)
    if (why !== undefined) return why
  }
  const serverless = variants.find(isServerless)
  if (serverless && variants.length > 1) {
    return `The serverless variant ${quoted(serverless)} must be the only variant of its endpoint configuration.`
  }
  return undefined
}

/** Without a model a variant waits for inference components, which run under the role of the configuration. */
function refuseModel(db: Db, variant: JsonObject, hasRole: boolean): string | undefined {
  const modelName = textAt(variant, 'ModelName')
  if (modelName !== undefined && !findModel(db, modelName)) {
    return `Could not find model "${resourceArn('model', modelName)}".`
  }
  if (modelName !== undefined || hasRole) return undefined
  return `The variant ${quoted(variant)} needs a ModelName, or its endpoint configuration an ExecutionRoleArn.`
}

function refusePlace(variant: JsonObject): string | undefined {
  const {InstanceType, InstancePools, InitialInstanceCount, ManagedInstanceScaling} = variant
  if (isServerless(variant)) {
    if (InstanceType === undefined && InstancePools === undefined) {
      return refuseServerless(quoted(variant), objectAt(variant, 'ServerlessConfig'))
    }
    return `The variant ${quoted(variant)} must have a ServerlessConfig or instances, not both.`
  }
  if (InstanceType === undefined && InstancePools === undefined) {
    return `The variant ${quoted(variant)} needs an InstanceType or a ServerlessConfig.`
  }
  const isCounted = InitialInstanceCount !== undefined || ManagedInstanceScaling !== undefined
  if (InstanceType === undefined || isCounted) return undefined
  return `The variant ${quoted(variant)} needs an InitialInstanceCount for its InstanceType.`
}

/** For the configuration of a variant, and for what an update makes of it. */
export function refuseServerless(variantName: string, config: JsonObject): string | undefined {
  const memory = numberAt(config, 'MemorySizeInMB') ?? 0
  if (memory % 1024 !== 0) {
    return `The variant ${variantName} must have a MemorySizeInMB of 1024, 2048, 3072, 4096, 5120 or 6144, not ${memory}.`
  }
  const most = numberAt(config, 'MaxConcurrency')
  const provisioned = numberAt(config, 'ProvisionedConcurrency')
  if (most === undefined || provisioned === undefined || provisioned <= most) return undefined
  return `The variant ${variantName} must have a ProvisionedConcurrency of at most its MaxConcurrency of ${most}, not ${provisioned}.`
}

function isServerless({ServerlessConfig}: JsonObject): boolean {
  return ServerlessConfig !== undefined
}

function quoted(variant: JsonObject): string {
  return `"${textAt(variant, 'VariantName')}"`
}
