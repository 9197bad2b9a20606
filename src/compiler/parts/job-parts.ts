// What the steps that run jobs have in common: machine, role, environment, limits, cache and retries.

import {type Json, type JsonObject, numberJson} from '../../definition/json.ts'
import type {Entry} from '../../spec/fields.ts'
import type {JobSpec} from '../../spec/pipeline-spec.ts'
import type {RetrySpec} from '../../spec/shapes/retry.ts'
import type {CacheSpec} from '../../spec/shapes/shapes.ts'
import type {Value} from '../../spec/value.ts'
import {isoDuration, lengthSeconds} from '../../text/duration.ts'
import {reportMissingRole} from '../checks/check-target.ts'
import type {StepBody, StepScope} from '../context.ts'
import {compileImage} from '../images/images.ts'
import {atLeastOne, compileNumber} from '../values/compile-typed.ts'
import {compileText, compileTextMap} from '../values/compile-value.ts'

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
    VolumeSizeInGB: volume ? compileNumber(volume, 'the volume size', atLeastOne, scope) : usualInstance.volumeGb,
  }
}

/** InstanceType and InstanceCount. */
export function jobInstances(step: Pick<JobSpec, 'instance'>, scope: StepScope): JsonObject {
  const {defaults} = scope
  const type = step.instance?.type ?? defaults.instance?.type
  const count = step.instance?.count ?? defaults.instance?.count
  return {
    InstanceType: type ? compileText(type, scope) : usualInstance.type,
    InstanceCount: count ? compileNumber(count, 'the instance count', atLeastOne, scope) : usualInstance.count,
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
export function roleArn(own: Value | undefined, scope: StepScope): Json {
  const value = own ?? scope.defaults.role
  if (value) return compileText(value, scope)
  if (scope.target.role !== '') return scope.target.role
  reportMissingRole(scope)
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
  const seconds = lengthSeconds(timeout.value)
  const longest = longestRunSeconds[job]
  if (seconds <= longest) return seconds
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
  return {...cacheConfig(step.cache ?? scope.defaults.cache), ...retryPolicies(step.retry ?? scope.defaults.retry)}
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

/** Nothing when the cache is off. */
export function cacheConfig(cache: CacheSpec | undefined): Pick<StepBody, 'CacheConfig'> {
  if (!cache?.expireAfter) return {}
  return {CacheConfig: {Enabled: true, ExpireAfter: isoDuration(cache.expireAfter)}}
}

/** At most 43,200 s between attempts and 14,400 min in all. Source: Developer Guide, "Retry policy for pipeline steps". */
export function retryPolicies(policies: readonly RetrySpec[] | undefined): Pick<StepBody, 'RetryPolicies'> {
  if (!policies || policies.length === 0) return {}
  return {
    RetryPolicies: policies.map((policy) => {
      const minutes = policy.for && Math.ceil(lengthSeconds(policy.for.value) / 60)
      return {
        ExceptionType: (policy.on ?? []).map(({value}) => value),
        ...(policy.interval ? {IntervalSeconds: lengthSeconds(policy.interval.value)} : {}),
        ...(policy.backoff ? {BackoffRate: numberJson(policy.backoff.value, policy.backoff.text)} : {}),
        ...(policy.attempts ? {MaxAttempts: policy.attempts.value} : {}),
        ...(minutes === undefined ? {} : {ExpireAfterMin: minutes}),
      }
    }),
  }
}

/** A member is left out when there is nothing in it. */
export function unlessEmpty(name: string, value: JsonObject | readonly Json[]): JsonObject {
  const isEmpty = Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0
  return isEmpty ? {} : {[name]: value}
}

/** A destination of the user's own, else a fresh one. */
export function outputUri(own: Value | undefined, output: string, scope: StepScope): Json {
  return own ? compileText(own, scope) : freshOutputUri(output, scope)
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
