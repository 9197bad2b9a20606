// The door of the engine: tells the services apart, and with them the protocols.

import {randomUUID} from 'node:crypto'
import type {OperationContext} from '../operations/context.ts'
import {answerJson} from './json-protocol.ts'
import {type Incoming, lowerCaseHeaders, type WireRequest, type WireResponse} from './message.ts'
import {type Service, serviceOf} from './protocol.ts'
import {answerQuery} from './query-protocol.ts'
import {answerRuntime} from './runtime-protocol.ts'
import {answerS3} from './s3-protocol.ts'
import {answerScheduler} from './scheduler-protocol.ts'

type Answer = (incoming: Incoming, context: OperationContext) => Promise<WireResponse>

const protocols: Readonly<Record<Service, Answer>> = {
  sagemaker: answerJson,
  'runtime.sagemaker': answerRuntime,
  events: answerJson,
  logs: answerJson,
  scheduler: answerScheduler,
  sts: answerQuery,
  iam: answerQuery,
  monitoring: answerMonitoring,
  s3: answerS3,
}

/** Answers one request. Never rejects: what goes wrong inside is a 500 in the protocol's own envelope. */
export async function dispatch(request: WireRequest, context: OperationContext): Promise<WireResponse> {
  const incoming = {request, headers: lowerCaseHeaders(request), requestId: randomUUID()}
  const service = serviceOf(incoming)
  const answer = service === undefined ? unknownService(incoming) : protocols[service]
  return answer(incoming, context)
}

/** CloudWatch speaks AWS JSON 1.0 with today's clients, and the query protocol with older ones. */
function answerMonitoring(incoming: Incoming, context: OperationContext): Promise<WireResponse> {
  return (incoming.headers.has('x-amz-target') ? answerJson : answerQuery)(incoming, context)
}

/** A service that is not there is told of in the protocol of the request: an error with a name is read by every client. */
function unknownService({headers}: Incoming): Answer {
  return headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') ? answerQuery : answerJson
}
