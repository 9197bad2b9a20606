// SageMaker Runtime: REST-JSON whose input is in the path, the headers and the bare body, and whose output is the model's own bytes.
// Source: API Reference, InvokeEndpoint; the clients' model of sagemaker-runtime.

import type {OperationContext} from '../operations/context.ts'
import {
  type Invocation,
  type Invoked,
  invokeEndpoint,
  type RuntimeFault,
} from '../operations/serving/invoke-endpoint.ts'
import {bodyBytes, type Incoming, type WireResponse} from './message.ts'

const namePattern = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/
const longestHeader = 1024

const attributesHeader = 'x-amzn-sagemaker-custom-attributes'

/** What is passed on to the model ("SageMaker strips all POST headers except those supported by the API"). */
const passedOn = ['content-type', 'accept', attributesHeader, 'x-amzn-sagemaker-inference-id']

/** What a client may want to ask within the endpoint, by the header that names it. */
const targets = {
  targetVariant: 'x-amzn-sagemaker-target-variant',
  targetModel: 'x-amzn-sagemaker-target-model',
  targetContainer: 'x-amzn-sagemaker-target-container-hostname',
  inferenceComponent: 'x-amzn-sagemaker-inference-component',
} as const

/** What else a client may ask of this host. */
const refusedOperations: Readonly<Record<string, string>> = {
  'invocations-response-stream': 'InvokeEndpointWithResponseStream',
  'async-invocations': 'InvokeEndpointAsync',
}

const statuses: Readonly<Record<RuntimeFault['type'], number>> = {
  ...{
    ValidationError: 400,
    UnknownOperationException: 404,
    ModelError: 424,
    InternalFailure: 500,
    ServiceUnavailable: 503,
  },
}

export async function answerRuntime(incoming: Incoming, context: OperationContext): Promise<WireResponse> {
  const invoked = await run(incoming, context).catch(internalFailure)
  return invoked.kind === 'answer' ? respond(incoming, invoked) : respondFault(incoming, invoked.fault)
}

async function run(incoming: Incoming, context: OperationContext): Promise<Invoked> {
  const {request, headers} = incoming
  const [, endpoint = '', verb = ''] = /^\/endpoints\/([^/]*)\/([^/]*)$/.exec(request.path) ?? []
  if (request.method !== 'POST' || verb !== 'invocations') {
    const name = refusedOperations[verb] ?? `${request.method} ${request.path}`
    return fault('UnknownOperationException', `${name} is not an operation of the embedded engine.`)
  }
  const endpointName = decodeName(endpoint)
  const broken = brokenHeader(headers)
  if (!namePattern.test(endpointName)) return fault('ValidationError', pattern(endpointName))
  if (broken !== undefined) return fault('ValidationError', tooLongHeader(broken))
  return invokeEndpoint(await readInvocation(endpointName, incoming), context)
}

async function readInvocation(endpointName: string, {request, headers}: Incoming): Promise<Invocation> {
  const given = passedOn.flatMap((name) => {
    const value = headers.get(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const wanted = Object.entries(targets).flatMap(([name, header]) => {
    const value = headers.get(header)
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    endpointName,
    body: await bodyBytes(request.body),
    contentType: headers.get('content-type') ?? 'application/json',
    accept: headers.get('accept') ?? '',
    headers: Object.fromEntries(given),
    ...Object.fromEntries(wanted),
  }
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function brokenHeader(headers: Incoming['headers']): string | undefined {
  return passedOn.find((name) => (headers.get(name)?.length ?? 0) > longestHeader)
}

function pattern(name: string): string {
  return `1 validation error detected: Value '${name}' at 'endpointName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9])*`
}

function tooLongHeader(name: string): string {
  return `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${longestHeader}`
}

function fault(type: RuntimeFault['type'], message: string): Invoked {
  return {kind: 'fault', fault: {type, message}}
}

function internalFailure(error: unknown): Invoked {
  return fault('InternalFailure', error instanceof Error ? error.message : String(error))
}

function respond(
  {requestId}: Incoming,
  {body, headers, variantName}: Extract<Invoked, {kind: 'answer'}>,
): WireResponse {
  const attributes = headers[attributesHeader]
  return {
    statusCode: 200,
    headers: {
      'content-type': inOneLine(headers['content-type'] ?? 'application/octet-stream'),
      'content-length': String(body.length),
      'x-amzn-requestid': requestId,
      'x-amzn-invoked-production-variant': variantName,
      ...(attributes === undefined ? {} : {[attributesHeader]: inOneLine(attributes)}),
    },
    body,
    operation: 'InvokeEndpoint',
  }
}

/** What a script made up as a header: only what a header may have in it. */
function inOneLine(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '').slice(0, longestHeader)
}

function respondFault({requestId}: Incoming, {type, message, original}: RuntimeFault): WireResponse {
  const more = original && {
    OriginalStatusCode: original.status,
    OriginalMessage: original.message,
    LogStreamArn: original.logGroup,
  }
  const body = Buffer.from(JSON.stringify({Message: message, ...more}))
  const headers = {
    'content-type': 'application/json',
    'content-length': String(body.length),
    'x-amzn-requestid': requestId,
    'x-amzn-errortype': type,
  }
  return {statusCode: statuses[type], headers, body, operation: 'InvokeEndpoint'}
}
