// When a failed attempt is tried again. Source: Developer Guide, "Retry Policy for Pipeline Steps".

import type {RetryPolicy} from '../../definition/types.ts'

const defaultIntervalSeconds = 1
const defaultBackoffRate = 2
const defaultMaxAttempts = 5

type Failure = {
  readonly reason: string
  /** Attempts so far, the failed one included. */
  readonly attempts: number
  readonly elapsedMs: number
}

/** Milliseconds to wait before the next attempt; undefined when there is to be none. */
export function retryDelay(policies: readonly RetryPolicy[] | undefined, failure: Failure): number | undefined {
  const exception = exceptionTypeOf(failure.reason)
  if (exception === undefined) return undefined
  const policy = policies?.find(({ExceptionType}) => ExceptionType.includes(exception))
  if (!policy) return undefined

  const {IntervalSeconds = defaultIntervalSeconds, BackoffRate = defaultBackoffRate, ExpireAfterMin} = policy
  const delayMs = IntervalSeconds * 1000 * BackoffRate ** (failure.attempts - 1)
  if (ExpireAfterMin !== undefined) {
    return failure.elapsedMs + delayMs <= ExpireAfterMin * 60_000 ? delayMs : undefined
  }
  return failure.attempts <= (policy.MaxAttempts ?? defaultMaxAttempts) ? delayMs : undefined
}

/** An algorithm's own error (AlgorithmError, ClientError) belongs to no type that a policy can name. */
function exceptionTypeOf(reason: string): string | undefined {
  if (/^InternalServerError\b/.test(reason)) return 'SageMaker.JOB_INTERNAL_ERROR'
  if (/^CapacityError\b/.test(reason)) return 'SageMaker.CAPACITY_ERROR'
  if (/^ResourceLimitExceeded\b/.test(reason)) return 'SageMaker.RESOURCE_LIMIT'
  return undefined
}
