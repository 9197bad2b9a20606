// What a step has beside its Arguments, under the keys that all kinds share. What they cannot say is left to `definition:`.

import {isJsonObject, type Json, type JsonObject} from '../definition/json.ts'
import type {StepKindName} from '../spec/step-kinds.ts'
import {isoDuration, parseDuration} from '../text/duration.ts'
import {hasKey} from './kinds.ts'
import type {SpecMap, SpecValue} from './lift.ts'

/** In the order in which a spec has them: what says what the step is goes before its own keys, what says when it runs after. */
export type Envelope = {readonly before: SpecMap; readonly after: SpecMap}

export function liftEnvelope(step: JsonObject, kind: StepKindName, isStep: (name: string) => boolean): Envelope {
  const {DisplayName: displayName, Description: description} = step
  const before: SpecMap = {
    ...(typeof displayName === 'string' ? {displayName} : {}),
    ...(typeof description === 'string' ? {description} : {}),
  }
  const after: SpecMap = {
    ...present('dependsOn', dependsOn(step.DependsOn, isStep)),
    ...present('cache', cache(step.CacheConfig)),
    ...present('retry', retry(step.RetryPolicies)),
  }
  return {before: known(before, kind), after: known(after, kind)}
}

function known(keys: SpecMap, kind: StepKindName): SpecMap {
  return Object.fromEntries(Object.entries(keys).filter(([key]) => hasKey(kind, key)))
}

function present(key: string, value: SpecValue | undefined): SpecMap {
  return value === undefined ? {} : {[key]: value}
}

function dependsOn(names: Json | undefined, isStep: (name: string) => boolean): SpecValue | undefined {
  if (!Array.isArray(names) || names.length === 0) return undefined
  const known = names.filter((name) => typeof name === 'string' && isStep(name))
  if (known.length < names.length) return undefined
  return known.length === 1 ? known[0] : known
}

/** Only an expiry that comes out with the same letters. */
function cache(config: Json | undefined): SpecValue | undefined {
  if (!isJsonObject(config) || config.Enabled !== true || typeof config.ExpireAfter !== 'string') return undefined
  const text = config.ExpireAfter
  const duration = parseDuration(text)
  return duration && isoDuration(duration) === text ? shortDuration(text) : undefined
}

/** `P30D` as `30d`, `PT1H30M` as `1h30m`; with years or months as it is. */
function shortDuration(iso: string): string {
  const [, days = '', time = ''] = /^P(\d+D)?(?:T([\dHMS]+))?$/.exec(iso) ?? []
  return `${days}${time}`.toLowerCase() || iso
}

function retry(policies: Json | undefined): SpecValue | undefined {
  if (!Array.isArray(policies) || policies.length === 0) return undefined
  const lifted = policies.map(retryPolicy)
  if (!lifted.every((policy) => policy !== undefined)) return undefined
  return lifted.length === 1 ? lifted[0] : lifted
}

function retryPolicy(policy: Json): SpecMap | undefined {
  if (!isJsonObject(policy) || !Array.isArray(policy.ExceptionType)) return undefined
  const on = policy.ExceptionType.flatMap((each) => (typeof each === 'string' ? [each] : []))
  const {IntervalSeconds: interval, BackoffRate: backoff, MaxAttempts: attempts, ExpireAfterMin: minutes} = policy
  return {
    on: on.length === 1 ? (on[0] ?? '') : on,
    ...(typeof attempts === 'number' ? {attempts} : {}),
    ...(typeof minutes === 'number' ? {for: `${minutes}m`} : {}),
    ...(typeof interval === 'number' ? {interval: `${interval}s`} : {}),
    ...(backoff === undefined || typeof backoff === 'string' || isJsonObject(backoff) || Array.isArray(backoff)
      ? {}
      : {backoff: backoff as SpecValue}),
  }
}
