// What describing an endpoint shows of its configuration: a summary of each variant, with as many instances as wanted and all of the
// traffic where it belongs.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectsAt} from '../../definition/json-members.ts'
import {containersOf} from '../runners/hosting/hosted-model.ts'
import {compact} from '../store/documents.ts'
import {refuseServerless} from './refuse-variants.ts'

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

export type Changed = {readonly kind: 'changed'; readonly described: JsonObject}
type NotChanged = {readonly kind: 'refused'; readonly why: string}

/** UpdateEndpointWeightsAndCapacities: the description with other weights, counts and concurrencies. */
export function changeVariants(described: JsonObject, changes: readonly JsonObject[]): Changed | NotChanged {
  const variants = new Map(objectsAt(described, 'ProductionVariants').map((variant) => [variant.VariantName, variant]))
  for (const change of changes) {
    const before = variants.get(change.VariantName ?? null)
    if (!before) {
      return refuse(`Could not find variant "${change.VariantName}" of endpoint "${described.EndpointArn}".`)
    }
    const after = changeVariant(before, change)
    if (typeof after === 'string') return refuse(after)
    variants.set(before.VariantName, after)
  }
  return {kind: 'changed', described: {...described, ProductionVariants: [...variants.values()]}}
}

/** The variant, or why it cannot be changed so. */
function changeVariant(variant: JsonObject, change: JsonObject): JsonObject | string {
  const {DesiredWeight: weight, DesiredInstanceCount: count, ServerlessUpdateConfig: update} = change
  const standing = variant.CurrentServerlessConfig
  const name = `"${variant.VariantName}"`
  if (isJsonObject(update) && !isJsonObject(standing)) {
    return `The variant ${name} has instances, so it takes no ServerlessUpdateConfig.`
  }
  const config = isJsonObject(standing) && isJsonObject(update) ? {...standing, ...update} : undefined
  const refusal = config && refuseServerless(name, config)
  if (refusal !== undefined) return refusal
  return {
    ...variant,
    ...compact({CurrentWeight: weight, DesiredWeight: weight}),
    ...compact({CurrentInstanceCount: count, DesiredInstanceCount: count}),
    ...compact({CurrentServerlessConfig: config, DesiredServerlessConfig: config}),
  }
}

function refuse(why: string): NotChanged {
  return {kind: 'refused', why}
}
