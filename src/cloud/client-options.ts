// Where the SDK's clients send their requests, and how.

/** What the SDK accepts as `requestHandler`, as far as it is passed through here. */
export type RequestHandler = {
  handle(request: never, options?: never): Promise<unknown>
}

export type CloudOptions = {
  readonly region: string
  /** Given: every request goes to it and none to the network (the embedded engine). */
  readonly requestHandler?: RequestHandler
  /** Named profile of the AWS configuration; absent: what the SDK's own chain finds (AWS_PROFILE, the environment …). */
  readonly profile?: string
  /** AWS_ENDPOINT_URL or one of a service is set: S3 is then asked with the bucket in the path, as stand-ins for AWS want it. */
  readonly hasOwnEndpoint?: boolean
  /** mlpipe's version, for the user agent. */
  readonly version?: string
  /** Waits between two questions; absent: really. */
  readonly sleep?: (ms: number) => Promise<unknown>
}

/** Attempts at a request that was throttled or not answered, the first one included. */
const attempts = 6

export const connectionTimeoutMs = 5000

/** For the answer to begin. The slowest of the calls answer within seconds. */
const answerTimeoutMs = 60_000

/** For the next byte, in either direction. */
export const idleTimeoutMs = 60_000

/** The settings that every SDK client shares; `hostname` is what the embedded engine knows the service by. */
export function clientSettings(options: CloudOptions, hostname: string) {
  const {region, requestHandler, profile, version = '0'} = options
  if (requestHandler) return embeddedSettings(region, hostname, requestHandler)
  return {
    region,
    ...(profile === undefined ? {} : {profile}),
    retryMode: 'adaptive',
    maxAttempts: attempts,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: answerTimeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: idleTimeoutMs,
    },
    customUserAgent: [['mlpipe', version]] as [string, string][],
  }
}

/**
 * Settings of a client that talks to the embedded engine. All that the SDK would look up in the environment or in
 * ~/.aws is settled here, so that an AWS_ENDPOINT_URL or a profile of the user's cannot lead a local run astray,
 * and no request is signed.
 */
function embeddedSettings(region: string, hostname: string, requestHandler: RequestHandler) {
  return {
    region,
    endpoint: `https://${hostname}`,
    credentials: {accessKeyId: 'local', secretAccessKey: 'local'},
    signer: {sign: async <Request>(request: Request) => request},
    authSchemePreference: ['aws.auth#sigv4'],
    defaultsMode: 'standard' as const,
    maxAttempts: 1,
    retryMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: 'mlpipe',
    requestHandler: requestHandler as never,
  }
}
