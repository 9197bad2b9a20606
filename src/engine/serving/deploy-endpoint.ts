// CreateEndpoint, UpdateEndpoint and DeleteEndpoint as far as the database goes, for the operations and for the steps of pipelines.
// What is to be served is written down; loading it comes after, by `endpoint-control.ts`.
//
// Wording as seen from the service: "Cannot create already existing endpoint", "Cannot update in-progress endpoint", "Could not find
// endpoint". That a failed endpoint can only be deleted is in the API Reference (DescribeEndpoint), its wording is not.

import {randomUUID} from 'node:crypto'
import type {Json, JsonObject} from '../../definition/json.ts'
import {objectsAt, textAt} from '../../definition/json-members.ts'
import {numberAt} from '../runners/request-fields.ts'
import {withPackageContainers} from '../scheduler/package-containers.ts'
import {resourceArn} from '../store/arns.ts'
import type {Db} from '../store/database.ts'
import {compact, seconds} from '../store/documents.ts'
import {containersOfModel} from '../store/lineage/containers.ts'
import {findModel} from '../store/models.ts'
import {ownIdentity} from '../store/process-identity.ts'
import {
  deleteResource,
  describeResource,
  findResourceByName,
  type ResourceRow,
  saveResource,
} from '../store/resources.ts'
import {type DeployedVariant, findDeploymentOf, insertDeployment, retireDeployment} from '../store/serving.ts'
import {putTags, type Tag} from '../store/tags.ts'
import {pendingSummary, retainProperties, summariseConfig} from './endpoint-documents.ts'

export type Begun = {readonly kind: 'begun'; readonly arn: string; readonly deploymentId: string}
export type Refused = {readonly kind: 'refused'; readonly why: string}

export type Maker = {
  /** The pipeline execution; empty for a request of a client. */
  readonly executionArn: string
  readonly tags: readonly Tag[]
  readonly nowMs: number
}

/** Call inside a transaction. */
export function createEndpoint(db: Db, request: JsonObject, maker: Maker): Begun | Refused {
  const name = textAt(request, 'EndpointName') ?? ''
  const arn = resourceArn('endpoint', name)
  if (findResourceByName(db, 'Endpoint', name)) return refuse(`Cannot create already existing endpoint "${arn}".`)
  const config = configOf(db, request)
  if ('kind' in config) return config

  const plan = planDeployment(db, config)
  if ('kind' in plan) return plan

  putTags(db, arn, maker.tags)
  const described = {EndpointName: name, EndpointArn: arn, EndpointConfigName: config.name, EndpointStatus: 'Creating'}
  const row = {arn, kind: 'Endpoint', name, createdAtMs: maker.nowMs} as const
  return begin(db, {row, request, described, plan}, maker)
}

/** Call inside a transaction. */
export function updateEndpoint(db: Db, request: JsonObject, maker: Maker): Begun | Refused {
  const found = endpointAtRest(db, textAt(request, 'EndpointName') ?? '')
  if (found.kind === 'refused') return found
  const {row} = found
  const current = describeResource(row)
  if (current.EndpointStatus === 'Failed') {
    return refuse(`Cannot update failed endpoint "${row.arn}": it can only be deleted.`)
  }
  const config = configOf(db, request)
  if ('kind' in config) return config

  const plan = planDeployment(db, config)
  if ('kind' in plan) return plan

  putTags(db, row.arn, maker.tags)
  const summary = request.RetainAllVariantProperties === true ? retained(plan.summary, current, request) : plan.summary
  const {FailureReason: _, ...standing} = current
  const described = {...standing, EndpointStatus: 'Updating'}
  const kept = request.RetainDeploymentConfig === true ? {DeploymentConfig: current.LastDeploymentConfig} : {}
  const deployed = compact({...kept, ...request})
  return begin(db, {row, request: deployed, described, plan: {...plan, summary}}, maker)
}

/** Call inside a transaction. The reason why not, if it cannot be deleted. */
export function deleteEndpoint(db: Db, name: string, nowMs: number): Refused | undefined {
  const found = endpointAtRest(db, name)
  if (found.kind === 'refused') return found
  const {row} = found
  const live = findDeploymentOf(db, row.arn, 'live')
  if (live) retireDeployment(db, live.id, nowMs)
  saveResource(db, withStatus(row, 'Deleting', nowMs))
  deleteResource(db, row.arn)
  return undefined
}

/** The endpoint, when nothing is being done to it. */
export function endpointAtRest(db: Db, name: string): {readonly kind: 'found'; readonly row: ResourceRow} | Refused {
  const row = findResourceByName(db, 'Endpoint', name)
  if (!row) return refuse(`Could not find endpoint "${resourceArn('endpoint', name)}".`)
  if (findDeploymentOf(db, row.arn, 'pending')) return refuse(`Cannot update in-progress endpoint "${row.arn}".`)
  return {kind: 'found', row}
}

function withStatus(row: ResourceRow, status: string, nowMs: number): ResourceRow {
  const described = {...(JSON.parse(row.described) as JsonObject), EndpointStatus: status}
  return {...row, described: JSON.stringify(described), modifiedAtMs: nowMs}
}

type Config = {readonly name: string; readonly document: JsonObject}

function configOf(db: Db, request: JsonObject): Config | Refused {
  const name = textAt(request, 'EndpointConfigName') ?? ''
  const row = findResourceByName(db, 'EndpointConfig', name)
  if (!row) return refuse(`Could not find endpoint configuration "${resourceArn('endpoint-config', name)}".`)
  return {name: row.name, document: describeResource(row)}
}

type Plan = {readonly configName: string; readonly summary: JsonObject; readonly variants: readonly DeployedVariant[]}

/** Everything that is to be served, as it stands now. */
function planDeployment(db: Db, {name, document}: Config): Plan | Refused {
  const modelOf = (modelName: string): JsonObject | undefined => {
    const row = findModel(db, modelName)
    return row && withPackageContainers(JSON.parse(row.request) as JsonObject, db)
  }
  const variants: DeployedVariant[] = []
  for (const variant of objectsAt(document, 'ProductionVariants')) {
    const modelName = textAt(variant, 'ModelName')
    const request = modelName === undefined ? undefined : modelOf(modelName)
    if (modelName !== undefined && !request) return refuse(`Could not find model "${resourceArn('model', modelName)}".`)
    const loadSeconds = numberAt(variant, 'ContainerStartupHealthCheckTimeoutInSeconds')
    variants.push({
      name: textAt(variant, 'VariantName') ?? '',
      isServerless: variant.ServerlessConfig !== undefined,
      ...(request === undefined ? {} : {request}),
      ...(modelName === undefined ? {} : {containers: containersOfModel(db, modelName)}),
      ...(loadSeconds === undefined ? {} : {loadSeconds}),
    })
  }
  return {configName: name, summary: summariseConfig(document, modelOf), variants}
}

function retained(summary: JsonObject, current: JsonObject, request: JsonObject): JsonObject {
  const excluded = objectsAt(request, 'ExcludeRetainedVariantProperties')
  return retainProperties(summary, current, new Set(excluded.map((one) => textAt(one, 'VariantPropertyType') ?? '')))
}

type Beginning = {
  readonly row: Pick<ResourceRow, 'arn' | 'kind' | 'name' | 'createdAtMs'>
  readonly request: JsonObject
  readonly described: JsonObject
  readonly plan: Plan
}

function begin(db: Db, {row, request, described, plan}: Beginning, {executionArn, nowMs}: Maker): Begun {
  const {arn, createdAtMs} = row
  const id = randomUUID()
  const now = seconds(nowMs) ?? 0
  saveResource(db, {
    ...row,
    executionArn,
    modifiedAtMs: nowMs,
    // DescribeEndpoint calls it LastDeploymentConfig, and shows nothing else of the request.
    request: JSON.stringify(compact({LastDeploymentConfig: request.DeploymentConfig})),
    described: JSON.stringify({
      ...described,
      PendingDeploymentSummary: pendingSummary(plan.configName, plan.summary, now),
      CreationTime: seconds(createdAtMs) ?? 0,
      LastModifiedTime: now,
    } satisfies Record<string, Json>),
  })
  insertDeployment(db, {...plan, id, endpointArn: arn, createdAtMs: nowMs, owner: ownIdentity()})
  return {kind: 'begun', arn, deploymentId: id}
}

function refuse(why: string): Refused {
  return {kind: 'refused', why}
}
