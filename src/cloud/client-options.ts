// Where the SDK's clients send their requests, and how.

/** What the SDK accepts as `requestHandler`, as far as it is passed through here. */
export type RequestHandler = {
  handle(request: never, options?: never): Promise<unknown>
}

export type CloudOptions = {
  readonly region: string
  /** Given: every request goes to it and none to the network (the embedded engine). */
  readonly requestHandler?: RequestHandler
}

/**
 * Settings of a client that talks to the embedded engine. All that the SDK would look up in the environment or in
 * ~/.aws is settled here, so that an AWS_ENDPOINT_URL or a profile of the user's cannot lead a local run astray,
 * and no request is signed.
 */
export function embeddedSettings(region: string, hostname: string, requestHandler: RequestHandler) {
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
