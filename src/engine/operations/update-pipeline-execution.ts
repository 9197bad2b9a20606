// UpdatePipelineExecution: name, description, parallelism.

import {describeAnew} from '../store/executions.ts'
import type {InputOf} from '../validations/shape.ts'
import type {updatePipelineExecutionShape} from '../validations/update-pipeline-execution.ts'
import type {OperationContext} from './context.ts'
import {executionOf} from './finding.ts'
import {ok, type Reply} from './reply.ts'

export function updatePipelineExecution(
  input: InputOf<typeof updatePipelineExecutionShape>,
  context: OperationContext,
): Reply {
  const {db, executions} = context
  const reply = db.transaction((): Reply => {
    const found = executionOf(db, input.PipelineExecutionArn)
    if (found.kind === 'fault') return found

    const {row} = found
    describeAnew(db, {
      ...row,
      displayName: input.PipelineExecutionDisplayName ?? row.displayName,
      description: input.PipelineExecutionDescription ?? row.description,
      parallelism: input.ParallelismConfiguration?.MaxParallelExecutionSteps ?? row.parallelism,
      modifiedAtMs: context.now(),
    })
    return ok({PipelineExecutionArn: row.arn})
  })
  if (reply.kind === 'output') executions.notice(input.PipelineExecutionArn)
  return reply
}
