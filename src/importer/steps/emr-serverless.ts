// EMRServerless → emr-serverless. Spark has keys of its own; a job of another kind stays under `api:`.

import {isJsonObject, type Json} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'
import type {Lift, SpecMap} from '../lift.ts'
import {liftText, liftTextMap, liftTexts, liftTimeout} from './job-parts.ts'

export const liftEmrServerless: Lift = (step, context) => {
  const request = objectAt(step, 'Arguments')
  const job = objectAt(request, 'JobConfig')
  const spark = objectAt(objectAt(job, 'jobDriver'), 'sparkSubmit')
  const isSpark = spark.entryPoint !== undefined
  const {ApplicationId: id, ApplicationConfig: config} = request
  const application = isJsonObject(config) ? {application: context.value(config)} : {}
  return {
    ...(id === undefined ? application : liftText('application', id, context)),
    ...liftText('role', request.ExecutionRoleArn, context),
    ...liftText('script', spark.entryPoint, context),
    ...(isSpark ? liftTexts('args', spark.entryPointArguments, context) : {}),
    ...(isSpark ? liftText('sparkParameters', spark.sparkSubmitParameters, context) : {}),
    ...(isJsonObject(job.configurationOverrides) ? {configuration: context.value(job.configurationOverrides)} : {}),
    ...liftText('jobName', job.name, context),
    ...liftMinutes(job.executionTimeoutMinutes),
    ...liftTextMap('tags', job.tags, context),
    ...(isSpark || job.jobDriver === undefined ? {} : {api: {JobConfig: {jobDriver: context.value(job.jobDriver)}}}),
  }
}

function liftMinutes(minutes: Json | undefined): SpecMap {
  return typeof minutes === 'number' ? liftTimeout(minutes * 60) : {}
}
