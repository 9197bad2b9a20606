// The names of CloudWatch log groups and streams that SageMaker jobs write to.
// "Log Amazon SageMaker Events with Amazon CloudWatch": group per kind, stream `<job>/algo-1-<epoch seconds>`.

import type {Db} from '../store/database.ts'
import {findJobByName, type JobRow} from '../store/jobs.ts'
import {refuse} from './reply.ts'

const groups = {
  '/aws/sagemaker/ProcessingJobs': 'Processing',
  '/aws/sagemaker/TrainingJobs': 'Training',
} as const

type GroupInput = {readonly logGroupName?: string; readonly logGroupIdentifier?: string}

/** The kind of job that a request's log group is for, or the fault. */
export function jobKindOf(input: GroupInput) {
  const given = input.logGroupName ?? input.logGroupIdentifier
  if (given === undefined) return refuse('InvalidParameterException', 'logGroupName or logGroupIdentifier is required.')
  const name = given.startsWith('arn:') ? given.split(':').slice(6).join(':').replace(/:\*$/, '') : given
  const kind = Object.entries(groups).find(([group]) => group === name)?.[1]
  if (!kind) return refuse('ResourceNotFoundException', 'The specified log group does not exist.')
  return {kind: 'job-kind', value: kind} as const
}

export function streamName(job: JobRow): string {
  return `${job.name}/algo-1-${Math.floor((job.startedAtMs ?? job.createdAtMs) / 1000)}`
}

/** The job whose stream has this name. */
export function jobOfStream(db: Db, kind: JobRow['kind'], stream: string): JobRow | undefined {
  return findJobByName(db, kind, stream.slice(0, Math.max(0, stream.indexOf('/'))))
}
