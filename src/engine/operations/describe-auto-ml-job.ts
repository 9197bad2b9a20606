// DescribeAutoMLJob.

import {describeJob} from '../store/job-documents.ts'
import type {describeAutoMLJobShape} from '../validations/describe-auto-ml-job.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {jobNamed} from './finding.ts'
import {ok, type Reply} from './reply.ts'

export function describeAutoMLJob(input: InputOf<typeof describeAutoMLJobShape>, {db}: OperationContext): Reply {
  const found = jobNamed(db, 'AutoML', input.AutoMLJobName)
  return found.kind === 'fault' ? found : ok(describeJob(db, found.row))
}
