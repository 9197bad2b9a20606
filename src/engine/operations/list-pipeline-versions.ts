// ListPipelineVersions.

import {compact, seconds} from '../store/documents.ts'
import type {PipelineVersionRow} from '../store/pipelines.ts'
import type {listPipelineVersionsShape} from '../validations/list-pipeline-versions.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {pipelineNamed} from './finding.ts'
import {milliseconds, replyPage} from './paging.ts'
import type {Reply} from './reply.ts'

export function listPipelineVersions(input: InputOf<typeof listPipelineVersionsShape>, {db}: OperationContext): Reply {
  const found = pipelineNamed(db, input.PipelineName)
  if (found.kind === 'fault') return found

  const query = {
    from: 'pipelineVersions',
    where: [
      ['pipelineArn = ?', found.row.arn],
      ['createdAtMs > ?', milliseconds(input.CreatedAfter)],
      ['createdAtMs < ?', milliseconds(input.CreatedBefore)],
    ],
    sortBy: 'createdAtMs',
    tieBreak: 'version',
    defaultOrder: 'Descending',
  } as const
  return replyPage<PipelineVersionRow>(db, input, query, 'PipelineVersionSummaries', summarise)
}

function summarise(row: PipelineVersionRow) {
  return compact({
    PipelineArn: row.pipelineArn,
    PipelineVersionId: row.version,
    CreationTime: seconds(row.createdAtMs),
    PipelineVersionDescription: row.description,
    PipelineVersionDisplayName: row.displayName,
    LastExecutionPipelineExecutionArn: row.lastExecutionArn,
  })
}
