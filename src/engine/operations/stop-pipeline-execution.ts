// StopPipelineExecution: asks for the stop; the process that runs the execution carries it out.

import {endExecution, isTerminal, requestStop} from '../store/executions.ts'
import type {InputOf} from '../validations/shape.ts'
import type {stopPipelineExecutionShape} from '../validations/stop-pipeline-execution.ts'
import type {OperationContext} from './context.ts'
import {executionOf} from './finding.ts'
import {invalid, ok, type Reply} from './reply.ts'

export function stopPipelineExecution(
  input: InputOf<typeof stopPipelineExecutionShape>,
  context: OperationContext,
): Reply {
  const {db, executions} = context
  const arn = input.PipelineExecutionArn
  const reply = db.transaction((): Reply => {
    const found = executionOf(db, arn)
    if (found.kind === 'fault') return found
    if (isTerminal(found.row.status)) {
      return invalid(
        `Pipeline execution with ARN ${arn} is already in ${found.row.status} status and can not be stopped.`,
      )
    }
    const now = context.now()
    // Nobody runs it yet, so there is nothing to wait for.
    if (found.row.ownerPid === null) {
      endExecution(db, found.row, {status: 'Stopped', failureReason: null, atMs: now})
    } else if (!executions.closeIfAbandoned(found.row)) requestStop(db, arn, now)
    return ok({PipelineExecutionArn: arn})
  })
  if (reply.kind === 'output') executions.notice(arn)
  return reply
}
