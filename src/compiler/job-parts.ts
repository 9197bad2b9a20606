// What the steps that run jobs have in common: machine, role, environment, limits, cache and retries.

import {type Json, type JsonObject, numberJson} from '../definition/json.ts'
import type {CacheConfig} from '../definition/types.ts'
import type {Range} from '../diagnostics/diagnostic.ts'
import type {Entry} from '../spec/fields.ts'
import type {JobSpec} from '../spec/pipeline-spec.ts'
import type {RetrySpec} from '../spec/retry.ts'
import type {CacheSpec} from '../spec/shapes.ts'
import type {Value} from '../spec/value.ts'
import {durationSeconds, isoDuration, type SpecDuration} from '../text/duration.ts'
import {compileInteger, compileText, compileTextMap} from './compile-value.ts'
import type {StepBody, StepScope} from './context.ts'
import {compileImage} from './images.ts'

/** Used where neither the step nor `defaults:` names a machine. */
const usualInstance = {type: 'ml.m5.large', count: 1, volumeGb: 30}

/** Longest run of a job in seconds: 9 days for processing, 28 for training. Source: ProcessingStoppingCondition, StoppingCondition. */
export const longestRunSeconds = {processing: 777_600, training: 2_419_200}

export function jobImage(
  step: Pick<JobSpec, 'name' | 'nameRange' | 'image'> & Partial<Pick<JobSpec, 'instance'>>,
  scope: StepScope,
): Json {
  const value = step.image ?? scope.defaults.image
  const instanceType = step.instance?.type ?? scope.defaults.instance?.type ?? usualInstance.type
  if (value) return compileImage(value, scope, {instanceType})
  scope.findings.error('missing-key', step.nameRange, `step "${step.name}" has no "image"`, {
    help: 'image: an alias such as sklearn:1.2-1 or a registry URI, here or under defaults:',
  })
  return ''
}

/** InstanceType, InstanceCount and VolumeSizeInGB, as ResourceConfig and ClusterConfig share them. */
export function jobResources(step: Pick<JobSpec, 'instance'>, scope: StepScope): JsonObject {
  const volume = step.instance?.volume ?? scope.defaults.instance?.volume
  return {
    ...jobInstances(step, scope),
    VolumeSizeInGB: volume ? compileInteger(volume, scope, 'the volume size') : usualInstance.volumeGb,
  }
}

/** InstanceType and InstanceCount. */
export function jobInstances(step: Pick<JobSpec, 'instance'>, scope: StepScope): JsonObject {
  const {defaults} = scope
  const type = step.instance?.type ?? defaults.instance?.type
  const count = step.instance?.count ?? defaults.instance?.count
  return {
    InstanceType: type ? compileText(type, scope) : usualInstance.type,
    InstanceCount: count ? compileInteger(count, scope, 'the instance count') : usualInstance.count,
  }
}

/** The variables of `defaults:`, then the step's own. */
export function jobEnvironment(step: Pick<JobSpec, 'env'>, scope: StepScope): JsonObject {
  return {...compileTextMap(scope.defaults.env, scope), ...compileTextMap(step.env, scope)}
}

/** Tags as requests have them. */
export function compileTags(tags: readonly Entry<Value>[] | undefined, scope: StepScope): JsonObject {
  return unlessEmpty(
    'Tags',
    (tags ?? []).map(({name, value}) => ({Key: name, Value: compileText(value, scope)})),
  )
}

/** The role of a step: its own, that of `defaults:`, that of the target. */
export function roleArn(own: Value | undefined, nameRange: Range, scope: StepScope): Json {
  const value = own ?? scope.defaults.role
  if (value) return compileText(value, scope)
  if (scope.target.role !== '') return scope.target.role
  scope.findings.error('missing-role', nameRange, `the target "${scope.target.name}" has no role`, {
    help: 'add `role:` with the ARN of the execution role to the target',
  })
  return ''
}

/** MaxRuntimeInSeconds, or undefined when there is no timeout. */
export function maxRuntimeSeconds(
  step: Pick<JobSpec, 'timeout'>,
  job: keyof typeof longestRunSeconds,
  scope: StepScope,
): number | undefined {
  const timeout = step.timeout ?? scope.defaults.timeout
  if (!timeout) return undefined
  const seconds = durationSeconds(timeout.value)
  const longest = longestRunSeconds[job]
  if (seconds !== undefined && seconds <= longest) return seconds
  scope.findings.error(
    'out-of-range',
    timeout.range,
    `this is too long: a ${job} job can run for ${longest / 86_400} days at most`,
  )
  return undefined
}

/** CacheConfig and RetryPolicies of a step that runs a job. */
export function jobPolicies(
  step: Pick<JobSpec, 'cache' | 'retry'>,
  scope: StepScope,
): Pick<StepBody, 'CacheConfig' | 'RetryPolicies'> {
  const cache = cacheConfig(step.cache ?? scope.defaults.cache)
  return {...(cache ? {CacheConfig: cache} : {}), ...retryPolicies(step.retry ?? scope.defaults.retry)}
}

/** The same of a step that starts many jobs: it cannot be retried for the failure of one. */
export function searchPolicies(
  step: Pick<JobSpec, 'cache' | 'retry'>,
  scope: StepScope,
): Pick<StepBody, 'CacheConfig' | 'RetryPolicies'> {
  const fallback = scope.defaults.retry?.flatMap((policy) => {
    const on = (policy.on ?? []).filter(({value}) => value !== 'SageMaker.JOB_INTERNAL_ERROR')
    return on.length > 0 ? [{...policy, on}] : []
  })
  return jobPolicies({cache: step.cache, retry: step.retry ?? fallback}, scope)
}

/** CacheConfig; undefined when the cache is off. */
export function cacheConfig(cache: CacheSpec | undefined): CacheConfig | undefined {
  if (!cache?.expireAfter) return undefined
  return {Enabled: true, ExpireAfter: isoDuration(cache.expireAfter)}
}

/** At most 43,200 s between attempts and 14,400 min in all. Source: Developer Guide, "Retry policy for pipeline steps". */
export function retryPolicies(policies: readonly RetrySpec[] | undefined): Pick<StepBody, 'RetryPolicies'> {
  if (!policies || policies.length === 0) return {}
  return {
    RetryPolicies: policies.map((policy) => {
      const minutes = policy.for && Math.ceil(seconds(policy.for.value) / 60)
      return {
        ExceptionType: (policy.on ?? []).map(({value}) => value),
        ...(policy.interval ? {IntervalSeconds: seconds(policy.interval.value)} : {}),
        ...(policy.backoff ? {BackoffRate: numberJson(policy.backoff.value, policy.backoff.text)} : {}),
        ...(policy.attempts ? {MaxAttempts: policy.attempts.value} : {}),
        ...(minutes === undefined ? {} : {ExpireAfterMin: minutes}),
      }
    }),
  }
}

function seconds(duration: SpecDuration): number {
  return durationSeconds(duration) ?? Number.POSITIVE_INFINITY
}

/** A member is left out when there is nothing in it. */
export function unlessEmpty(name: string, value: JsonObject | readonly Json[]): JsonObject {
  const isEmpty = Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0
  return isEmpty ? {} : {[name]: value}
}

/** `s3://<bucket>/<pipeline>/<execution id>/<step>/<output>`: a rerun never overwrites what an earlier run wrote. */
export function freshOutputUri(output: string, scope: StepScope): Json {
  return {
    'Std:Join': {
      On: '/',
      Values: [
        's3:/',
        scope.target.bucket,
        scope.pipelineName,
        {Get: 'Execution.PipelineExecutionId'},
        scope.stepName,
        output,
      ],
    },
  }
}
