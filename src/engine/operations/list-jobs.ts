// ListProcessingJobs, ListTrainingJobs, ListTransformJobs and ListHyperParameterTuningJobs: one query over all kinds.

import type {JsonObject} from '../../definition/json.ts'
import {objectAt} from '../../definition/json-members.ts'
import {compact, seconds} from '../store/documents.ts'
import {isOneOf, type JobRow, parseOutcome, parseRequest} from '../store/jobs.ts'
import type {SortOrder} from '../store/listing.ts'
import {tuningMembers} from '../store/tuning-documents.ts'
import type {listJobsShape} from '../validations/list-jobs.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {processingKinds} from './describe-processing-job.ts'
import {containing, milliseconds, replyPage} from './paging.ts'
import type {Reply} from './reply.ts'

type ListJobsInput = InputOf<typeof listJobsShape>

const sortColumns = {Name: 'name', CreationTime: 'createdAtMs', Status: 'status'} as const

type Defaults = {
  readonly sortBy: keyof typeof sortColumns
  readonly defaultOrder: SortOrder
  readonly defaultSize?: number
}

/** What a request says nothing of: the reference has other words for each list (SortBy, SortOrder, MaxResults). */
const ofJobs: Defaults = {sortBy: 'CreationTime', defaultOrder: 'Ascending'}
const ofTransformJobs: Defaults = {sortBy: 'CreationTime', defaultOrder: 'Descending', defaultSize: 10}
const ofTuningJobs: Defaults = {sortBy: 'Name', defaultOrder: 'Ascending', defaultSize: 10}

export function listProcessingJobs(input: ListJobsInput, context: OperationContext): Reply {
  return listJobs(processingKinds, ofJobs, input, context, 'ProcessingJobSummaries', (row) =>
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
  return listJobs(['Training'], ofJobs, input, context, 'TrainingJobSummaries', (row) =>
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

export function listTransformJobs(input: ListJobsInput, context: OperationContext): Reply {
  return listJobs(['Transform'], ofTransformJobs, input, context, 'TransformJobSummaries', (row) =>
    compact({
      TransformJobName: row.name,
      TransformJobArn: row.arn,
      TransformJobStatus: row.status,
      FailureReason: parseOutcome(row).failureReason,
      CreationTime: seconds(row.createdAtMs),
      TransformEndTime: seconds(row.endedAtMs),
      LastModifiedTime: seconds(row.modifiedAtMs),
    }),
  )
}

export function listHyperParameterTuningJobs(input: ListJobsInput, context: OperationContext): Reply {
  return listJobs(['Tuning'], ofTuningJobs, input, context, 'HyperParameterTuningJobSummaries', (row) => {
    const {Strategy, ResourceLimits} = objectAt(parseRequest(row), 'HyperParameterTuningJobConfig')
    const members = tuningMembers(context.db, row)
    return compact({
      HyperParameterTuningJobName: row.name,
      HyperParameterTuningJobArn: row.arn,
      HyperParameterTuningJobStatus: row.status,
      Strategy,
      ResourceLimits,
      CreationTime: seconds(row.createdAtMs),
      HyperParameterTuningEndTime: seconds(row.endedAtMs),
      LastModifiedTime: seconds(row.modifiedAtMs),
      TrainingJobStatusCounters: members.TrainingJobStatusCounters,
      ObjectiveStatusCounters: members.ObjectiveStatusCounters,
    })
  })
}

function listJobs(
  kinds: readonly JobRow['kind'][],
  {sortBy, ...defaults}: Defaults,
  input: ListJobsInput,
  {db}: OperationContext,
  member: string,
  summarise: (row: JobRow) => JsonObject,
): Reply {
  const query = {
    from: 'jobs',
    where: [
      [isOneOf, JSON.stringify(kinds)],
      ["name LIKE ? ESCAPE '\\'", containing(input.NameContains)],
      ['status = ?', input.StatusEquals],
      ['createdAtMs > ?', milliseconds(input.CreationTimeAfter)],
      ['createdAtMs < ?', milliseconds(input.CreationTimeBefore)],
      ['modifiedAtMs > ?', milliseconds(input.LastModifiedTimeAfter)],
      ['modifiedAtMs < ?', milliseconds(input.LastModifiedTimeBefore)],
    ],
    sortBy: sortColumns[input.SortBy ?? sortBy],
    tieBreak: 'arn',
    ...defaults,
  } as const
  return replyPage<JobRow>(db, input, query, member, summarise)
}
