// ListTrainingJobsForHyperParameterTuningJob: the training jobs that a tuning job started, with their objective metrics.

import type {Json, JsonObject} from '../../definition/json.ts'
import {tuningSummaries} from '../store/tuning-documents.ts'
import type {listTrainingJobsForHyperParameterTuningJobShape} from '../validations/list-training-jobs-for-hyper-parameter-tuning-job.ts'
import type {InputOf} from '../validations/shape.ts'
import type {OperationContext} from './context.ts'
import {jobNamed} from './finding.ts'
import {invalid, ok, type Reply} from './reply.ts'

type Input = InputOf<typeof listTrainingJobsForHyperParameterTuningJobShape>

const sortMembers = {Name: 'TrainingJobName', CreationTime: 'CreationTime', Status: 'TrainingJobStatus'} as const

const defaultPageSize = 10

export function listTrainingJobsForHyperParameterTuningJob(input: Input, {db}: OperationContext): Reply {
  const found = jobNamed(db, 'Tuning', input.HyperParameterTuningJobName)
  if (found.kind === 'fault') return found
  const first = Number(input.NextToken ?? '0')
  if (!Number.isSafeInteger(first) || first < 0) return invalid('The provided NextToken is not valid.')

  const summaries = tuningSummaries(db, found.row).filter(
    ({TrainingJobStatus: status}) => input.StatusEquals === undefined || status === input.StatusEquals,
  )
  const end = first + (input.MaxResults ?? defaultPageSize)
  const listed = sort(summaries, input)
  const page = listed.slice(first, end)
  return ok({TrainingJobSummaries: page, ...(end < listed.length ? {NextToken: String(end)} : {})})
}

/** The summaries come with the best objective first. "SortBy": by that value, jobs without one are left out. */
function sort(
  summaries: readonly JsonObject[],
  {SortBy: by = 'Name', SortOrder: order = 'Ascending'}: Input,
): JsonObject[] {
  const direction = order === 'Ascending' ? 1 : -1
  if (by === 'FinalObjectiveMetricValue') {
    const measured = summaries.filter(({FinalHyperParameterTuningJobObjectiveMetric: metric}) => metric !== undefined)
    return [...measured].sort((a, b) => direction * (objectiveValue(a) - objectiveValue(b)))
  }
  const member = sortMembers[by]
  return [...summaries].sort((a, b) => direction * compare(a[member] ?? null, b[member] ?? null))
}

function objectiveValue({FinalHyperParameterTuningJobObjectiveMetric: metric}: JsonObject): number {
  return Number((metric as JsonObject | undefined)?.Value)
}

function compare(a: Json, b: Json): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : Number(String(a) > String(b))
}
