// An Endpoint step: a new endpoint, or another configuration for the one that has the name. It serves nothing here.

import {isJsonObject, type Json, type JsonObject} from '../../../definition/json.ts'
import type {StepDefinition} from '../../../definition/types.ts'
import {resourceArn} from '../../store/arns.ts'
import {compact, seconds} from '../../store/documents.ts'
import {describeResource, findResourceByName} from '../../store/resources.ts'
import {failed, type InstantDeps, resolveArguments, type StepEnd} from '../instant-parts.ts'
import {nameOrMade, notServed, refused} from './made-name.ts'
import {recordResource} from './record-resource.ts'

export function runEndpoint(step: StepDefinition, deps: InstantDeps): StepEnd {
  const {db, executionArn} = deps
  const resolved = resolveArguments(step, deps)
  if (resolved.kind === 'failed') return resolved

  const {request} = resolved
  const name = nameOrMade(request, 'EndpointName', step.Name, executionArn)
  const existing = findResourceByName(db, 'Endpoint', name)
  const configName = typeof request.EndpointConfigName === 'string' ? request.EndpointConfigName : ''
  const config = findResourceByName(db, 'EndpointConfig', configName)
  if (!config) {
    const why = `Could not find endpoint configuration "${resourceArn('endpoint-config', configName)}".`
    return failed(refused(existing ? 'UpdateEndpoint' : 'CreateEndpoint', why))
  }
  const now = deps.now()
  const arn = existing?.arn ?? resourceArn('endpoint', name)
  const createdAtMs = existing?.createdAtMs ?? now
  const described = {
    EndpointName: name,
    EndpointArn: arn,
    EndpointConfigName: config.name,
    EndpointStatus: 'InService',
    ...describeVariants(describeResource(config)),
    CreationTime: seconds(createdAtMs) ?? 0,
    LastModifiedTime: seconds(now) ?? 0,
  }
  const end = recordResource(
    {arn, kind: 'Endpoint', name, createdAtMs, modifiedAtMs: now},
    {tagged: request, request: withoutDeployment(request), described},
    deps,
  )
  return {...end, simulated: notServed}
}

/** DescribeEndpoint calls it LastDeploymentConfig. */
function withoutDeployment({DeploymentConfig: deployment, ...request}: JsonObject): JsonObject {
  return deployment === undefined ? request : {...request, LastDeploymentConfig: deployment}
}

/** ProductionVariantSummary: as many instances as wanted, all of the traffic where it belongs. */
function describeVariants(config: JsonObject): JsonObject {
  const of = (value: Json | undefined) =>
    Array.isArray(value) ? value.filter(isJsonObject).map(describeVariant) : undefined
  return compact({
    ProductionVariants: of(config.ProductionVariants),
    ShadowProductionVariants: of(config.ShadowProductionVariants),
    DataCaptureConfig: describeCapture(config.DataCaptureConfig),
  })
}

function describeVariant(variant: JsonObject): JsonObject {
  const {VariantName, InitialVariantWeight = 1, InitialInstanceCount, ServerlessConfig} = variant
  return compact({
    VariantName,
    CurrentWeight: InitialVariantWeight,
    DesiredWeight: InitialVariantWeight,
    CurrentInstanceCount: InitialInstanceCount,
    DesiredInstanceCount: InitialInstanceCount,
    CurrentServerlessConfig: ServerlessConfig,
    DesiredServerlessConfig: ServerlessConfig,
  })
}

function describeCapture(capture: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(capture)) return undefined
  const {EnableCapture = false, InitialSamplingPercentage: share, DestinationS3Uri, KmsKeyId} = capture
  const members = {EnableCapture, CurrentSamplingPercentage: share, DestinationS3Uri, KmsKeyId}
  return compact({...members, CaptureStatus: EnableCapture === true ? 'Started' : 'Stopped'})
}
