// CreateEndpoint, UpdateEndpoint, UpdateEndpointWeightsAndCapacities and DeleteEndpoint. Loading the models comes after the answer, as
// on AWS: DescribeEndpoint says how it goes.

import type {JsonObject} from '../../../definition/json.ts'
import {
  type Begun,
  createEndpoint as create,
  endpointAtRest,
  type Refused,
  deleteEndpoint as remove,
  updateEndpoint as update,
} from '../../serving/deploy-endpoint.ts'
import {changeVariants} from '../../serving/endpoint-documents.ts'
import {seconds} from '../../store/documents.ts'
import {saveResource} from '../../store/resources.ts'
import type {
  createEndpointShape,
  deleteEndpointShape,
  updateEndpointShape,
  updateEndpointWeightsAndCapacitiesShape,
} from '../../validations/serving/endpoints.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {invalid, ok, type Reply} from '../reply.ts'

export function createEndpoint(input: InputOf<typeof createEndpointShape>, context: OperationContext): Reply {
  const {db, now} = context
  const maker = {executionArn: '', tags: input.Tags ?? [], nowMs: now()}
  return replyTo(
    db.transaction(() => create(db, input as unknown as JsonObject, maker)),
    context,
  )
}

export function updateEndpoint(input: InputOf<typeof updateEndpointShape>, context: OperationContext): Reply {
  const {db, now} = context
  const maker = {executionArn: '', tags: [], nowMs: now()}
  return replyTo(
    db.transaction(() => update(db, input as unknown as JsonObject, maker)),
    context,
  )
}

function replyTo(begun: Begun | Refused, {endpoints}: OperationContext): Reply {
  if (begun.kind === 'refused') return invalid(begun.why)
  endpoints.rollOut(begun.deploymentId)
  return ok({EndpointArn: begun.arn})
}

/** Nothing has to be started or stopped here for it, so the endpoint is not seen as Updating. */
export function updateEndpointWeightsAndCapacities(
  input: InputOf<typeof updateEndpointWeightsAndCapacitiesShape>,
  {db, now}: OperationContext,
): Reply {
  return db.transaction(() => {
    const found = endpointAtRest(db, input.EndpointName)
    if (found.kind === 'refused') return invalid(found.why)
    const {row} = found
    const described = JSON.parse(row.described) as JsonObject
    const changed = changeVariants(described, input.DesiredWeightsAndCapacities as unknown as readonly JsonObject[])
    if (changed.kind === 'refused') return invalid(changed.why)
    const nowMs = now()
    const text = JSON.stringify({...changed.described, LastModifiedTime: seconds(nowMs)})
    saveResource(db, {...row, described: text, modifiedAtMs: nowMs})
    return ok({EndpointArn: row.arn})
  })
}

export function deleteEndpoint(
  input: InputOf<typeof deleteEndpointShape>,
  {db, now, endpoints}: OperationContext,
): Reply {
  const refused = db.transaction(() => remove(db, input.EndpointName, now()))
  if (refused) return invalid(refused.why)
  endpoints.tidy()
  return ok({})
}
