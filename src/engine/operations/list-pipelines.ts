// ListPipelines.

import {compact, seconds} from '../store/documents.ts'
import type {PipelineRow} from '../store/pipelines.ts'
import type {listPipelinesShape} from '../validations/list-pipelines.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {beginningWith, milliseconds, replyPage} from './paging.ts'
import type {Reply} from './reply.ts'

export function listPipelines(input: InputOf<typeof listPipelinesShape>, {db}: OperationContext): Reply {
  const query = {
    from: 'pipelines',
    where: [
      ["name LIKE ? ESCAPE '\\'", beginningWith(input.PipelineNamePrefix)],
      ['createdAtMs > ?', milliseconds(input.CreatedAfter)],
      ['createdAtMs < ?', milliseconds(input.CreatedBefore)],
    ],
    sortBy: input.SortBy === 'Name' ? 'name' : 'createdAtMs',
    tieBreak: 'arn',
    defaultOrder: 'Descending',
  } as const
  return replyPage<PipelineRow>(db, input, query, 'PipelineSummaries', summarise)
}

function summarise(row: PipelineRow) {
  return compact({
    PipelineArn: row.arn,
    PipelineName: row.name,
    PipelineDisplayName: row.displayName ?? row.name,
    PipelineDescription: row.description,
    RoleArn: row.roleArn,
    CreationTime: seconds(row.createdAtMs),
    LastModifiedTime: seconds(row.modifiedAtMs),
    LastExecutionTime: seconds(row.lastRunAtMs),
  })
}
