// A rehearsal of a step: nothing runs, what it would have left is stood in for, and everything says so.

import {rmSync} from 'node:fs'
import {join} from 'node:path'
import type {JsonObject} from '../../../definition/json.ts'
import {objectAt} from '../../../definition/json-members.ts'
import {overlay} from '../../../definition/json-overlay.ts'
import {type TuningDefinition, tuningDefinitions} from '../../store/tuning-documents.ts'
import {startSimulatedCheck} from '../checks/start-check.ts'
import {cutReason} from '../exit-text.ts'
import {JobFault} from '../job-fault.ts'
import type {JobContext} from '../job-plan.ts'
import type {JobDeps, JobOutcome, JobRequest, RunningJob} from '../job-types.ts'
import {declaredOutputs, outputResult} from '../output-parameters.ts'
import {textMapAt} from '../request-fields.ts'
import {startTuning} from '../tuning/tuning.ts'
import {simulatedDocument} from './simulate-documents.ts'
import {simulateFiles} from './simulate-files.ts'

type Left = Omit<Partial<JobOutcome>, 'status' | 'failureReason'>

const zeroes = {String: '', Integer: 0, Float: 0, Boolean: false} as const

/** The hyperparameter by which SageMaker tells a training job what it is tuned for. */
const objectiveParameter = '_tuning_objective_metric'

export function startSimulated(request: JobRequest, deps: JobDeps, why = defaultReason(request)): RunningJob {
  deps.writeLog(request.jobName, `mlpipe: simulated: ${why}`)
  switch (request.kind) {
    case 'QualityCheck':
    case 'ClarifyCheck':
      return startSimulatedCheck(request, deps, why)
    case 'Tuning':
      return startSimulatedTuning(request, deps, why)
    default:
      return {done: rehearse(request, deps, why), stop() {}, kill() {}}
  }
}

function defaultReason({kind, hints}: JobRequest): string {
  return hints.runner === 'simulate'
    ? 'the step asks for it (local: {runner: simulate})'
    : `steps of type ${kind} cannot run on this machine`
}

async function rehearse(request: JobRequest, deps: JobDeps, why: string): Promise<JobOutcome> {
  const startedAtMs = deps.now()
  const jobDirectory = join(deps.stateDirectory, 'jobs', request.jobName)
  const note = (text: string) => deps.writeLog(request.jobName, `mlpipe: ${text}`)
  const context: JobContext = {request, deps, jobDirectory, mlDirectory: join(jobDirectory, 'ml'), note}
  try {
    const left = await leave(context)
    const described = overlay(left.described ?? {}, request.hints.properties ?? {})
    const times = {startedAtMs, endedAtMs: deps.now()}
    return {metrics: [], ...left, described, simulated: why, status: 'Completed', ...times}
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const failureReason = cutReason(error instanceof JobFault ? message : `InternalServerError: ${message}`)
    note(failureReason)
    return {status: 'Failed', failureReason, metrics: [], simulated: why, startedAtMs, endedAtMs: deps.now()}
  } finally {
    rmSync(jobDirectory, {recursive: true, force: true})
  }
}

async function leave(context: JobContext): Promise<Left> {
  const {request} = context
  const files = await simulateFiles(context)
  switch (request.kind) {
    case 'Lambda':
    case 'Callback':
      return simulatedOutputs(request)
    case 'Training':
      return {...files, metrics: simulatedMetrics(context)}
    default:
      return {...files, ...(await simulatedDocument(context))}
  }
}

function simulatedOutputs({envelope, hints}: JobRequest): Left {
  const given = new Map(Object.entries(hints.outputs ?? {}))
  const values = declaredOutputs(envelope).map(({name, type}) => [name, given.get(name) ?? zeroes[type]])
  return outputResult(Object.fromEntries(values))
}

/** Those of the hints; of a training job that is tuned, its objective too, so that there is a best one. */
function simulatedMetrics({request, deps}: JobContext): JobOutcome['metrics'] {
  const given = request.hints.metrics ?? {}
  const objective = textMapAt(request.arguments, 'HyperParameters')[objectiveParameter]
  const values = objective === undefined ? given : {[objective]: 0, ...given}
  return Object.entries(values).map(([name, value]) => ({name, value, timestampMs: deps.now()}))
}

/** As if one training job had run, with values out of the ranges. */
function startSimulatedTuning(request: JobRequest, deps: JobDeps, why: string): RunningJob {
  const config = objectAt(request.arguments, 'HyperParameterTuningJobConfig')
  const limits = {MaxNumberOfTrainingJobs: 1, MaxParallelTrainingJobs: 1}
  const once = {...request.arguments, HyperParameterTuningJobConfig: {...config, ResourceLimits: limits}}
  const [definition] = tuningDefinitions(request.arguments)
  const job = startTuning(
    {...request, arguments: once},
    {...deps, startChild: (kind, name, child) => deps.startChild(kind, name, withObjective(child, definition))},
  )
  const described = request.hints.properties ?? {}
  return {...job, done: job.done.then((outcome) => ({...outcome, described, simulated: why}))}
}

function withObjective(child: JsonObject, definition: TuningDefinition | undefined): JsonObject {
  const metric = definition?.objective?.metric
  if (metric === undefined) return child
  return {...child, HyperParameters: {...objectAt(child, 'HyperParameters'), [objectiveParameter]: metric}}
}
