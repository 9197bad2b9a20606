// DescribeProcessingJob.

import {describeJob} from '../store/job-documents.ts'
import {findJobByName} from '../store/jobs.ts'
import type {describeProcessingJobShape} from '../validations/describe-processing-job.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {invalid, ok, type Reply} from './reply.ts'

/** A check step runs a processing job. */
export const processingKinds = ['Processing', 'QualityCheck', 'ClarifyCheck'] as const

export function describeProcessingJob(
  input: InputOf<typeof describeProcessingJobShape>,
  {db}: OperationContext,
): Reply {
  const row = findJobByName(db, processingKinds, input.ProcessingJobName)
  return row ? ok(describeJob(db, row)) : invalid(`Could not find requested job with name: ${input.ProcessingJobName}`)
}
