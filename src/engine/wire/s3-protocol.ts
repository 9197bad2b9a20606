// S3's REST-XML: bucket and key in the path (or the bucket in the host name), documents in XML, faults likewise.

import type {OperationContext} from '../operations/context.ts'
import {ObjectNameError} from '../store/objects.ts'
import {ChunkedBodyError} from './chunked-body.ts'
import type {Incoming, WireResponse} from './message.ts'
import type {S3Answer, S3Call, S3Fault} from './s3-call.ts'
import {createBucket, deleteObject, getObject, headBucket, headObject, listObjects, putObject} from './s3-operations.ts'
import {element, xmlDocument} from './s3-xml.ts'

export async function answerS3(incoming: Incoming, context: OperationContext): Promise<WireResponse> {
  const {bucket, key} = parseAddress(incoming)
  const call = {incoming, bucket, key, objects: context.objects}
  const answer = await run(call).catch((error: unknown) => ({fault: toFault(error)}))
  const response = 'fault' in answer ? renderFault(call, answer.fault) : answer
  return {...response, headers: {...response.headers, 'x-amz-request-id': incoming.requestId}}
}

async function run(call: S3Call): Promise<S3Answer> {
  const {bucket, key, incoming} = call
  const {method, query} = incoming.request
  if (bucket === '') return notImplemented(`${method} without a bucket`)
  const parts = Object.keys(query).filter((name) => name in unsupportedParts)
  if (parts.length > 0) return notImplemented(`${method} with ?${parts.join('&')}`)
  const run = key === '' ? bucketOperation(method) : objectOperation(method, incoming)
  return run ? run(call) : notImplemented(method)
}

/** Query members that make a request mean something else than its method alone. */
const unsupportedParts: Readonly<Record<string, true>> = {
  ...{uploads: true, uploadId: true, delete: true, acl: true, tagging: true, policy: true, versions: true},
  ...{
    versioning: true,
    notification: true,
    lifecycle: true,
    cors: true,
    website: true,
    encryption: true,
    location: true,
  },
}

function bucketOperation(method: string) {
  switch (method) {
    case 'GET':
      return listObjects
    case 'HEAD':
      return headBucket
    case 'PUT':
      return createBucket
    default:
      return undefined
  }
}

function objectOperation(method: string, {headers}: Incoming) {
  switch (method) {
    case 'GET':
      return getObject
    case 'HEAD':
      return headObject
    case 'PUT':
      return headers.has('x-amz-copy-source') ? undefined : putObject
    case 'DELETE':
      return deleteObject
    default:
      return undefined
  }
}

function parseAddress({request, headers}: Incoming): {bucket: string; key: string} {
  const path = decodePath(request.path.replace(/^\/+/, ''))
  const host = headers.get('host') ?? request.hostname
  const virtual = /^(.+)\.s3[.-][a-z0-9.-]*amazonaws\.com/.exec(host)?.[1]
  if (virtual !== undefined) return {bucket: virtual, key: path}
  const slash = path.indexOf('/')
  return slash < 0 ? {bucket: path, key: ''} : {bucket: path.slice(0, slash), key: path.slice(slash + 1)}
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function notImplemented(what: string): S3Answer {
  const message = `${what} is not implemented by the embedded engine.`
  return {fault: {code: 'NotImplemented', message, status: 501}}
}

function toFault(error: unknown): S3Fault {
  if (error instanceof ObjectNameError) return {code: error.code, message: error.message, status: 400}
  if (error instanceof ChunkedBodyError) return {code: 'IncompleteBody', message: error.message, status: 400}
  const message = error instanceof Error ? error.message : String(error)
  return {code: 'InternalError', message, status: 500}
}

/** A HEAD has no body, so its fault is the status alone, as on S3. */
function renderFault({incoming, bucket, key}: S3Call, fault: S3Fault): WireResponse {
  if (incoming.request.method === 'HEAD') return {statusCode: fault.status, headers: {}}
  const body = xmlDocument(
    'Error',
    element('Code', fault.code) +
      element('Message', fault.message) +
      (key === '' ? element('BucketName', bucket) : element('Key', key)) +
      element('RequestId', incoming.requestId),
  )
  return {statusCode: fault.status, headers: {'content-type': 'application/xml'}, body}
}
