// When a delivery that has failed is tried again. EventBridge says of its times only "exponential back off and jitter, or
// randomized delay" (User Guide, "How EventBridge retries delivering events"); here they double from a second to ten minutes, so
// that 185 of them fill a day.

import type {JsonObject} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'

export type RetryPolicy = {readonly maximumAttempts: number; readonly maximumAgeMs: number}

export type NextAttempt =
  | {readonly kind: 'retry'; readonly atMs: number}
  | {readonly kind: 'exhausted'; readonly condition: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds'}

const firstDelayMs = 1000
const longestDelayMs = 600_000

/** API Reference, RetryPolicy: 185 attempts in 24 hours where nothing is said. */
export function retryPolicyOf(target: JsonObject): RetryPolicy {
  const {MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: seconds} = objectAt(target, 'RetryPolicy')
  return {
    maximumAttempts: typeof attempts === 'number' ? attempts : 185,
    maximumAgeMs: (typeof seconds === 'number' ? seconds : 86_400) * 1000,
  }
}

/** `failures` counts the one that has just been. */
export function nextAttempt(
  {failures, createdAtMs}: {readonly failures: number; readonly createdAtMs: number},
  {maximumAttempts, maximumAgeMs}: RetryPolicy,
  nowMs: number,
  random: () => number,
): NextAttempt {
  if (failures > maximumAttempts) return {kind: 'exhausted', condition: 'MaximumRetryAttempts'}
  const longest = Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1))
  const atMs = Math.round(nowMs + longest * (0.5 + random() / 2))
  if (atMs > createdAtMs + maximumAgeMs) return {kind: 'exhausted', condition: 'MaximumEventAgeInSeconds'}
  return {kind: 'retry', atMs}
}
