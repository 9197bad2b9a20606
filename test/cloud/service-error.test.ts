import {describe, expect, it} from 'vitest'
import {noteExchange} from '../../src/cloud/errors/exchange.ts'
import {isNotFound, ServiceError, translateError} from '../../src/cloud/service-error.ts'
import {MlpipeError} from '../../src/diagnostics/mlpipe-error.ts'

/** As the AWS SDK for JavaScript throws: the name of the modelled error, `$fault` and `$metadata`. */
function sdkError(name: string, message: string, httpStatusCode?: number): Error {
  const $metadata = {httpStatusCode, requestId: 'req-1', attempts: 1}
  return Object.assign(new Error(message), {name, $fault: 'client', $metadata})
}

const translated = (error: Error, operation = 'StartPipelineExecution') => {
  const result = translateError(error, operation)
  if (result instanceof ServiceError) return result
  throw new Error('it was not translated')
}

describe('by name', () => {
  it.each([
    ['credentials-expired', 'ExpiredToken ExpiredTokenException RequestExpired TokenProviderError'],
    ['no-credentials', 'CredentialsProviderError'],
    ['credentials-unknown', 'InvalidClientTokenId UnrecognizedClientException InvalidAccessKeyId'],
    ['credentials-unknown', 'SignatureDoesNotMatch InvalidSignatureException'],
    ['clock-skew', 'RequestTimeTooSkewed'],
    ['access-denied', 'AccessDenied AccessDeniedException'],
    ['kms-denied', 'KMSAccessDeniedException KMS.DisabledException'],
    ['throttled', 'ThrottlingException Throttling TooManyRequestsException RequestLimitExceeded SlowDown'],
    ['throttled', 'ProvisionedThroughputExceededException'],
    ['not-found', 'ResourceNotFound ResourceNotFoundException NoSuchKey NoSuchEntity NotFound'],
    ['no-such-bucket', 'NoSuchBucket'],
    ['wrong-region', 'PermanentRedirect AuthorizationHeaderMalformed'],
    ['conflict', 'ConflictException ResourceInUse OperationAborted'],
    ['quota', 'ResourceLimitExceeded LimitExceededException ServiceQuotaExceededException'],
    ['refused', 'ValidationException InvalidParameterException'],
    ['damaged', 'BadDigest XAmzContentSHA256Mismatch'],
    ['service-fault', 'InternalError InternalFailure InternalServerException'],
    ['service-unreachable', 'ServiceUnavailable TimeoutError'],
  ])('%s: %s', (code, names) => {
    for (const name of names.split(' ')) {
      expect(translated(sdkError(name, 'because', 400)), name).toMatchObject({code, who: 'service', exit: 69})
    }
  })

  it.each([
    [429, 'throttled'],
    [500, 'service-fault'],
    [503, 'service-unreachable'],
    [504, 'service-unreachable'],
    [418, 'service-error'],
  ])('an unknown name goes by its status: %d', (status, code) => {
    expect(translated(sdkError('NewException', 'x', status)).code).toBe(code)
  })

  it('keeps what the service said, the operation, the status and the request id', () => {
    expect(translated(sdkError('ValidationException', 'Parameter epochs', 400))).toMatchObject({
      message: 'StartPipelineExecution was refused: Parameter epochs',
      reason: 'Parameter epochs',
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

describe('a denial', () => {
  // The sentences of the IAM User Guide, "Troubleshoot access denied error messages".
  it('names who lacks which action on what', () => {
    const user = 'arn:aws:sts::111122223333:assumed-role/Analyst/anna'
    const message = `User: ${user} is not authorized to perform: sagemaker:CreatePipeline on resource: arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn because no identity-based policy allows the sagemaker:CreatePipeline action`
    const error = translated(sdkError('AccessDeniedException', message, 400), 'CreatePipeline')
    expect(error.message).toBe(
      `CreatePipeline is not allowed: ${user} lacks sagemaker:CreatePipeline on arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn, because no identity-based policy allows the sagemaker:CreatePipeline action`,
    )
    expect(error.nextSteps[0]).toMatch(/^mlpipe iam deployer/)
  })

  it('of a key is told apart', () => {
    const message =
      'User: arn:aws:iam::111122223333:user/anna is not authorized to perform: kms:GenerateDataKey on resource: "arn:aws:kms:us-east-1:111122223333:key/1" because no resource-based policy allows the kms:GenerateDataKey action'
    expect(translated(sdkError('AccessDenied', message, 403), 'PutObject')).toMatchObject({
      code: 'kms-denied',
      message: expect.stringContaining('lacks kms:GenerateDataKey on arn:aws:kms:us-east-1:111122223333:key/1,'),
    })
  })

  it.each([
    ['GetObject', 's3:GetObject on arn:aws:s3:::lake/raw/a.csv'],
    ['PutObject', 's3:PutObject on arn:aws:s3:::lake/raw/a.csv'],
    ['ListObjectsV2', 's3:ListBucket on arn:aws:s3:::lake'],
  ])('of S3, which says no more than Access Denied, goes by the operation %s', (operation, lack) => {
    const error = sdkError('AccessDenied', 'Access Denied', 403)
    noteExchange(error, {about: 's3://lake/raw/a.csv'})
    expect(translated(error, operation).message).toBe(
      `${operation} of s3://lake/raw/a.csv is not allowed: the caller lacks ${lack}`,
    )
  })

  it('that says neither stays what it is', () => {
    expect(translated(sdkError('AccessDeniedException', 'no', 400)).message).toBe(
      'StartPipelineExecution is not allowed: no',
    )
  })
})

describe('what else is known of the request', () => {
  const noted = (name: string, exchange: Parameters<typeof noteExchange>[1], message = 'because') => {
    const error = sdkError(name, message, 400)
    noteExchange(error, exchange)
    return translated(error)
  }

  it('the message names what it was about', () => {
    expect(noted('ConflictException', {about: '"churn"'}).message).toBe(
      'StartPipelineExecution of "churn" conflicts with the present state: because',
    )
  })

  it('the profile is in the command that signs in anew', () => {
    expect(noted('ExpiredTokenException', {profile: 'prod'}).nextSteps[0]).toMatch(/^aws sso login --profile prod /)
  })

  it.each([
    ['SignatureDoesNotMatch', 7_200_000, '2 h ahead of'],
    ['InvalidSignatureException', -2_460_000, '41 min behind'],
    ['RequestTimeTooSkewed', 1_000_000, '17 min ahead of'],
    ['RequestExpired', -345_600_000, '4 days behind'],
  ])('%s with clocks that differ is the clock', (name, clockAheadMs, words) => {
    expect(noted(name, {clockAheadMs})).toMatchObject({
      code: 'clock-skew',
      message: expect.stringContaining(`the clock of this machine is ${words} the service's`),
    })
  })

  it('with clocks that agree it is the key, and the request that AWS repeats is not shown', () => {
    const repeated = 'The request signature we calculated does not match. The Canonical String should have been POST /'
    const error = noted('SignatureDoesNotMatch', {clockAheadMs: 900}, repeated)
    expect(error.code).toBe('credentials-unknown')
    expect(error.message).not.toContain('Canonical')
  })

  it('a quota is named in the command that lists it', () => {
    const message =
      "The account-level service limit 'ml.p3.2xlarge for training job usage' is 0 Instances, with current utilization of 0 Instances"
    expect(translated(sdkError('ResourceLimitExceeded', message, 400)).nextSteps[0]).toBe(
      `aws service-quotas list-service-quotas --service-code sagemaker --query "Quotas[?QuotaName=='ml.p3.2xlarge for training job usage']"`,
    )
  })

  it('credentials go out of what the service said', () => {
    const message = 'The AWS Access Key Id AKIAIOSFODNN7EXAMPLE does not exist in our records'
    const error = translated(sdkError('InvalidAccessKeyId', message, 403))
    expect(`${error.message}${error.reason}`).not.toContain('AKIA')
  })

  it('what a credential_process was called with is not shown', () => {
    const error = sdkError('CredentialsProviderError', 'Command failed: /bin/keys --word open-sesame\nwonderland')
    expect(translated(error).message).toBe(
      'StartPipelineExecution needs AWS credentials: the credential_process of the profile failed',
    )
  })
})

describe('the network', () => {
  it.each([
    ['ECONNREFUSED', 'nothing listens there'],
    ['ENOTFOUND', 'its host name cannot be resolved'],
    ['EAI_AGAIN', 'its host name cannot be resolved'],
    ['ETIMEDOUT', 'it took too long'],
    ['ECONNRESET', 'the connection broke'],
    ['EPIPE', 'the connection broke'],
    ['UND_ERR_CONNECT_TIMEOUT', 'it took too long'],
    ['EPROTO', 'what answered speaks something else than was asked for'],
    ['CERT_HAS_EXPIRED', 'its certificate is not valid at the time of this machine'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is signed by nobody that Node.js trusts'],
  ])('%s: %s', (code, why) => {
    const error = translated(Object.assign(new Error('connect'), {code}))
    expect(error).toMatchObject({code: 'service-unreachable', exit: 69})
    expect(error.message).toContain(`StartPipelineExecution got no answer: ${why}`)
    expect(error.nextSteps).not.toEqual([])
  })

  it('a certificate that nobody knows may be made known', () => {
    const error = Object.assign(new Error('x'), {code: 'SELF_SIGNED_CERT_IN_CHAIN'})
    expect(translated(error).nextSteps[0]).toMatch(/^NODE_EXTRA_CA_CERTS=/)
  })

  it('several addresses that were all tried are one failure', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED ::1:9'), {code: 'ECONNREFUSED'})
    expect(translated(new AggregateError([refused, refused]))).toMatchObject({code: 'service-unreachable'})
  })
})

it('what is no error of a service comes back as it is', () => {
  const bug = new TypeError('x is not a function')
  const own = new MlpipeError({code: 'a', message: 'b'})
  const missingFile = Object.assign(new Error('ENOENT'), {code: 'ENOENT', syscall: 'open'})
  for (const error of [bug, own, missingFile, 'text']) expect(translateError(error, 'X')).toBe(error)
})

it.each([
  ['ResourceNotFound', true],
  ['NoSuchKey', true],
  ['NotFound', true],
  ['NoSuchBucket', false],
  ['AccessDenied', false],
])('%s says that there is no such thing: %s', (name, isMissing) => {
  expect(isNotFound(translated(sdkError(name, '', 404)))).toBe(isMissing)
})
