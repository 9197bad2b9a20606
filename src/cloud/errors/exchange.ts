// What is known of a request that failed and does not stand in the error: noted by the clients (client-middleware.ts) when it
// is thrown, read by the translation (service-error.ts).

export type Exchange = {
  /** What the request was about: `"churn"`, `s3://bucket/key`. */
  readonly about?: string
  readonly host?: string
  readonly profile?: string
  /** How far this machine's clock is ahead of the service's, in milliseconds; negative when it is behind. */
  readonly clockAheadMs?: number
}

const exchanges = new WeakMap<Error, Exchange>()

export function noteExchange(error: Error, exchange: Exchange): void {
  exchanges.set(error, {...exchanges.get(error), ...exchange})
}

export function exchangeOf(error: Error): Exchange {
  return exchanges.get(error) ?? {}
}
