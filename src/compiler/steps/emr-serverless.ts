// emr-serverless → EMRServerless: what StartJobRun takes, in its own small-letter names, and the application beside it.

import type {JsonObject} from '../../definition/json.ts'
import type {StepOf} from '../../spec/pipeline-spec.ts'
import {formatPath, isFunctionMap} from '../../spec/value.ts'
import {lengthSeconds} from '../../text/duration.ts'
import type {StepCompiler, StepScope} from '../context.ts'
import {compileLocation} from '../local-content.ts'
import {cacheConfig, retryPolicies, roleArn, unlessEmpty} from '../parts/job-parts.ts'
import {itemPlaces, memberPlaces, ownOrDefault} from '../place.ts'
import {compileText, compileTextMap, compileTexts, compileValue} from '../values/compile-value.ts'
import {shortValue} from '../values/short-names.ts'

type EmrServerlessSpec = StepOf<'emr-serverless'>

/** Names of what GetJobRun shows, which is one member: jobRun. */
const jobRunValues = {id: 'jobRun.jobRunId', applicationId: 'jobRun.applicationId', arn: 'jobRun.arn'}

export const emrServerlessCompiler: StepCompiler<EmrServerlessSpec> = {
  type: 'EMRServerless',
  propertyNames: [...Object.keys(jobRunValues), 'jobRun'],

  compile(step, scope) {
    const role = roleArn(step.role, scope)
    const {application} = step
    const isNew = application?.kind === 'map' && !isFunctionMap(application)
    const applicationId = application && !isNew ? compileText(application, scope) : undefined
    return {
      Arguments: {
        ExecutionRoleArn: role,
        JobConfig: {
          executionRoleArn: role,
          ...jobDriver(step, scope),
          ...(applicationId === undefined ? {} : {applicationId}),
          ...(step.configuration ? {configurationOverrides: compileValue(step.configuration, scope)} : {}),
          ...timeoutMinutes(step, scope),
          ...(step.jobName ? {name: compileText(step.jobName, scope)} : {}),
          ...unlessEmpty('tags', compileTextMap(step.tags, scope)),
        },
        ...(applicationId === undefined ? {} : {ApplicationId: applicationId}),
        ...(application && isNew ? {ApplicationConfig: compileValue(application, scope)} : {}),
      },
      ...cacheConfig(step.cache ?? scope.defaults.cache),
      ...retryPolicies(step.retry),
    }
  },

  property(step, path) {
    const [part] = path
    if (part?.kind !== 'name' || part.name !== 'jobRun') return shortValue(step, path, jobRunValues)
    return {json: {Get: `Steps.${step.name}.${formatPath(path)}`}, type: 'Unknown'}
  },

  places(step, scope) {
    const spark = 'JobConfig.jobDriver.sparkSubmit'
    return [
      ['ExecutionRoleArn', ownOrDefault('role', step, scope)],
      ['JobConfig.executionRoleArn', ownOrDefault('role', step, scope)],
      [spark, step.script?.range],
      [`${spark}.entryPointArguments`, step.keyRanges.get('args')],
      ...itemPlaces(`${spark}.entryPointArguments`, step.args),
      [`${spark}.sparkSubmitParameters`, step.sparkParameters?.range],
      ['JobConfig.applicationId', step.application?.range],
      ['JobConfig.configurationOverrides', step.configuration?.range],
      ['JobConfig.executionTimeoutMinutes', step.timeout?.range],
      ['JobConfig.name', step.jobName?.range],
      ['JobConfig.tags', step.keyRanges.get('tags')],
      ...memberPlaces('JobConfig.tags', step.tags),
      [step.application?.kind === 'map' ? 'ApplicationConfig' : 'ApplicationId', step.application?.range],
      ['CacheConfig', ownOrDefault('cache', step, scope)],
    ]
  },
}

function jobDriver(step: EmrServerlessSpec, scope: StepScope): JsonObject {
  const {script, args, sparkParameters} = step
  if (!script) {
    const stray = args ? step.keyRanges.get('args') : sparkParameters?.range
    if (stray || !(step.keyRanges.has('script') || step.api || step.definition)) {
      scope.findings.error('missing-key', stray ?? step.nameRange, `step "${step.name}" has no "script"`, {
        help: 'script: src/job.py, or a job of another kind: api: {JobConfig: {jobDriver: {hive: {query: …}}}}',
      })
    }
    return {}
  }
  return {
    jobDriver: {
      sparkSubmit: {
        entryPoint: compileLocation(script, 'code', scope),
        ...unlessEmpty('entryPointArguments', compileTexts(args, scope)),
        ...(sparkParameters ? {sparkSubmitParameters: compileText(sparkParameters, scope)} : {}),
      },
    },
  }
}

/** Source: StartJobRun, executionTimeoutMinutes. */
const longestMinutes = 1_000_000

function timeoutMinutes({timeout}: EmrServerlessSpec, scope: StepScope): JsonObject {
  if (!timeout) return {}
  const minutes = Math.ceil(lengthSeconds(timeout.value) / 60)
  if (minutes > longestMinutes) {
    const message = `a job run can be given ${longestMinutes.toLocaleString('en')} minutes at most`
    scope.findings.error('out-of-range', timeout.range, message)
    return {}
  }
  return {executionTimeoutMinutes: minutes}
}
