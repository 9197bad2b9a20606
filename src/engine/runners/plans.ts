// The plan of each kind of job that runs as a process.

import {entityNamePattern} from '../../definition/names.ts'
import {clientFault} from './job-fault.ts'
import type {JobPlan} from './job-plan.ts'
import type {JobDeps, JobRequest} from './job-types.ts'
import {planLambda} from './lambda/lambda-plan.ts'
import {planProcessing} from './processing.ts'
import {planTraining} from './training/training.ts'
import {planTransform} from './transform/transform-plan.ts'

export function planJob(request: JobRequest, deps: JobDeps): JobPlan {
  if (!entityNamePattern.test(request.jobName)) throw clientFault(`"${request.jobName}" is no name for a job`)
  switch (request.kind) {
    case 'Processing':
      return planProcessing(request)
    case 'Training':
      return planTraining(request)
    case 'Transform':
      return planTransform(request, deps)
    case 'Lambda':
      return planLambda(request, deps)
    default:
      throw new Error(`a job of kind ${request.kind} runs as no process`)
  }
}
