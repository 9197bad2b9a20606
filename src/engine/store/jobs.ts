// Processing and training jobs that steps made, and what the Describe operations say of them.

import type {JsonObject} from '../../definition/json.ts'
import type {JobKind, JobOutcome} from '../runners/job-types.ts'
import type {Db} from './database.ts'
import {compact, seconds} from './documents.ts'

export type JobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped'

export type JobRow = {
  readonly arn: string
  readonly kind: JobKind
  readonly name: string
  readonly status: JobStatus
  /** JSON of the resolved request: the step's Arguments. */
  readonly request: string
  /** JSON of `StoredOutcome`, once the job has ended. */
  readonly outcome: string | null
  readonly executionArn: string
  readonly stepName: string
  readonly createdAtMs: number
  readonly startedAtMs: number | null
  readonly endedAtMs: number | null
  readonly modifiedAtMs: number
}

type StoredOutcome = Partial<Pick<JobOutcome, 'failureReason' | 'exitMessage' | 'metrics' | 'modelArtifactsUri'>>

export type NewJob = Pick<JobRow, 'arn' | 'kind' | 'name' | 'executionArn' | 'stepName' | 'createdAtMs'> & {
  readonly request: JsonObject
}

export function insertJob(db: Db, job: NewJob): void {
  db.run(
    `INSERT INTO jobs (arn, kind, name, status, request, executionArn, stepName, createdAtMs, startedAtMs, modifiedAtMs)
     VALUES (?, ?, ?, 'InProgress', ?, ?, ?, ?, ?, ?)`,
    ...[job.arn, job.kind, job.name, JSON.stringify(job.request), job.executionArn, job.stepName],
    ...[job.createdAtMs, job.createdAtMs, job.createdAtMs],
  )
}

export function endJob(db: Db, arn: string, outcome: JobOutcome): void {
  const {failureReason, exitMessage, metrics, modelArtifactsUri} = outcome
  const stored = JSON.stringify({failureReason, exitMessage, metrics, modelArtifactsUri})
  db.run(
    'UPDATE jobs SET status = ?, outcome = ?, startedAtMs = ?, endedAtMs = ?, modifiedAtMs = ? WHERE arn = ?',
    ...[outcome.status, stored, outcome.startedAtMs, outcome.endedAtMs, outcome.endedAtMs, arn],
  )
}

/** Marks the running jobs and steps of an execution as being stopped. */
export function markStopping(db: Db, executionArn: string): void {
  db.run("UPDATE jobs SET status = 'Stopping' WHERE executionArn = ? AND endedAtMs IS NULL", executionArn)
  db.run("UPDATE steps SET status = 'Stopping' WHERE executionArn = ? AND endedAtMs IS NULL", executionArn)
}

/** Names of the jobs of an execution that have not ended. */
export function findRunningJobs(db: Db, executionArn: string): string[] {
  const sql = 'SELECT name FROM jobs WHERE executionArn = ? AND endedAtMs IS NULL'
  return db.all<{name: string}>(sql, executionArn).map(({name}) => name)
}

export function findJob(db: Db, arn: string): JobRow | undefined {
  return db.get('SELECT * FROM jobs WHERE arn = ?', arn)
}

export function findJobByName(db: Db, kind: JobKind, name: string): JobRow | undefined {
  return db.get('SELECT * FROM jobs WHERE kind = ? AND name = ?', kind, name)
}

/** What DescribeProcessingJob or DescribeTrainingJob answers; also the properties of the step that made the job. */
export function describeJob(row: JobRow): JsonObject {
  const request = JSON.parse(row.request) as JsonObject
  const outcome = (row.outcome === null ? {} : JSON.parse(row.outcome)) as StoredOutcome
  const {Tags: _tags, ...described} = request
  const own = row.kind === 'Processing' ? processingMembers(row, outcome) : trainingMembers(row, outcome)
  return {...described, ...compact(own)}
}

function processingMembers(row: JobRow, outcome: StoredOutcome) {
  return {
    ProcessingJobName: row.name,
    ProcessingJobArn: row.arn,
    ProcessingJobStatus: row.status,
    ExitMessage: outcome.exitMessage,
    FailureReason: outcome.failureReason,
    CreationTime: seconds(row.createdAtMs),
    ProcessingStartTime: seconds(row.startedAtMs),
    ProcessingEndTime: seconds(row.endedAtMs),
    LastModifiedTime: seconds(row.modifiedAtMs),
  }
}

function trainingMembers(row: JobRow, outcome: StoredOutcome) {
  const {metrics = [], modelArtifactsUri} = outcome
  const trained = row.startedAtMs !== null && row.endedAtMs !== null ? row.endedAtMs - row.startedAtMs : undefined
  const trainedSeconds = trained === undefined ? undefined : Math.max(1, Math.round(trained / 1000))
  return {
    TrainingJobName: row.name,
    TrainingJobArn: row.arn,
    TrainingJobStatus: row.status,
    SecondaryStatus: row.status === 'InProgress' ? 'Training' : row.status,
    FailureReason: outcome.failureReason,
    ModelArtifacts: modelArtifactsUri === undefined ? undefined : {S3ModelArtifacts: modelArtifactsUri},
    FinalMetricDataList: metrics.map(({name, value, timestampMs}) => ({
      MetricName: name,
      Value: value,
      Timestamp: seconds(timestampMs) ?? 0,
    })),
    CreationTime: seconds(row.createdAtMs),
    TrainingStartTime: seconds(row.startedAtMs),
    TrainingEndTime: seconds(row.endedAtMs),
    LastModifiedTime: seconds(row.modifiedAtMs),
    TrainingTimeInSeconds: trainedSeconds,
    BillableTimeInSeconds: trainedSeconds,
  }
}
