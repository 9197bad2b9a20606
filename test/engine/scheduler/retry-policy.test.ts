// Developer Guide, "Retry Policy for Pipeline Steps": interval × backoff^(k−1) before retry k; MaxAttempts default 5,
// interval 1 s, backoff 2; ExpireAfterMin instead of MaxAttempts.

import {expect, it} from 'vitest'
import {retryDelay} from '../../../src/engine/scheduler/retry-policy.ts'

const internal = {ExceptionType: ['SageMaker.JOB_INTERNAL_ERROR']}
const failure = {reason: 'InternalServerError: disk', attempts: 1, elapsedMs: 0}

it.each([
  ['the defaults', [internal], failure, 1000],
  ['the second retry', [internal], {...failure, attempts: 2}, 2000],
  ['the last retry', [internal], {...failure, attempts: 5}, 16_000],
  ['no retry left', [internal], {...failure, attempts: 6}, undefined],
  ['own interval and backoff', [{...internal, IntervalSeconds: 3, BackoffRate: 1.5}], {...failure, attempts: 3}, 6750],
  ['no attempts allowed', [{...internal, MaxAttempts: 0}], failure, undefined],
  ['a wait that would end too late', [{...internal, ExpireAfterMin: 1}], {...failure, attempts: 9}, undefined],
  ['time used up', [{...internal, ExpireAfterMin: 1}], {...failure, elapsedMs: 59_500}, undefined],
  ['time enough', [{...internal, ExpireAfterMin: 10}], {...failure, attempts: 9}, 256_000],
  ['another exception type', [{ExceptionType: ['SageMaker.CAPACITY_ERROR']}], failure, undefined],
  ['the policy that matches', [{ExceptionType: ['Step.THROTTLING']}, {...internal, IntervalSeconds: 7}], failure, 7000],
  ['an algorithm error', [internal], {...failure, reason: 'AlgorithmError: exit code 1'}, undefined],
  ['no policies', undefined, failure, undefined],
])('waits as the policy says: %s', (_name, policies, given, expected) => {
  expect(retryDelay(policies, given)).toBe(expected)
})
