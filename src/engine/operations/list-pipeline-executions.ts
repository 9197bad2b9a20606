// ListPipelineExecutions: newest first unless asked otherwise.

import {compact, seconds} from '../store/documents.ts'
import type {ExecutionRow} from '../store/executions.ts'
import type {listPipelineExecutionsShape} from '../validations/list-pipeline-executions.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {pipelineNamed} from './finding.ts'
import {milliseconds, replyPage} from './paging.ts'
import type {Reply} from './reply.ts'

export function listPipelineExecutions(
  input: InputOf<typeof listPipelineExecutionsShape>,
  {db}: OperationContext,
): Reply {
  const found = pipelineNamed(db, input.PipelineName)
  if (found.kind === 'fault') return found

  const query = {
    from: 'executions',
    columns: 'rowid, *',
    where: [
      ['pipelineArn = ?', found.row.arn],
      ['createdAtMs > ?', milliseconds(input.CreatedAfter)],
      ['createdAtMs < ?', milliseconds(input.CreatedBefore)],
    ],
    sortBy: input.SortBy === 'PipelineExecutionArn' ? 'arn' : 'createdAtMs',
    tieBreak: 'rowid',
    defaultOrder: 'Descending',
  } as const
  return replyPage<ExecutionRow>(db, input, query, 'PipelineExecutionSummaries', summarise)
}

function summarise(row: ExecutionRow) {
  return compact({
    PipelineExecutionArn: row.arn,
    StartTime: seconds(row.createdAtMs),
    PipelineExecutionStatus: row.status,
    PipelineExecutionDescription: row.description,
    PipelineExecutionDisplayName: row.displayName,
    PipelineExecutionFailureReason: row.failureReason,
  })
}
