// What the Describe operations say of jobs, and which properties a step has by its job.

import type {Json, JsonObject} from '../../definition/json.ts'
import type {Db} from './database.ts'
import {compact, seconds} from './documents.ts'
import {type JobRow, parseOutcome, parseRequest, type StoredOutcome} from './jobs.ts'
import {definitionNameMember, tuningMembers, tuningSummaries} from './tuning-documents.ts'

type Members = Readonly<Record<string, Json | undefined>>

/** The answer of the Describe operation of the job's kind. A check's is that of the processing job it is on AWS. */
export function describeJob(db: Db, row: JobRow): JsonObject {
  const {Tags: _tags, [definitionNameMember]: _name, ...request} = parseRequest(row)
  const outcome = parseOutcome(row)
  const described = isCheck(row) ? {} : outcome.described
  return {...request, ...compact(membersOf(db, row, outcome)), ...described}
}

/** The properties of the step that made the job: what its type's reference page names. */
export function jobProperties(db: Db, row: JobRow): JsonObject {
  switch (row.kind) {
    case 'Processing':
    case 'Training':
    case 'Transform':
    case 'AutoML':
      return describeJob(db, row)
    case 'Tuning':
      // "Pipeline step properties": DescribeHyperParameterTuningJob and ListTrainingJobsForHyperParameterTuningJob together.
      return {TrainingJobSummaries: tuningSummaries(db, row), ...describeJob(db, row)}
    default:
      return parseOutcome(row).described ?? {}
  }
}

function membersOf(db: Db, row: JobRow, outcome: StoredOutcome): Members {
  switch (row.kind) {
    case 'Training':
      return trainingMembers(row, outcome)
    case 'Tuning':
      return {...commonMembers('HyperParameterTuningJob', row, outcome), ...tuningMembers(db, row)}
    case 'Transform':
      return {
        ...commonMembers('TransformJob', row, outcome),
        TransformStartTime: seconds(row.startedAtMs),
        TransformEndTime: seconds(row.endedAtMs),
      }
    case 'AutoML':
      return {
        ...commonMembers('AutoMLJob', row, outcome),
        AutoMLJobSecondaryStatus: row.status === 'InProgress' ? 'Starting' : row.status,
        EndTime: seconds(row.endedAtMs),
      }
    default:
      return processingMembers(row, outcome)
  }
}

function isCheck({kind}: JobRow): boolean {
  return kind === 'QualityCheck' || kind === 'ClarifyCheck'
}

function commonMembers(noun: string, row: JobRow, {failureReason}: StoredOutcome): Members {
  return {
    [`${noun}Name`]: row.name,
    [`${noun}Arn`]: row.arn,
    [`${noun}Status`]: row.status,
    FailureReason: failureReason,
    CreationTime: seconds(row.createdAtMs),
    LastModifiedTime: seconds(row.modifiedAtMs),
  }
}

function processingMembers(row: JobRow, outcome: StoredOutcome): Members {
  return {
    ...commonMembers('ProcessingJob', row, outcome),
    ExitMessage: outcome.exitMessage,
    ProcessingStartTime: seconds(row.startedAtMs),
    ProcessingEndTime: seconds(row.endedAtMs),
  }
}

function trainingMembers(row: JobRow, outcome: StoredOutcome): Members {
  const {metrics = [], modelArtifactsUri} = outcome
  const trained = row.startedAtMs !== null && row.endedAtMs !== null ? row.endedAtMs - row.startedAtMs : undefined
  const trainedSeconds = trained === undefined ? undefined : Math.max(1, Math.round(trained / 1000))
  return {
    ...commonMembers('TrainingJob', row, outcome),
    TuningJobArn: row.parentArn ?? undefined,
    SecondaryStatus: row.status === 'InProgress' ? 'Training' : row.status,
    ModelArtifacts: modelArtifactsUri === undefined ? undefined : {S3ModelArtifacts: modelArtifactsUri},
    FinalMetricDataList: metrics.map(({name, value, timestampMs}) => ({
      MetricName: name,
      Value: value,
      Timestamp: seconds(timestampMs) ?? 0,
    })),
    TrainingStartTime: seconds(row.startedAtMs),
    TrainingEndTime: seconds(row.endedAtMs),
    TrainingTimeInSeconds: trainedSeconds,
    BillableTimeInSeconds: trainedSeconds,
  }
}
