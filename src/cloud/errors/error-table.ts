// The names of errors, of every service that mlpipe calls, and what each means. The names are those of the API references' common
// errors, of the services' models, of S3's "Error responses", and of the SDK's own errors.

export type Meaning = {
  readonly code: string
  /** Goes on after the name of the operation: `CreatePipeline of "churn" is not allowed`. */
  readonly says: string
  /** What it comes from, in place of the service's own words, where those are of no use or repeat the request. */
  readonly why?: string
  readonly nextSteps?: readonly string[]
}

const whoAmI = 'aws sts get-caller-identity  (which credentials are in use)'
const later = ['try again in a minute']

const rows: readonly (Meaning & {readonly names: string})[] = [
  {
    code: 'credentials-expired',
    names: `ExpiredToken ExpiredTokenException RequestExpired TokenRefreshRequired TokenProviderError UnauthorizedException
      UnauthorizedSSOTokenError CredentialsExpired`,
    says: 'needs fresh credentials',
  },
  {
    code: 'no-credentials',
    names: 'CredentialsProviderError ProviderError',
    says: 'needs AWS credentials',
  },
  {
    code: 'credentials-unknown',
    names: `InvalidClientTokenId UnrecognizedClientException InvalidAccessKeyId InvalidToken AuthFailure OptInRequired
      MissingAuthenticationToken MissingAuthenticationTokenException MissingSecurityHeader NotSignedUp`,
    says: 'was sent with credentials that AWS does not know',
    nextSteps: [
      whoAmI,
      'aws account get-region-opt-status --region-name REGION  (whether the account uses the region)',
    ],
  },
  {
    code: 'credentials-unknown',
    names: 'SignatureDoesNotMatch InvalidSignatureException IncompleteSignature IncompleteSignatureException',
    says: 'was signed with a key that AWS does not accept',
    why: 'the secret key is not that of the access key, or something on the way has changed the request',
    nextSteps: [whoAmI, 'aws configure  (enters the keys anew)'],
  },
  {
    code: 'clock-skew',
    names: 'RequestTimeTooSkewed RequestInTheFuture',
    says: 'was refused because of the time it was signed at',
  },
  {
    code: 'no-region',
    names: 'EndpointError RegionMissing',
    says: 'has no endpoint to go to',
    nextSteps: ['mlpipe … --region REGION', 'aws configure set region REGION  (a default for everything)'],
  },
  {
    code: 'access-denied',
    names: `AccessDenied AccessDeniedException AuthorizationError AuthorizationErrorException NotAuthorized
      UnauthorizedOperation AllAccessDisabled AccountProblem Forbidden 403`,
    says: 'is not allowed',
    nextSteps: [whoAmI],
  },
  {
    code: 'kms-denied',
    names: `KMSAccessDeniedException KMS.AccessDeniedException KMSDisabledException KMS.DisabledException
      KMSInvalidStateException KMS.KMSInvalidStateException KMSNotFoundException KMS.NotFoundException KMSOptInRequired
      KMSThrottlingException`,
    says: 'may not use the encryption key',
    nextSteps: ['aws kms describe-key --key-id KEY  (its state; the policy of the key has to allow the caller, too)'],
  },
  {
    code: 'throttled',
    names: `Throttling ThrottlingException ThrottledException TooManyRequests TooManyRequestsException TooManyRequestsError
      RequestLimitExceeded RequestThrottled RequestThrottledException SlowDown BandwidthLimitExceeded
      ProvisionedThroughputExceededException PriorRequestNotComplete TransactionInProgressException EC2ThrottledException
      429`,
    says: 'was throttled',
    nextSteps: later,
  },
  {
    code: 'not-found',
    names: `NoSuchKey NoSuchUpload NoSuchVersion NoSuchEntity NoSuchEntityException NotFound NotFoundException
      ResourceNotFound ResourceNotFoundException RepositoryNotFoundException ImageNotFoundException
      NoSuchResourceException 404`,
    says: 'found nothing',
  },
  {code: 'no-such-bucket', names: 'NoSuchBucket', says: 'names a bucket that does not exist'},
  {
    code: 'wrong-region',
    names: `PermanentRedirect TemporaryRedirect Redirect AuthorizationHeaderMalformed IllegalLocationConstraintException
      BucketRegionError 301 307`,
    says: 'went to the wrong region',
    nextSteps: ['aws s3api get-bucket-location --bucket BUCKET'],
  },
  {
    code: 'conflict',
    names: `ConflictException Conflict ResourceInUse ResourceInUseException ConcurrentModificationException
      OperationAborted OperationAbortedException BucketAlreadyExists BucketAlreadyOwnedByYou EntityAlreadyExists
      EntityAlreadyExistsException ResourceAlreadyExistsException PreconditionFailed ConditionalRequestConflict DeleteConflict
      DeleteConflictException ResourceConflict`,
    says: 'conflicts with the present state',
  },
  {
    code: 'conflict',
    names:
      'ConcurrentModificationException ConcurrentModification EntityTemporarilyUnmodifiable EntityTemporarilyUnmodifiableException',
    says: 'met with somebody who changes the same thing at this moment',
    nextSteps: later,
  },
  {
    code: 'managed-rule',
    names: 'ManagedRuleException',
    says: 'is not for a rule that an AWS service made for itself',
    nextSteps: ['give the trigger another name: the rule has it too'],
  },
  {
    code: 'quota',
    names: `ResourceLimitExceeded LimitExceededException LimitExceededFault LimitExceeded ServiceQuotaExceededException TooManyBuckets
      QuotaExceededException ServiceLimitExceededException`,
    says: 'goes over a quota of the account',
  },
  {
    code: 'refused',
    names: `ValidationException ValidationError InvalidParameterValue InvalidParameterException InvalidParameter
      InvalidParameterCombination InvalidRequest InvalidRequestException InvalidArgument InvalidInput InvalidInputException
      MalformedXML SerializationException EntityTooLarge EntityTooSmall
      KeyTooLongError InvalidBucketName InvalidPart InvalidPartOrder MissingParameter UnsupportedOperation NoSuchResource`,
    says: 'was refused',
  },
  {
    code: 'refused',
    names: 'InvalidEventPatternException',
    says: 'was refused',
    nextSteps: ['mlpipe trigger test --pattern FILE  (says what is wrong with a pattern, and where)'],
  },
  {
    code: 'refused',
    names: 'MalformedPolicyDocument MalformedPolicyDocumentException',
    says: 'was refused',
    nextSteps: ['mlpipe iam trigger  (the policies as they are sent)'],
  },
  {
    code: 'damaged',
    names: 'BadDigest InvalidDigest XAmzContentSHA256Mismatch IncompleteBody RequestTimeout RequestTimeoutException',
    says: 'arrived damaged',
    nextSteps: ['try again: what has arrived whole is not sent again'],
  },
  {
    code: 'unknown-operation',
    names: `UnknownOperationException UnknownOperation InvalidAction NotImplemented NotImplementedException MethodNotAllowed
      UnsupportedOperationException`,
    says: 'is not offered by what answered',
  },
  {
    code: 'service-fault',
    names: `InternalError InternalFailure InternalServerError InternalServerException InternalServiceError
      InternalServiceException InternalException InternalServerFault ServerException 500`,
    says: 'failed inside the service',
    nextSteps: later,
  },
  {
    code: 'service-unreachable',
    names: `ServiceUnavailable ServiceUnavailableException Unavailable ServiceException DependencyTimeoutException 502 503
      504`,
    says: 'got no answer',
    nextSteps: later,
  },
]

const meanings = new Map(rows.flatMap(({names, ...meaning}) => names.split(/\s+/).map((name) => [name, meaning])))

/** What the SDK calls an answer that names no error: S3 answers HEAD without a body, and proxies in a form of their own. */
export function namesNoError(name: string): boolean {
  return /^Unknown(Error)?$/.test(name)
}

/** By the name of the error; where it has none that is known, by the status of the answer. */
export function meaningOf(name: string, httpStatus: number | undefined): Meaning | undefined {
  return meanings.get(name) ?? (httpStatus === undefined ? undefined : meaningOfStatus(name, httpStatus))
}

/** A bare 404 is left out: who knows what it is that was not found, and by whom. */
const tellingStatuses = [301, 307, 403, 429]

function meaningOfStatus(name: string, status: number): Meaning {
  const isBare = namesNoError(name)
  const why = `the answer has status ${status} and names no error`
  const meaning =
    status >= 500 || tellingStatuses.includes(status)
      ? (meanings.get(String(status)) ?? meanings.get('500'))
      : undefined
  if (meaning && (isBare || status >= 429)) return isBare ? {...meaning, why} : meaning
  if (!isBare) return {code: 'service-error', says: `failed with ${name}`}
  return {
    code: 'unexplained',
    says: 'was refused without a reason',
    why,
    nextSteps: [whoAmI, 'look at AWS_ENDPOINT_URL and the proxy'],
  }
}
