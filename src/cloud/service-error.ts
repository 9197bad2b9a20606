// What the AWS SDK throws -> MlpipeError, by the error's name, never by its text.

import {MlpipeError} from '../diagnostics/mlpipe-error.ts'

/** The service refused, or could not be reached. Keeps what AWS support asks for. */
export class ServiceError extends MlpipeError {
  readonly operation: string
  readonly awsError: string
  readonly httpStatus?: number
  readonly requestId?: string

  constructor(init: {code: string; message: string; nextSteps: readonly string[]; cause: Error; operation: string}) {
    super({...init, who: 'service'})
    this.operation = init.operation
    this.awsError = init.cause.name
    const {httpStatusCode, requestId} = metadataOf(init.cause)
    if (httpStatusCode !== undefined) this.httpStatus = httpStatusCode
    if (requestId !== undefined) this.requestId = requestId
  }
}

type Translation = {readonly code: string; readonly says: string; readonly nextSteps?: readonly string[]}

const credentialSteps = ['aws sts get-caller-identity shows which credentials are in use']

const translations: Readonly<Record<string, Translation>> = {
  AccessDenied: {code: 'access-denied', says: 'is not allowed', nextSteps: credentialSteps},
  AccessDeniedException: {code: 'access-denied', says: 'is not allowed', nextSteps: credentialSteps},
  ConflictException: {code: 'conflict', says: 'conflicts with the present state'},
  CredentialsProviderError: {code: 'no-credentials', says: 'needs AWS credentials', nextSteps: credentialSteps},
  ExpiredTokenException: {code: 'credentials-expired', says: 'needs fresh credentials', nextSteps: credentialSteps},
  InternalError: {code: 'service-fault', says: 'failed inside the service'},
  InternalFailure: {code: 'service-fault', says: 'failed inside the service'},
  InternalServerError: {code: 'service-fault', says: 'failed inside the service'},
  NoSuchBucket: {code: 'no-such-bucket', says: 'names a bucket that does not exist'},
  NoSuchKey: {code: 'not-found', says: 'found nothing'},
  ResourceInUse: {code: 'conflict', says: 'conflicts with the present state'},
  ResourceLimitExceeded: {code: 'quota', says: 'goes over a quota of the account'},
  ResourceNotFound: {code: 'not-found', says: 'found nothing'},
  ResourceNotFoundException: {code: 'not-found', says: 'found nothing'},
  ServiceUnavailable: {code: 'service-unreachable', says: 'got no answer'},
  SlowDown: {code: 'throttled', says: 'was throttled', nextSteps: ['try again in a minute']},
  ThrottlingException: {code: 'throttled', says: 'was throttled', nextSteps: ['try again in a minute']},
  TimeoutError: {code: 'service-unreachable', says: 'got no answer'},
  UnrecognizedClientException: {
    code: 'no-credentials',
    says: 'was sent with unknown credentials',
    nextSteps: credentialSteps,
  },
  ValidationException: {code: 'refused', says: 'was refused'},
}

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'])

/** An SDK error as MlpipeError; anything that is none is given back as it is, and so ends as a bug of ours. */
export function translateError(error: unknown, operation: string): unknown {
  if (!(error instanceof Error) || error instanceof MlpipeError) return error

  const network = 'code' in error && typeof error.code === 'string' && networkCodes.has(error.code)
  const known = network ? translations['TimeoutError'] : translations[error.name]
  if (!known && metadataOf(error).httpStatusCode === undefined) return error

  const {code, says, nextSteps = []} = known ?? {code: 'service-error', says: `failed with ${error.name}`}
  const message = `${operation} ${says}: ${error.message || error.name}`
  return new ServiceError({code, message, nextSteps, cause: error, operation})
}

/** True when the service said that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ServiceError && (error.code === 'not-found' || error.awsError === 'NotFound')
}

function metadataOf(error: Error): {httpStatusCode?: number; requestId?: string} {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return {}
  const {httpStatusCode, requestId} = error.$metadata as {httpStatusCode?: unknown; requestId?: unknown}
  return {
    ...(typeof httpStatusCode === 'number' ? {httpStatusCode} : {}),
    ...(typeof requestId === 'string' ? {requestId} : {}),
  }
}
