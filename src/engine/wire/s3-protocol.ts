// S3's REST-XML: bucket and key in the path (or the bucket in the host name), documents in XML, faults likewise.

import type {OperationContext} from '../operations/context.ts'
import {ObjectNameError} from '../store/objects.ts'
import {openUploads} from '../store/uploads.ts'
import type {Incoming, WireResponse} from './message.ts'
import type {S3Answer, S3Call} from './s3/call.ts'
import {refuse, S3Error, type S3Fault} from './s3/faults.ts'
import {findOperation} from './s3/routes.ts'
import {element, xmlDocument} from './s3/xml.ts'

export async function answerS3(incoming: Incoming, context: OperationContext): Promise<WireResponse> {
  const {db, objects, stateDirectory, now} = context
  const uploads = openUploads(stateDirectory, db)
  const call = {incoming, ...parseAddress(incoming), objects, uploads, db, now}
  const answer = await run(call).catch((error: unknown) => ({fault: toFault(error)}))
  const response = 'fault' in answer ? renderFault(call, answer.fault) : answer
  return {...response, headers: {...response.headers, 'x-amz-request-id': incoming.requestId}}
}

async function run(call: S3Call): Promise<S3Answer> {
  if (!isDecodable(call.incoming.request.path)) return refuse('InvalidURI')
  if (isExpired(call)) return refuse('AccessDenied', 'Request has expired')
  return findOperation(call)(call)
}

/**
 * A presigned URL is good for X-Amz-Expires seconds after X-Amz-Date or, of Signature Version 2, which boto3 still makes, until
 * the second Expires. Its signature is not checked.
 */
function isExpired({incoming, now}: S3Call): boolean {
  const {'X-Amz-Date': date, 'X-Amz-Expires': seconds, Expires: second, Signature: signature} = incoming.request.query
  if (signature !== undefined) return now() > Number(second) * 1000
  const [, day, hour, minute, rest] = /^(\d{8})T(\d\d)(\d\d)(\d\d)Z$/.exec(String(date)) ?? []
  const signedAt = Date.parse(`${day?.replace(/(....)(..)(..)/, '$1-$2-$3')}T${hour}:${minute}:${rest}Z`)
  return now() > signedAt + Number(seconds) * 1000
}

function parseAddress({request, headers}: Incoming): {bucket: string; key: string} {
  const path = decodePath(request.path.replace(/^\//, ''))
  const host = headers.get('host') ?? request.hostname
  const virtual = /^(.+)\.s3[.-][a-z0-9.-]*amazonaws\.com/.exec(host)?.[1]
  const onThisMachine = /^(.+?)(?:\.s3)?\.localhost(?::\d+)?$/.exec(host)?.[1]
  const named = virtual ?? (onThisMachine === 's3' ? undefined : onThisMachine)
  if (named !== undefined) return {bucket: named, key: path}
  const slash = path.indexOf('/')
  return slash < 0 ? {bucket: path, key: ''} : {bucket: path.slice(0, slash), key: path.slice(slash + 1)}
}

function decodePath(path: string): string {
  return isDecodable(path) ? decodeURIComponent(path) : path
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

function toFault(error: unknown): S3Fault {
  if (error instanceof S3Error) return error.fault
  if (error instanceof ObjectNameError) return refuse(error.code, error.message).fault
  return refuse('InternalError', error instanceof Error ? error.message : String(error)).fault
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
  const headers = {'content-type': 'application/xml', 'content-length': String(body.length)}
  return {statusCode: fault.status, headers, body}
}
