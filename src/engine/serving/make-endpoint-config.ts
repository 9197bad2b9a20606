// CreateEndpointConfig as far as the database goes, for the operation and for the EndpointConfig steps of pipelines.
// Wording as seen from the service: "Cannot create already existing endpoint configuration".

import type {JsonObject} from '../../definition/json.ts'
import {objectsAt, textAt} from '../../definition/json-members.ts'
import {resourceArn} from '../store/arns.ts'
import type {Db} from '../store/database.ts'
import {compact, seconds} from '../store/documents.ts'
import {findResourceByName, saveResource} from '../store/resources.ts'
import {putTags} from '../store/tags.ts'
import type {Maker, Refused} from './deploy-endpoint.ts'
import {refuseVariants} from './refuse-variants.ts'

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

  const {Tags: _, ...kept} = withWeights(request)
  const described = {EndpointConfigName: name, EndpointConfigArn: arn, CreationTime: seconds(nowMs) ?? 0}
  putTags(db, arn, tags)
  saveResource(db, {
    ...{arn, kind: 'EndpointConfig', name, executionArn, createdAtMs: nowMs, modifiedAtMs: nowMs},
    request: JSON.stringify(kept),
    described: JSON.stringify(described),
  })
  return {kind: 'made', arn}
}

/** A variant of which nothing is said weighs 1 (API Reference, ProductionVariant, InitialVariantWeight). */
function withWeights(request: JsonObject): JsonObject {
  const weighted = (member: string) =>
    request[member] === undefined
      ? undefined
      : objectsAt(request, member).map((variant) => ({InitialVariantWeight: 1, ...variant}))
  return {
    ...request,
    ...compact({
      ProductionVariants: weighted('ProductionVariants'),
      ShadowProductionVariants: weighted('ShadowProductionVariants'),
    }),
  }
}
