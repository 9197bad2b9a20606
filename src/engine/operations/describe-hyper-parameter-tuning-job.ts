// DescribeHyperParameterTuningJob.

import {describeJob} from '../store/job-documents.ts'
import type {describeHyperParameterTuningJobShape} from '../validations/describe-hyper-parameter-tuning-job.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {jobNamed} from './finding.ts'
import {ok, type Reply} from './reply.ts'

export function describeHyperParameterTuningJob(
  input: InputOf<typeof describeHyperParameterTuningJobShape>,
  {db}: OperationContext,
): Reply {
  const found = jobNamed(db, 'Tuning', input.HyperParameterTuningJobName)
  return found.kind === 'fault' ? found : ok(describeJob(db, found.row))
}
