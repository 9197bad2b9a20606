// DescribeTrainingJob.

import {describeJob} from '../store/job-documents.ts'
import {findJobByName} from '../store/jobs.ts'
import type {describeTrainingJobShape} from '../validations/describe-training-job.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {invalid, ok, type Reply} from './reply.ts'

export function describeTrainingJob(input: InputOf<typeof describeTrainingJobShape>, {db}: OperationContext): Reply {
  const row = findJobByName(db, ['Training'], input.TrainingJobName)
  // The service's own sentence, and ValidationException rather than ResourceNotFound: aws/aws-sdk issue 165.
  return row ? ok(describeJob(db, row)) : invalid('Requested resource not found.')
}
