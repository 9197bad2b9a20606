// InvokeEndpoint of SageMaker Runtime: a request to one of the variants of an endpoint, and what its model answers.
//
// Wording as seen from the service: "Endpoint X of account Y not found.", "Received server error (500) from primary with message …",
// "Your invocation timed out …", "could not load the entire response body". Of its address in the CloudWatch console the log group is kept.

import type {ModelRequest} from '../../serving/model-process.ts'
import type {Served} from '../../serving/model-server.ts'
import {pickVariant} from '../../serving/pick-variant.ts'
import {refuseTarget, type Target} from '../../serving/refuse-target.ts'
import {accountId, region} from '../../store/arns.ts'
import {describeResource, findResourceByName, type ResourceRow} from '../../store/resources.ts'
import {type DeployedVariant, findDeploymentOf, parseVariants} from '../../store/serving.ts'
import type {OperationContext} from '../context.ts'
import {endpointLogGroup} from '../endpoint-logs.ts'

export type Invocation = ModelRequest &
  Target & {
    readonly endpointName: string
    readonly targetVariant?: string
  }

export type RuntimeFault = {
  readonly type:
    | 'ValidationError'
    | 'ModelError'
    | 'ServiceUnavailable'
    | 'UnknownOperationException'
    | 'InternalFailure'
  readonly message: string
  /** Of a ModelError: what the model itself said. */
  readonly original?: {readonly status: number; readonly message: string; readonly logGroup: string}
}

export type Invoked =
  | {
      readonly kind: 'answer'
      readonly body: Uint8Array
      readonly headers: Readonly<Record<string, string>>
      readonly variantName: string
    }
  | {readonly kind: 'fault'; readonly fault: RuntimeFault}

export async function invokeEndpoint(invocation: Invocation, context: OperationContext): Promise<Invoked> {
  const {endpointName, targetVariant, body} = invocation
  const {db, endpoints, random} = context
  const found = findResourceByName(db, 'Endpoint', endpointName)
  // CreateEndpoint, EndpointName: only here must the letters be as large and small as they were given.
  const endpoint = found?.name === endpointName ? found : undefined
  const live = endpoint && findDeploymentOf(db, endpoint.arn, 'live')
  if (!live) return refuse('ValidationError', `Endpoint ${endpointName} of account ${accountId} not found.`)

  const variant = pickVariant(parseVariants(live), describeResource(endpoint), targetVariant, random())
  if (!variant) return refuse('ValidationError', `Variant ${targetVariant} of endpoint ${endpoint.name} not found.`)
  const refusal = refuseTarget(endpoint.name, invocation, variant.request)
  if (refusal !== undefined) return refuse('ValidationError', refusal)
  const {limits} = endpoints
  const most = variant.isServerless ? limits.mostServerlessBytes : limits.mostBytes
  if (body.length > most) return refuse('ValidationError', tooLong(most))
  if (!variant.model) return modelError(endpoint, 501, `nothing answers here: ${variant.simulated}`)

  const served = await endpoints.serverOf(live, variant).invoke(invocation)
  return reply(served, endpoint, variant)
}

export function tooLong(mostBytes: number): string {
  return `1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to ${mostBytes}`
}

function reply(served: Served, endpoint: ResourceRow, {name}: DeployedVariant): Invoked {
  switch (served.kind) {
    case 'answer':
      return {...served, variantName: name}
    case 'error':
      return modelError(endpoint, served.status, served.message)
    case 'unloadable':
      return modelError(endpoint, 500, served.why)
    case 'too-large':
      return modelError(endpoint, 500)
    case 'timed-out':
      return modelError(endpoint, 0, timedOut)
    case 'closed':
      return refuse('ServiceUnavailable', 'The embedded engine is being ended. Try your call again.')
  }
}

const timedOut =
  'Your invocation timed out while waiting for a response from container primary. ' +
  'Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.'

/** A script's error may have a whole table in it. */
const longestMessage = 4096

function modelError({name}: ResourceRow, status: number, whole?: string): Invoked {
  const message = whole?.slice(0, longestMessage)
  const who = status >= 400 && status < 500 ? 'client error' : 'server error'
  const said = message === undefined ? 'and could not load the entire response body' : `with message "${message}"`
  const logGroup = endpointLogGroup(name)
  const where = `See the log group ${logGroup} in account ${accountId} for more information.`
  return {
    kind: 'fault',
    fault: {
      type: 'ModelError',
      message: `Received ${who} (${status}) from primary ${said}. ${where}`,
      original: {status, message: message ?? '', logGroup: `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}`},
    },
  }
}

function refuse(type: RuntimeFault['type'], message: string): Invoked {
  return {kind: 'fault', fault: {type, message}}
}
