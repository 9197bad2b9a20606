// When a delivery is tried again (EventBridge User Guide, "How EventBridge retries delivering events"; API Reference, RetryPolicy).

import {expect, it} from 'vitest'
import {nextAttempt, retryPolicyOf} from '../../../src/engine/bus/retry-schedule.ts'

const atOnce = 1_000_000
const seconds = (count: number) => atOnce + count * 1000

it.each([
  ['nothing is said: 185 times in 24 hours', {}, {maximumAttempts: 185, maximumAgeMs: 86_400_000}],
  [
    'both are said',
    {RetryPolicy: {MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60}},
    {maximumAttempts: 0, maximumAgeMs: 60_000},
  ],
  ['one is said', {RetryPolicy: {MaximumRetryAttempts: 3}}, {maximumAttempts: 3, maximumAgeMs: 86_400_000}],
])('the policy where %s', (_name, target, policy) => {
  expect(retryPolicyOf(target)).toEqual(policy)
})

const policy = retryPolicyOf({})

it.each([
  ['the first failure waits a second at the most', 1, 1, seconds(1)],
  ['and half of it at the least', 1, 0, seconds(0.5)],
  ['each waits twice as long as the one before', 4, 1, seconds(8)],
  ['ten minutes are the most', 30, 1, seconds(600)],
])('%s', (_name, failures, random, atMs) => {
  const next = nextAttempt({failures, createdAtMs: atOnce}, policy, atOnce, () => random)
  expect(next).toEqual({kind: 'retry', atMs})
})

it.each([
  ['no attempt is left', 4, {MaximumRetryAttempts: 3}, atOnce, 'MaximumRetryAttempts'],
  ['no retry is wanted', 1, {MaximumRetryAttempts: 0}, atOnce, 'MaximumRetryAttempts'],
  ['the next would come too late', 1, {MaximumEventAgeInSeconds: 60}, seconds(59.9), 'MaximumEventAgeInSeconds'],
])('it is exhausted when %s', (_name, failures, RetryPolicy, now, condition) => {
  const next = nextAttempt({failures, createdAtMs: atOnce}, retryPolicyOf({RetryPolicy}), now, () => 1)
  expect(next).toEqual({kind: 'exhausted', condition})
})

it('185 retries fit into a day', () => {
  let now = atOnce
  for (let failures = 1; failures <= 185; failures += 1) {
    const next = nextAttempt({failures, createdAtMs: atOnce}, policy, now, () => 0.5)
    if (next.kind === 'exhausted') throw new Error(`${next.condition} after ${failures}`)
    now = next.atMs
  }
  expect(now - atOnce).toBeLessThan(86_400_000)
})
