// CreateEndpointConfig as far as the database goes, for the operation and for the EndpointConfig steps of pipelines.
// Wording as seen from the service: "Cannot create already existing endpoint configuration", "Could not find model".

import type {JsonObject} from '../../definition/json.ts'
import {objectsAt, textAt} from '../../definition/json-members.ts'
import {resourceArn} from '../store/arns.ts'
import type {Db} from '../store/database.ts'
import {seconds} from '../store/documents.ts'
import {findModel} from '../store/models.ts'
import {findResourceByName, saveResource} from '../store/resources.ts'
import {putTags} from '../store/tags.ts'
import type {Maker, Refused} from './deploy-endpoint.ts'

export type MadeConfig = {readonly kind: 'made'; readonly arn: string}

/** Call inside a transaction. */
export function makeEndpointConfig(
  db: Db,
  request: JsonObject,
  {executionArn, tags, nowMs}: Maker,
): MadeConfig | Refused {
  const name = textAt(request, 'EndpointConfigName') ?? ''
  const arn = resourceArn('endpoint-config', name)
  const why = refuseVariants(db, request)
  if (findResourceByName(db, 'EndpointConfig', name)) {
    return {kind: 'refused', why: `Cannot create already existing endpoint configuration "${arn}".`}
  }
  if (why !== undefined) return {kind: 'refused', why}

  const {Tags: _, ...kept} = request
  const described = {EndpointConfigName: name, EndpointConfigArn: arn, CreationTime: seconds(nowMs) ?? 0}
  putTags(db, arn, tags)
  saveResource(db, {
    ...{arn, kind: 'EndpointConfig', name, executionArn, createdAtMs: nowMs, modifiedAtMs: nowMs},
    request: JSON.stringify(kept),
    described: JSON.stringify(described),
  })
  return {kind: 'made', arn}
}

function refuseVariants(db: Db, request: JsonObject): string | undefined {
  const variants = [...objectsAt(request, 'ProductionVariants'), ...objectsAt(request, 'ShadowProductionVariants')]
  const names = variants.map((variant) => textAt(variant, 'VariantName'))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    return `Variant names must be unique in an endpoint configuration; "${twice}" is there twice.`
  for (const variant of variants) {
    const modelName = textAt(variant, 'ModelName')
    if (modelName !== undefined && !findModel(db, modelName)) {
      return `Could not find model "${resourceArn('model', modelName)}".`
    }
    const isPlaced = ['InstanceType', 'ServerlessConfig', 'InstancePools'].some(
      (member) => variant[member] !== undefined,
    )
    if (!isPlaced) return `The variant "${textAt(variant, 'VariantName')}" needs an InstanceType or a ServerlessConfig.`
  }
  return undefined
}
