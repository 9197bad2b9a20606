// The door of the engine: tells the protocols apart. A request with a target header is AWS JSON; any other is S3's.

import {randomUUID} from 'node:crypto'
import type {OperationContext} from '../operations/context.ts'
import {answerJson, isJsonRequest} from './json-protocol.ts'
import {lowerCaseHeaders, type WireRequest, type WireResponse} from './message.ts'
import {answerS3} from './s3-protocol.ts'

/** Answers one request. Never rejects: what goes wrong inside is a 500 in the protocol's own envelope. */
export async function dispatch(request: WireRequest, context: OperationContext): Promise<WireResponse> {
  const headers = lowerCaseHeaders(request)
  const requestId = randomUUID()
  const answer = isJsonRequest(headers) ? answerJson : answerS3
  return answer({request, headers, requestId}, context)
}
