// EndpointConfig → endpoint-config.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import {objectAt, objectsAt, textAt} from '../../definition/json-members.ts'
import type {Lift, LiftContext, SpecMap, SpecValue} from '../lift.ts'
import {liftTags, liftText, shortForm} from './job-parts.ts'

/** What the compiler calls the only variant. */
const onlyVariant = 'AllTraffic'

export const liftEndpointConfig: Lift = (step, context) => {
  const request = objectAt(step, 'Arguments')
  return {
    ...liftText('config', request.EndpointConfigName, context),
    ...liftVariants(request, context),
    ...liftCapture(objectAt(request, 'DataCaptureConfig'), context),
    ...liftText('role', request.ExecutionRoleArn, context),
    ...liftTags(request.Tags, context),
  }
}

/** In the short form when there is one variant with the usual name and nothing but model and machine; none when names are wrong. */
function liftVariants(request: JsonObject, context: LiftContext): SpecMap {
  const all = objectsAt(request, 'ProductionVariants')
  const names = all.map((variant) => textAt(variant, 'VariantName'))
  const isNamed = names.every((name) => name !== undefined) && new Set(names).size === names.length
  if (all.length === 0 || !isNamed) return {}
  const lifted = all.map((variant) => liftVariant(variant, context))
  const [only] = lifted
  const isShort = lifted.length === 1 && names[0] === onlyVariant && only && !('weight' in only) && !('api' in only)
  return isShort ? only : {variants: Object.fromEntries(lifted.map((variant, index) => [names[index] ?? '', variant]))}
}

function liftVariant(variant: JsonObject, context: LiftContext): SpecMap {
  const {VariantName: _, ModelName: model, InitialVariantWeight: weight, ...rest} = variant
  const {InstanceType: type, InitialInstanceCount: count, VolumeSizeInGB: volume, ServerlessConfig, ...others} = rest
  const serverless = liftServerless(ServerlessConfig, context)
  const machine = {InstanceType: type, InitialInstanceCount: count, VolumeSizeInGB: volume}
  const isMachine = type !== undefined && isNumber(count) && (volume === undefined || isNumber(volume))
  const left = {
    ...others,
    ...(isMachine ? {} : present(machine)),
    ...(serverless ? {} : present({ServerlessConfig})),
    ...(weight === undefined || isNumber(weight) ? {} : {InitialVariantWeight: weight}),
  }
  return {
    ...liftText('model', model, context),
    ...(isMachine ? {instance: liftMachine(machine, context)} : {}),
    ...(serverless ? {serverless} : {}),
    ...(isNumber(weight) ? {weight: context.value(weight)} : {}),
    ...(Object.keys(left).length > 0 ? {api: context.value(left)} : {}),
  }
}

type Machine = Readonly<Record<'InstanceType' | 'InitialInstanceCount' | 'VolumeSizeInGB', Json | undefined>>

function liftMachine({InstanceType, InitialInstanceCount, VolumeSizeInGB}: Machine, context: LiftContext): SpecValue {
  return shortForm(
    {
      ...liftText('type', InstanceType, context),
      ...(isNumber(InitialInstanceCount) && InitialInstanceCount !== 1
        ? {count: context.value(InitialInstanceCount)}
        : {}),
      ...(isNumber(VolumeSizeInGB) ? {volume: context.value(VolumeSizeInGB)} : {}),
    },
    'type',
  )
}

function liftServerless(config: Json | undefined, context: LiftContext): SpecMap | undefined {
  if (!isJsonObject(config)) return undefined
  const {MemorySizeInMB: memory, MaxConcurrency: concurrency, ...others} = config
  if (!isNumber(memory) || !isNumber(concurrency) || Object.keys(others).length > 0) return undefined
  return {memory: context.value(memory), concurrency: context.value(concurrency)}
}

function liftCapture(
  {DestinationS3Uri: to, InitialSamplingPercentage: percent}: JsonObject,
  context: LiftContext,
): SpecMap {
  if (to === undefined) return {}
  return {capture: {to: context.text(to), ...(typeof percent === 'number' && percent !== 100 ? {percent} : {})}}
}

/** A number, or a reference, which can be one. */
function isNumber(json: Json | undefined): json is Json {
  if (isJsonObject(json)) return Object.keys(json).length === 1 && 'Get' in json
  return (
    json !== undefined && json !== null && typeof json !== 'string' && typeof json !== 'boolean' && !Array.isArray(json)
  )
}

function present(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
