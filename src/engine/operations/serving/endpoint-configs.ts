// CreateEndpointConfig and DeleteEndpointConfig. One that an endpoint uses may be deleted, and the endpoint goes on (API Reference,
// DeleteEndpointConfig: "It does not delete endpoints created using the configuration").

import type {JsonObject} from '../../../definition/json.ts'
import {makeEndpointConfig} from '../../serving/make-endpoint-config.ts'
import {resourceArn} from '../../store/arns.ts'
import {deleteResource, findResourceByName} from '../../store/resources.ts'
import type {createEndpointConfigShape, deleteEndpointConfigShape} from '../../validations/serving/endpoints.ts'
import type {InputOf} from '../../validations/shape.ts'
import type {OperationContext} from '../context.ts'
import {invalid, ok, type Reply} from '../reply.ts'

export function createEndpointConfig(
  input: InputOf<typeof createEndpointConfigShape>,
  {db, now}: OperationContext,
): Reply {
  const maker = {executionArn: '', tags: input.Tags ?? [], nowMs: now()}
  return db.transaction(() => {
    const made = makeEndpointConfig(db, input as unknown as JsonObject, maker)
    return made.kind === 'refused' ? invalid(made.why) : ok({EndpointConfigArn: made.arn})
  })
}

export function deleteEndpointConfig(
  {EndpointConfigName: name}: InputOf<typeof deleteEndpointConfigShape>,
  {db}: OperationContext,
): Reply {
  return db.transaction(() => {
    const row = findResourceByName(db, 'EndpointConfig', name)
    if (!row) return invalid(`Could not find endpoint configuration "${resourceArn('endpoint-config', name)}".`)
    deleteResource(db, row.arn)
    return ok({})
  })
}
