// REST-JSON, which EventBridge Scheduler speaks: the operation is the method and the path, and the input is put together
// from path, query and body. The name of a fault stands in x-amzn-errortype, its kind in the status.

import type {Json, JsonObject} from '../../definition/json.ts'
import type {OperationContext} from '../operations/context.ts'
import {type Fault, type Reply, refuse} from '../operations/reply.ts'
import {type Route, schedulerRoutes} from '../operations/scheduler-operations.ts'
import {parseJsonInput} from './json-protocol.ts'
import {bodyText, type Incoming, type WireResponse} from './message.ts'

export async function answerScheduler(incoming: Incoming, context: OperationContext): Promise<WireResponse> {
  const reply = await run(incoming, context).catch((error: unknown) =>
    refuse('InternalFailure', error instanceof Error ? error.message : String(error)),
  )
  if (reply.kind === 'output') return respond(incoming, 200, reply.output)
  const response = respond(incoming, statusOf(reply.fault), {Message: reply.fault.message})
  return {...response, headers: {...response.headers, 'x-amzn-errortype': reply.fault.type}}
}

async function run(incoming: Incoming, context: OperationContext): Promise<Reply> {
  const {request} = incoming
  const [collection = '', ...rest] = request.path.replace(/^\//, '').split('/')
  const label = decodeLabel(rest.join('/'))
  const name = `${request.method} /${collection}${label === '' ? '' : '/*'}`
  const route = Object.hasOwn(schedulerRoutes, name) ? schedulerRoutes[name] : undefined
  if (!route) return refuse('UnknownOperationException', `${name} is not an operation of the embedded engine.`)
  const body = parseJsonInput(await bodyText(incoming))
  if (!body) return refuse('SerializationException', 'The request body is not a JSON object.')
  return route.operation({...body, ...queryMembers(route, request.query), ...labelMember(route, label)}, context)
}

function labelMember({label}: Route, text: string): JsonObject {
  return label === undefined ? {} : {[label]: text}
}

/** Everything in a query is text; two members are not. */
function queryMembers({query = {}}: Route, given: Incoming['request']['query']): JsonObject {
  const members: Record<string, Json> = {}
  for (const [name, member] of Object.entries(query)) {
    const value = given[name]
    if (value === undefined || value === null) continue
    const texts = typeof value === 'string' ? [value] : value
    const [first = ''] = texts
    if (member === 'TagKeys') members[member] = [...texts]
    else if (member === 'MaxResults' && /^\d{1,9}$/.test(first)) members[member] = Number(first)
    else members[member] = first
  }
  return members
}

function decodeLabel(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function statusOf({type, status}: Fault): number {
  if (type === 'ConflictException') return 409
  if (type === 'ResourceNotFoundException' || type === 'UnknownOperationException') return 404
  return type === 'ServiceQuotaExceededException' ? 402 : status
}

function respond({requestId}: Incoming, statusCode: number, body: JsonObject): WireResponse {
  const bytes = Buffer.from(JSON.stringify(body))
  const headers = {
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    'x-amzn-requestid': requestId,
  }
  return {statusCode, headers, body: bytes}
}
