// What describing an endpoint shows of its configuration: a summary of each variant, with as many instances as wanted and all of the
// traffic where it belongs.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectsAt} from '../../definition/json-members.ts'
import {containersOf} from '../runners/hosting/hosted-model.ts'
import {compact} from '../store/documents.ts'

/** `modelOf` gives the CreateModel request of a model by its name. */
export function summariseConfig(config: JsonObject, modelOf: (name: string) => JsonObject | undefined): JsonObject {
  const of = (member: string) =>
    config[member] === undefined
      ? undefined
      : objectsAt(config, member).map((variant) => summariseVariant(variant, modelOf))
  return compact({
    ProductionVariants: of('ProductionVariants'),
    ShadowProductionVariants: of('ShadowProductionVariants'),
    DataCaptureConfig: summariseCapture(config.DataCaptureConfig),
    AsyncInferenceConfig: config.AsyncInferenceConfig,
    ExplainerConfig: config.ExplainerConfig,
  })
}

function summariseVariant(variant: JsonObject, modelOf: (name: string) => JsonObject | undefined): JsonObject {
  const {VariantName, ModelName, InitialVariantWeight = 1, InitialInstanceCount, ServerlessConfig} = variant
  const model = typeof ModelName === 'string' ? modelOf(ModelName) : undefined
  return compact({
    VariantName,
    DeployedImages:
      model && containersOf(model).flatMap(({Image}) => (Image === undefined ? [] : [{SpecifiedImage: Image}])),
    CurrentWeight: InitialVariantWeight,
    DesiredWeight: InitialVariantWeight,
    CurrentInstanceCount: InitialInstanceCount,
    DesiredInstanceCount: InitialInstanceCount,
    CurrentServerlessConfig: ServerlessConfig,
    DesiredServerlessConfig: ServerlessConfig,
    ManagedInstanceScaling: variant.ManagedInstanceScaling,
    RoutingConfig: variant.RoutingConfig,
  })
}

function summariseCapture(capture: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(capture)) return undefined
  const {EnableCapture = false, InitialSamplingPercentage: share, DestinationS3Uri, KmsKeyId} = capture
  const members = {EnableCapture, CurrentSamplingPercentage: share, DestinationS3Uri, KmsKeyId}
  return compact({...members, CaptureStatus: EnableCapture === true ? 'Started' : 'Stopped'})
}

/** UpdateEndpoint, RetainAllVariantProperties: what the variants of the same names have now, but for what is excluded. */
export function retainProperties(summary: JsonObject, current: JsonObject, excluded: ReadonlySet<string>): JsonObject {
  const before = new Map(objectsAt(current, 'ProductionVariants').map((variant) => [variant.VariantName, variant]))
  const variants = objectsAt(summary, 'ProductionVariants').map((variant) => {
    const was = before.get(variant.VariantName) ?? {}
    const weight = excluded.has('DesiredWeight') ? undefined : was.DesiredWeight
    const count = excluded.has('DesiredInstanceCount') ? undefined : was.DesiredInstanceCount
    return {
      ...variant,
      ...compact({CurrentWeight: weight, DesiredWeight: weight}),
      ...compact({CurrentInstanceCount: count, DesiredInstanceCount: count}),
    }
  })
  const capture = excluded.has('DataCaptureConfig') ? undefined : current.DataCaptureConfig
  return {...summary, ProductionVariants: variants, ...compact({DataCaptureConfig: capture})}
}

/** DescribeEndpoint while it is creating or updating. */
export function pendingSummary(configName: string, summary: JsonObject, startSeconds: number): JsonObject {
  const {ProductionVariants, ShadowProductionVariants} = summary
  return compact({
    EndpointConfigName: configName,
    ProductionVariants,
    ShadowProductionVariants,
    StartTime: startSeconds,
  })
}

/** UpdateEndpointWeightsAndCapacities: the description with other weights and counts, or the name of a variant that is not there. */
export function changeVariants(described: JsonObject, changes: readonly JsonObject[]): JsonObject | string {
  const variants = objectsAt(described, 'ProductionVariants')
  const unknown = changes.find(({VariantName}) => !variants.some((variant) => variant.VariantName === VariantName))
  if (unknown) return String(unknown.VariantName)
  const changed = variants.map((variant) => {
    const wanted = changes.find(({VariantName}) => VariantName === variant.VariantName) ?? {}
    const {DesiredWeight: weight, DesiredInstanceCount: count} = wanted
    return {
      ...variant,
      ...compact({CurrentWeight: weight, DesiredWeight: weight}),
      ...compact({CurrentInstanceCount: count, DesiredInstanceCount: count}),
    }
  })
  return {...described, ProductionVariants: changed}
}
