import {describe, expect, it} from 'vitest'
import {isNotFound, ServiceError, translateError} from '../../src/cloud/service-error.ts'
import {MlpipeError} from '../../src/diagnostics/mlpipe-error.ts'

/** As the AWS SDK for JavaScript throws: the name of the modelled error, and `$metadata`. */
function sdkError(name: string, message: string, httpStatusCode?: number): Error {
  return Object.assign(new Error(message), {name, $metadata: {httpStatusCode, requestId: 'req-1', attempts: 1}})
}

const translated = (error: Error) => {
  const result = translateError(error, 'StartPipelineExecution')
  if (result instanceof ServiceError) return result
  throw new Error('it was not translated')
}

describe('by name', () => {
  it.each([
    ['AccessDeniedException', 'access-denied'],
    ['ExpiredTokenException', 'credentials-expired'],
    ['UnrecognizedClientException', 'no-credentials'],
    ['ThrottlingException', 'throttled'],
    ['ResourceNotFound', 'not-found'],
    ['ResourceLimitExceeded', 'quota'],
    ['ConflictException', 'conflict'],
    ['ValidationException', 'refused'],
    ['NoSuchKey', 'not-found'],
  ])('%s is %s', (name, code) => {
    expect(translated(sdkError(name, 'because', 400))).toMatchObject({code, who: 'service', exit: 69})
  })

  it('keeps what the service said, the operation, the status and the request id', () => {
    expect(translated(sdkError('ValidationException', 'Parameter epochs', 400))).toMatchObject({
      message: 'StartPipelineExecution was refused: Parameter epochs',
      operation: 'StartPipelineExecution',
      awsError: 'ValidationException',
      httpStatus: 400,
      requestId: 'req-1',
    })
  })

  it('an error that only the service knows keeps its name', () => {
    expect(translated(sdkError('NewException', 'x', 418))).toMatchObject({
      code: 'service-error',
      message: 'StartPipelineExecution failed with NewException: x',
    })
  })
})

it.each(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT'])('%s means that the service is away', (code) => {
  expect(translated(Object.assign(new Error('connect'), {code}))).toMatchObject({code: 'service-unreachable', exit: 69})
})

it('what is no error of a service comes back as it is', () => {
  const bug = new TypeError('x is not a function')
  const own = new MlpipeError({code: 'a', message: 'b'})
  expect(translateError(bug, 'X')).toBe(bug)
  expect(translateError(own, 'X')).toBe(own)
  expect(translateError('text', 'X')).toBe('text')
})

it.each([
  ['ResourceNotFound', true],
  ['NotFound', true],
  ['NoSuchKey', true],
  ['NoSuchBucket', false],
  ['ValidationException', false],
])('%s means that there is no such thing: %s', (name, isMissing) => {
  expect(isNotFound(translated(sdkError(name, '', 404)))).toBe(isMissing)
})
