// What a request gets that never came to its operation: an error in the envelope of the service that it was meant for, so
// that the client can read it.

import {randomUUID} from 'node:crypto'
import type {Incoming, WireResponse} from '../message.ts'
import {type Service, serviceOf} from '../protocol.ts'
import {queryError} from '../query-xml.ts'
import {element, xmlDocument} from '../s3/xml.ts'

export type Refusal = {
  readonly kind: 'bad-request' | 'forbidden' | 'wrong-token' | 'too-large' | 'too-slow' | 'failed'
  readonly message: string
}

type Envelope = 'json' | 'rest-json' | 'runtime' | 'query' | 's3'

const envelopes: Readonly<Record<Service, Envelope>> = {
  ...{sagemaker: 'json', events: 'json', logs: 'json', monitoring: 'json'},
  ...{scheduler: 'rest-json', 'runtime.sagemaker': 'runtime', sts: 'query', iam: 'query', s3: 's3'},
}

const statuses: Readonly<Record<Refusal['kind'], number>> = {
  ...{'bad-request': 400, forbidden: 403, 'wrong-token': 403, 'too-large': 413, 'too-slow': 408, failed: 500},
}

/** "Common errors" of each API; of S3, "List of error codes". */
const names: Readonly<Record<Refusal['kind'], Readonly<Record<Envelope, string>>>> = {
  'bad-request': {...named('ValidationException', 'ValidationError', 'InvalidRequest'), runtime: 'ValidationError'},
  forbidden: named('AccessDeniedException', 'AccessDenied', 'AccessDenied'),
  'wrong-token': named('UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidAccessKeyId'),
  'too-large': {
    ...named('RequestEntityTooLargeException', 'RequestEntityTooLarge', 'EntityTooLarge'),
    runtime: 'ValidationError',
  },
  'too-slow': named('RequestTimeoutException', 'RequestTimeout', 'RequestTimeout'),
  failed: named('InternalFailure', 'InternalFailure', 'InternalError'),
}

function named(json: string, query: string, s3: string): Readonly<Record<Envelope, string>> {
  return {json, 'rest-json': json, runtime: json, query, s3}
}

export function renderRefusal({kind, message}: Refusal, incoming: Incoming): WireResponse {
  const envelope = envelopes[serviceOf(incoming) ?? 'sagemaker']
  const name = names[kind][envelope]
  const statusCode = statuses[kind]
  const requestId = randomUUID()
  switch (envelope) {
    case 'query':
      return queryError({type: name, message, status: statusCode}, requestId)
    case 's3':
      return {
        statusCode,
        headers: {'content-type': 'application/xml', 'x-amz-request-id': requestId},
        body: xmlDocument('Error', element('Code', name) + element('Message', message)),
      }
    case 'json':
    case 'rest-json':
    case 'runtime': {
      const type = envelope === 'json' ? 'application/x-amz-json-1.1' : 'application/json'
      const headers = {'content-type': type, 'x-amzn-requestid': requestId, 'x-amzn-errortype': name}
      return {statusCode, headers, body: Buffer.from(JSON.stringify({__type: name, message, Message: message}))}
    }
  }
}
