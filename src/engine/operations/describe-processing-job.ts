// DescribeProcessingJob.

import {describeJob, findJobByName} from '../store/jobs.ts'
import type {describeProcessingJobShape} from '../validations/describe-processing-job.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {invalid, ok, type Reply} from './reply.ts'

export function describeProcessingJob(
  input: InputOf<typeof describeProcessingJobShape>,
  {db}: OperationContext,
): Reply {
  const row = findJobByName(db, 'Processing', input.ProcessingJobName)
  return row ? ok(describeJob(row)) : invalid(`Could not find requested job with name: ${input.ProcessingJobName}`)
}
