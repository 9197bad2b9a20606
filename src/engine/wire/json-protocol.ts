// AWS JSON 1.0 and 1.1: the operation stands in X-Amz-Target, input and output are JSON, faults carry their name in `__type`.

import {isJsonObject, type JsonObject} from '../../definition/json.ts'
import type {OperationContext} from '../operations/context.ts'
import {eventsOperations} from '../operations/events-operations.ts'
import {monitoringOperations} from '../operations/monitoring-operations.ts'
import {logsOperations, sageMakerOperations} from '../operations/operations.ts'
import {type Fault, type Reply, refuse} from '../operations/reply.ts'
import {bodyText, type Incoming, type WireResponse} from './message.ts'
import {serviceOf} from './protocol.ts'
import {inJsonWords} from './query-compatible.ts'

const services = {
  SageMaker: sageMakerOperations,
  Logs_20140328: logsOperations,
  AWSEvents: eventsOperations,
  GraniteServiceVersion20100801: monitoringOperations,
}

export async function answerJson(incoming: Incoming, context: OperationContext): Promise<WireResponse> {
  const reply = await run(incoming, context).catch(internalFailure)
  return reply.kind === 'output' ? respond(incoming, 200, reply.output) : respondFault(incoming, reply.fault)
}

async function run(incoming: Incoming, context: OperationContext): Promise<Reply> {
  const target = incoming.headers.get('x-amz-target') ?? 'a request without X-Amz-Target'
  const operation = findOperation(target)
  if (!operation) return refuse('UnknownOperationException', `${target} is not an operation of the embedded engine.`)
  const input = parseJsonInput(await bodyText(incoming))
  if (!input) return refuse('SerializationException', 'The request body is not a JSON object.')
  return operation(input, context)
}

const version1_0 = 'application/x-amz-json-1.0'

function findOperation(target: string) {
  const [service = '', name = ''] = target.split('.')
  const operations = Object.hasOwn(services, service) ? services[service as keyof typeof services] : {}
  return Object.hasOwn(operations, name) ? operations[name] : undefined
}

/** An empty body is an empty input. */
export function parseJsonInput(text: string): JsonObject | undefined {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function internalFailure(error: unknown): Reply {
  return refuse('InternalFailure', error instanceof Error ? error.message : String(error))
}

function respondFault(incoming: Incoming, fault: Fault): WireResponse {
  const {type, headers} = serviceOf(incoming) === 'monitoring' ? inJsonWords(fault) : {type: fault.type, headers: {}}
  const response = respond(incoming, fault.status, {__type: type, message: fault.message})
  return {...response, headers: {...response.headers, 'x-amzn-errortype': type, ...headers}}
}

function respond({requestId, headers: asked}: Incoming, statusCode: number, body: JsonObject): WireResponse {
  const bytes = Buffer.from(JSON.stringify(body))
  const headers = {
    'content-type': asked.get('content-type') === version1_0 ? version1_0 : 'application/x-amz-json-1.1',
    'content-length': String(bytes.length),
    'x-amzn-requestid': requestId,
  }
  return {statusCode, headers, body: bytes}
}
