// DescribeTransformJob.

import {describeJob} from '../store/job-documents.ts'
import type {describeTransformJobShape} from '../validations/describe-transform-job.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {jobNamed} from './finding.ts'
import {ok, type Reply} from './reply.ts'

export function describeTransformJob(input: InputOf<typeof describeTransformJobShape>, {db}: OperationContext): Reply {
  const found = jobNamed(db, 'Transform', input.TransformJobName)
  return found.kind === 'fault' ? found : ok(describeJob(db, found.row))
}
