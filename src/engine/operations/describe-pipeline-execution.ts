// DescribePipelineExecution.

import {compact, seconds, userContext} from '../store/documents.ts'
import {type ExecutionRow, isTerminal, parseSelection} from '../store/executions.ts'
import type {describePipelineExecutionShape} from '../validations/describe-pipeline-execution.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {executionOf} from './finding.ts'
import {ok, type Reply} from './reply.ts'

export function describePipelineExecution(
  input: InputOf<typeof describePipelineExecutionShape>,
  {db, executions}: OperationContext,
): Reply {
  const found = executionOf(db, input.PipelineExecutionArn)
  if (found.kind === 'fault') return found

  // Somebody may be waiting for an execution whose process has died.
  if (isTerminal(found.row.status) || !executions.closeIfAbandoned(found.row)) return ok(describe(found.row))
  const closed = executionOf(db, input.PipelineExecutionArn)
  return closed.kind === 'fault' ? closed : ok(describe(closed.row))
}

function describe(row: ExecutionRow) {
  return compact({
    PipelineArn: row.pipelineArn,
    PipelineExecutionArn: row.arn,
    PipelineExecutionDisplayName: row.displayName,
    PipelineExecutionStatus: row.status,
    PipelineExecutionDescription: row.description,
    FailureReason: row.failureReason,
    CreationTime: seconds(row.createdAtMs),
    LastModifiedTime: seconds(row.modifiedAtMs),
    CreatedBy: userContext,
    LastModifiedBy: userContext,
    ParallelismConfiguration: row.parallelism === null ? null : {MaxParallelExecutionSteps: row.parallelism},
    SelectiveExecutionConfig: selectiveExecution(row),
    PipelineVersionId: row.version,
    MLflowConfig: row.mlflowExperiment === null ? null : {MlflowExperimentName: row.mlflowExperiment},
  })
}

function selectiveExecution(row: ExecutionRow) {
  const selection = parseSelection(row)
  if (!selection) return undefined
  const SelectedSteps = selection.steps.map((StepName) => ({StepName}))
  return compact({SourcePipelineExecutionArn: selection.sourceArn, SelectedSteps})
}
