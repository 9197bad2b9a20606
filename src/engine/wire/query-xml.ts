// XML as the query protocol of AWS has it (Smithy, "AWS query protocol"): members are elements, the items of a list are
// elements `member` in it.

import {isJsonObject, type Json, type JsonObject} from '../../definition/json.ts'
import type {WireResponse} from './message.ts'
import {element} from './s3/xml.ts'

export type QueryError = {readonly type: string; readonly message: string; readonly status: number}

export function queryAnswer(action: string, namespace: string, output: JsonObject, requestId: string): WireResponse {
  const result = Object.keys(output).length === 0 ? '' : wrap(`${action}Result`, membersOf(output))
  const inner = result + wrap('ResponseMetadata', element('RequestId', requestId))
  return {...respond(200, `${action}Response`, namespace, inner, requestId), operation: action}
}

export function queryError({type, message, status}: QueryError, requestId: string, namespace = ''): WireResponse {
  // Whose fault it was: Sender or Receiver.
  const who = status < 500 ? 'Sender' : 'Receiver'
  const error = element('Type', who) + element('Code', type) + element('Message', message)
  return respond(status, 'ErrorResponse', namespace, wrap('Error', error) + element('RequestId', requestId), requestId)
}

function respond(statusCode: number, name: string, namespace: string, inner: string, requestId: string): WireResponse {
  const attribute = namespace === '' ? '' : ` xmlns="${namespace}"`
  const body = Buffer.from(`<${name}${attribute}>${inner}</${name}>`)
  const headers = {
    'content-type': 'text/xml',
    'content-length': String(body.length),
    'x-amzn-requestid': requestId,
  }
  return {statusCode, headers, body}
}

function membersOf(object: JsonObject): string {
  return Object.entries(object)
    .map(([name, value]) => memberOf(name, value))
    .join('')
}

function memberOf(name: string, value: Json): string {
  if (Array.isArray(value)) return wrap(name, value.map((item) => memberOf('member', item)).join(''))
  if (isJsonObject(value)) return wrap(name, membersOf(value))
  return value === null ? '' : element(name, String(value))
}

function wrap(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`
}
