// The raw answer that the SDK hangs on its errors ($response), and what can be told from it.

import {type Meaning, namesNoError} from './error-table.ts'

type Response = {readonly statusCode: number; readonly headers: Readonly<Record<string, string>>}

export function responseOf(error: Error): Response | undefined {
  if (!('$response' in error) || typeof error.$response !== 'object' || error.$response === null) return undefined
  const {statusCode, headers} = error.$response as {statusCode?: unknown; headers?: unknown}
  if (typeof statusCode !== 'number' || typeof headers !== 'object' || headers === null) return undefined
  return {statusCode, headers: headers as Record<string, string>}
}

/** Whether the SDK could not read the answer: its own errors carry `$fault`, a failed reading does not. */
function isUnreadable(error: Error): boolean {
  return !('$fault' in error && error.$fault !== undefined)
}

function isPage({headers}: Response): boolean {
  const type = headers['content-type'] ?? ''
  return /html/.test(type) || (type.startsWith('text/') && !type.includes('xml'))
}

/** What AWS answers has the id of the request, whatever it calls its content; moto's answers have it too. */
function hasRequestId({headers}: Response): boolean {
  return 'x-amzn-requestid' in headers || 'x-amz-request-id' in headers
}

/** Whether the answer set out to be the service's own, and was cut short on its way: it may be asked for again. */
export function isCutShort(error: Error): boolean {
  const response = responseOf(error)
  if (!response || isPage(response) || !isUnreadable(error)) return false
  return response.statusCode < 300 || /json|xml/.test(response.headers['content-type'] ?? '')
}

/**
 * A page in the place of a success, which the SDK reads as an answer without members; undefined for what is none. An object may
 * be a page: then it has an ETag.
 */
export function pageInsteadOf(response: unknown, etag: unknown): Error | undefined {
  const error = new Error('a page instead of an answer')
  Object.defineProperty(error, '$response', {value: response})
  const found = responseOf(error)
  if (!found || !isPage(found) || etag !== undefined || hasRequestId(found)) return undefined
  return Object.assign(error, {name: 'ForeignAnswer', $metadata: {httpStatusCode: found.statusCode}})
}

/** The body is never shown: it may be a whole page, and may repeat the request. */
export function foreignMeaning(error: Error, host: string | undefined): Meaning | undefined {
  const response = responseOf(error)
  if (!response) return undefined
  const answered = `${host ?? 'the endpoint'} answered with status ${response.statusCode}`
  const type = response.headers['content-type']?.split(';')[0]
  if (isPage(response) && (isUnreadable(error) || namesNoError(error.name))) {
    return foreignAnswer(`${answered} and ${type}`, response.statusCode)
  }
  if (!isUnreadable(error)) return undefined
  if (response.statusCode >= 500) return foreignAnswer(answered, response.statusCode)
  return {
    code: 'broken-answer',
    says: 'got an answer that cannot be read',
    why: `${answered}, and what came is cut short or is not from AWS`,
    nextSteps: ['try again, or look at AWS_ENDPOINT_URL and the proxy'],
  }
}

function foreignAnswer(answered: string, status: number): Meaning {
  return {
    code: status >= 500 ? 'service-unreachable' : 'foreign-answer',
    says: 'was answered by something that is not AWS',
    why: `${answered}, as a proxy or a captive portal does`,
    nextSteps: ['look at AWS_ENDPOINT_URL, the proxy and the VPN'],
  }
}
