// ListProcessingJobs and ListTrainingJobs: one query over both kinds.

import type {JsonObject} from '../../definition/json.ts'
import {compact, seconds} from '../store/documents.ts'
import type {JobRow} from '../store/jobs.ts'
import type {listJobsShape} from '../validations/list-jobs.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {containing, milliseconds, replyPage} from './paging.ts'
import type {Reply} from './reply.ts'

type ListJobsInput = InputOf<typeof listJobsShape>

const sortColumns = {Name: 'name', CreationTime: 'createdAtMs', Status: 'status'} as const

export function listProcessingJobs(input: ListJobsInput, context: OperationContext): Reply {
  return listJobs('Processing', input, context, 'ProcessingJobSummaries', (row) =>
    compact({
      ProcessingJobName: row.name,
      ProcessingJobArn: row.arn,
      ProcessingJobStatus: row.status,
      CreationTime: seconds(row.createdAtMs),
      ProcessingEndTime: seconds(row.endedAtMs),
      LastModifiedTime: seconds(row.modifiedAtMs),
    }),
  )
}

export function listTrainingJobs(input: ListJobsInput, context: OperationContext): Reply {
  return listJobs('Training', input, context, 'TrainingJobSummaries', (row) =>
    compact({
      TrainingJobName: row.name,
      TrainingJobArn: row.arn,
      TrainingJobStatus: row.status,
      CreationTime: seconds(row.createdAtMs),
      TrainingEndTime: seconds(row.endedAtMs),
      LastModifiedTime: seconds(row.modifiedAtMs),
    }),
  )
}

function listJobs(
  kind: JobRow['kind'],
  input: ListJobsInput,
  {db}: OperationContext,
  member: string,
  summarise: (row: JobRow) => JsonObject,
): Reply {
  const query = {
    from: 'jobs',
    where: [
      ['kind = ?', kind],
      ["name LIKE ? ESCAPE '\\'", containing(input.NameContains)],
      ['status = ?', input.StatusEquals],
      ['createdAtMs > ?', milliseconds(input.CreationTimeAfter)],
      ['createdAtMs < ?', milliseconds(input.CreationTimeBefore)],
      ['modifiedAtMs > ?', milliseconds(input.LastModifiedTimeAfter)],
      ['modifiedAtMs < ?', milliseconds(input.LastModifiedTimeBefore)],
    ],
    sortBy: sortColumns[input.SortBy ?? 'CreationTime'],
    tieBreak: 'arn',
    defaultOrder: 'Ascending',
  } as const
  return replyPage<JobRow>(db, input, query, member, summarise)
}
