// An Endpoint step: a new endpoint, or another configuration for the one that has the name. The step waits until the endpoint answers
// with it, as AWS's does, and fails when it does not come to that.

import type {JsonObject} from '../../../definition/json.ts'
import type {StepDefinition} from '../../../definition/types.ts'
import {type Begun, createEndpoint, type Refused, updateEndpoint} from '../../serving/deploy-endpoint.ts'
import type {Db} from '../../store/database.ts'
import {findResourceByName, type ResourceRow} from '../../store/resources.ts'
import {findDeployment, findDeploymentOf} from '../../store/serving.ts'
import {createEndpointShape, updateEndpointShape} from '../../validations/serving/endpoints.ts'
import {checkRequest} from '../../validations/shape.ts'
import {failed, type InstantDeps, resolveArguments, type StepEnd, type StepWait, stepTags} from '../instant-parts.ts'
import {nameOrMade, refused} from './made-name.ts'

export function runEndpoint(step: StepDefinition, deps: InstantDeps): StepEnd | StepWait {
  const {db, executionArn, endpoints} = deps
  const resolved = resolveArguments(step, deps)
  if (resolved.kind === 'failed') return resolved

  const EndpointName = nameOrMade(resolved.request, 'EndpointName', step.Name, executionArn)
  const existing = findResourceByName(db, 'Endpoint', EndpointName)
  const left = existing && leftBehind(existing, deps)
  if (left) {
    endpoints.takeOn(left.arn)
    return waitFor(left, db)
  }

  const operation = existing ? 'UpdateEndpoint' : 'CreateEndpoint'
  const begun = deploy({...resolved.request, EndpointName}, existing !== undefined, deps)
  if (begun.kind === 'refused') return failed(refused(operation, begun.why))
  endpoints.rollOut(begun.deploymentId)
  return waitFor(begun, db)
}

/** What this execution had begun before it was retried. */
function leftBehind({arn, executionArn}: ResourceRow, deps: InstantDeps): Begun | undefined {
  const pending = executionArn === deps.executionArn ? findDeploymentOf(deps.db, arn, 'pending') : undefined
  return pending && {kind: 'begun', arn, deploymentId: pending.id}
}

function deploy(request: JsonObject, isThere: boolean, {db, executionArn, now}: InstantDeps): Begun | Refused {
  const checked = checkRequest(request, isThere ? updateEndpointShape : createEndpointShape)
  if (checked.kind === 'fault') return {kind: 'refused', why: checked.fault.message}
  const maker = {executionArn, tags: stepTags(request, executionArn), nowMs: now()}
  return (isThere ? updateEndpoint : createEndpoint)(db, checked.input, maker)
}

function waitFor({arn, deploymentId}: Begun, db: Db): StepWait {
  const metadata = {Endpoint: {Arn: arn}}
  return {
    kind: 'waiting',
    metadata,
    look() {
      const row = findDeployment(db, deploymentId)
      if (row?.state === 'pending') return undefined
      if (row?.state === 'live') {
        return {kind: 'succeeded', metadata, ...(row.simulated === null ? {} : {simulated: row.simulated})}
      }
      return {...failed(`ClientError: ${row?.failureReason ?? 'the endpoint was deleted or updated again'}`), metadata}
    },
  }
}
