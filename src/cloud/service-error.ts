// What the AWS SDK throws -> MlpipeError, by the error's name, never by its text: what happened, why, and what to do.

import {MlpipeError} from '../diagnostics/mlpipe-error.ts'
import {withoutSecrets} from '../text/secrets.ts'
import {accessDenial} from './errors/access-denial.ts'
import {clockSkew} from './errors/clock-skew.ts'
import {type Meaning, meaningOf} from './errors/error-table.ts'
import {exchangeOf} from './errors/exchange.ts'
import {networkProblem} from './errors/network-problem.ts'
import {quotaMeaning} from './errors/quota-steps.ts'
import {refusalSteps} from './errors/refusal-steps.ts'
import {foreignMeaning, responseOf} from './errors/response.ts'

/** The service refused, or could not be reached. Keeps what AWS support asks for. */
export class ServiceError extends MlpipeError {
  readonly operation: string
  readonly awsError: string
  readonly httpStatus?: number
  readonly requestId?: string
  /** The service's own words, without credentials; a refused definition is told of by its path in them. */
  readonly reason: string

  constructor(init: {
    code: string
    message: string
    nextSteps: readonly string[]
    cause: Error
    operation: string
    reason?: string
  }) {
    super({...init, who: 'service'})
    this.operation = init.operation
    this.awsError = init.cause.name
    this.reason = init.reason ?? init.cause.message
    const {httpStatusCode, requestId} = metadataOf(init.cause)
    if (httpStatusCode !== undefined) this.httpStatus = httpStatusCode
    if (requestId !== undefined) this.requestId = requestId
  }
}

/** An SDK error as MlpipeError; anything that is none is given back as it is, and so ends as a bug of ours. */
export function translateError(error: unknown, operation: string): unknown {
  if (!(error instanceof Error) || error instanceof MlpipeError) return error

  const exchange = exchangeOf(error)
  const {httpStatusCode, attempts} = metadataOf(error)
  const meaning = networkProblem(error) ?? foreignMeaning(error, exchange.host) ?? meaningOf(error.name, httpStatusCode)
  if (!meaning) return error

  const reason = withoutSecrets(ownWords(error))
  const {code, says, why, nextSteps} = precise(meaning, error, operation, reason)
  const subject = exchange.about === undefined ? operation : `${operation} of ${exchange.about}`
  const tries = attempts !== undefined && attempts > 1 ? ` (asked ${attempts} times)` : ''
  const message = withoutSecrets(`${subject} ${says}: ${why ?? reason}${tries}`)
  return new ServiceError({code, message, nextSteps: nextSteps ?? [], cause: error, operation, reason})
}

/** True when the service said that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ServiceError && error.code === 'not-found'
}

/** Whether a request was sent more than once: an earlier answer may have been lost, and what it was to do, done. */
export function wasRepeated(error: unknown): boolean {
  return error instanceof ServiceError && error.cause instanceof Error && (metadataOf(error.cause).attempts ?? 1) > 1
}

/** What the meaning of the name comes to, by what else is known of this very error. */
function precise(meaning: Meaning, error: Error, operation: string, reason: string): Meaning {
  const {about, profile, host, clockAheadMs} = exchangeOf(error)
  const signIn = `aws sso login${profile === undefined ? '' : ` --profile ${profile}`}`
  switch (meaning.code) {
    case 'credentials-expired':
      return clockSkew(clockAheadMs) ?? {...meaning, nextSteps: [`${signIn}  (or renew them where they come from)`]}
    case 'no-credentials':
      return {
        ...meaning,
        nextSteps: [
          profile === undefined
            ? 'mlpipe … --profile NAME  (a profile of ~/.aws/config)'
            : 'aws configure list-profiles',
          `${signIn}  (where the profile signs in through SSO)`,
          'aws sts get-caller-identity  (which credentials are in use)',
        ],
      }
    case 'credentials-unknown':
      return clockSkew(clockAheadMs) ?? meaning
    case 'clock-skew':
      return clockSkew(clockAheadMs, 0) ?? meaning
    case 'access-denied':
      return accessDenial(meaning, {operation, about, reason})
    case 'quota':
      return quotaMeaning(meaning, operation, reason)
    case 'wrong-region':
      return {...meaning, why: regionOf(error) ?? reason}
    case 'no-such-bucket':
      return {...meaning, nextSteps: [`aws s3 mb ${bucketOf(about) ?? 's3://BUCKET'}`]}
    case 'refused':
      return {...meaning, nextSteps: meaning.nextSteps ?? refusalSteps(operation)}
    case 'service-unreachable':
      return meaning.why === undefined || host === undefined ? meaning : {...meaning, why: `${host}: ${meaning.why}`}
    default:
      return meaning
  }
}

function bucketOf(about: string | undefined): string | undefined {
  return /^s3:\/\/[^/]+/.exec(about ?? '')?.[0]
}

/** S3 tells the bucket's region in a header, or as a member of the error (S3 User Guide, "Error responses"). */
function regionOf(error: Error): string | undefined {
  const told = responseOf(error)?.headers['x-amz-bucket-region'] ?? ('Region' in error ? error.Region : undefined)
  return typeof told === 'string' && told !== '' ? `the bucket is in ${told}` : undefined
}

/** The first line of the message: what follows there are the request, a stack, or hints for programmers. */
function ownWords(error: Error): string {
  // What a credential_process was called with, and what it wrote, may be secrets.
  if (error.message.startsWith('Command failed:')) return 'the credential_process of the profile failed'
  const [line = ''] = error.message.trim().split('\n')
  return line === '' || line === 'UnknownError' ? error.name : line
}

function metadataOf(error: Error): {httpStatusCode?: number; requestId?: string; attempts?: number} {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return {}
  const {httpStatusCode, requestId, attempts} = error.$metadata as Readonly<Record<string, unknown>>
  return {
    ...(typeof httpStatusCode === 'number' ? {httpStatusCode} : {}),
    ...(typeof requestId === 'string' ? {requestId} : {}),
    ...(typeof attempts === 'number' ? {attempts} : {}),
  }
}
