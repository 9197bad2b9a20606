// A Cloud whose services answer as they are told, in this process: by the name of the operation, or method and path where the
// protocol names none.

import {Readable} from 'node:stream'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import type {Cloud} from '../../src/cloud/ports.ts'

export type Asked = {readonly call: string; readonly body: string}

/** A body that is text is XML; a status of its own is that of an error. */
export type Canned = {readonly status?: number; readonly body?: object | string}

export type CannedCloud = {readonly cloud: Cloud; readonly asked: Asked[]; readonly slept: number[]}

/** What is not answered gets an empty success. `nth` counts the questions of one name from 0. */
export async function cannedCloud(
  answer: (call: string, nth: number) => Canned | undefined = () => undefined,
): Promise<CannedCloud> {
  const asked: Asked[] = []
  const slept: number[] = []
  const handle = async (request: Request) => {
    const body = textOf(request.body)
    const call = callOf(request, body)
    const nth = asked.filter((earlier) => earlier.call === call).length
    asked.push({call, body})
    const {status = 200, body: content = {}} = answer(call, nth) ?? {}
    const isXml = typeof content === 'string'
    const text = isXml ? content : JSON.stringify(content)
    const headers = {'content-type': isXml ? 'text/xml' : 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r'}
    return {response: {statusCode: status, headers, body: Readable.from([Buffer.from(text)])}}
  }
  const sleep = async (ms: number) => slept.push(ms)
  const cloud = await connectCloud({region: 'us-east-1', requestHandler: {handle: handle as never}, sleep})
  return {cloud, asked, slept}
}

type Request = {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

function textOf(body: unknown): string {
  return body instanceof Uint8Array ? Buffer.from(body).toString() : String(body ?? '')
}

function callOf({method, path, query = {}, headers}: Request, body: string): string {
  const target = headers['x-amz-target']?.split('.').at(-1)
  const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1]
  const subresource = Object.keys(query).filter((name) => query[name] === '' || query[name] === null)
  const suffix = subresource.length === 0 ? '' : `?${subresource.join('&')}`
  return target ?? action ?? `${method} ${path}${suffix}`
}

/** An error of a service that speaks JSON. */
export function refused(name: string, message = 'no', status = 400): Canned {
  return {status, body: {__type: name, message}}
}

/** An error of IAM. */
export function iamRefused(code: string, message = 'no', status = 409): Canned {
  return {
    status,
    body: `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  }
}
