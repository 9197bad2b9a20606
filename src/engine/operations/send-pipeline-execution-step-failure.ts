// SendPipelineExecutionStepFailure: a callback step has failed, for this reason.

import type {sendPipelineExecutionStepFailureShape} from '../validations/send-pipeline-execution-step-failure.ts'
import type {InputOf} from '../validations/shape.ts'
import {answerCallback} from './answer-callback.ts'
import type {OperationContext} from './context.ts'
import type {Reply} from './reply.ts'

export function sendPipelineExecutionStepFailure(
  input: InputOf<typeof sendPipelineExecutionStepFailureShape>,
  context: OperationContext,
): Reply {
  const answer = {kind: 'failure', reason: input.FailureReason} as const
  return answerCallback(input, context, () => ({kind: 'answer', answer}))
}
