// Jobs that steps made, and those that a tuning job made in its turn.

import type {JsonObject} from '../../definition/json.ts'
import type {JobKind, JobOutcome} from '../runners/job-types.ts'
import {telling} from './changes.ts'
import type {Db, SqlValue} from './database.ts'
import {recordJobEnd, recordJobStart} from './lineage/job-entities.ts'

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
  /** The tuning job that started it. */
  readonly parentArn: string | null
}

export type StoredOutcome = Partial<
  Pick<JobOutcome, 'failureReason' | 'exitMessage' | 'metrics' | 'modelArtifactsUri' | 'described'>
>

export type NewJob = Pick<JobRow, 'arn' | 'kind' | 'name' | 'executionArn' | 'stepName' | 'createdAtMs'> & {
  readonly request: JsonObject
  readonly parentArn?: string
}

export function insertJob(db: Db, job: NewJob): void {
  db.transaction(() => {
    tellingOfJob(db, job.arn, () => insert(db, job))
    recordJobStart(db, job, job.createdAtMs)
  })
}

/** Rows changed. */
function tellingOfJob(db: Db, arn: string, write: () => number): number {
  return telling(
    db,
    () => undefined,
    write,
    (_before, changed) => (changed === 1 ? [{kind: 'job', arn}] : []),
  )
}

function insert(db: Db, job: NewJob): number {
  return db.run(
    `INSERT INTO jobs (arn, kind, name, status, request, executionArn, stepName, createdAtMs, startedAtMs, modifiedAtMs,
       parentArn)
     VALUES (?, ?, ?, 'InProgress', ?, ?, ?, ?, ?, ?, ?)`,
    ...[job.arn, job.kind, job.name, JSON.stringify(job.request), job.executionArn, job.stepName],
    ...[job.createdAtMs, job.createdAtMs, job.createdAtMs, job.parentArn ?? null],
  )
}

/** Ends a job that has not ended; what somebody else has closed stays as it is. */
export function endJob(db: Db, arn: string, outcome: JobOutcome): void {
  const {failureReason, exitMessage, metrics, modelArtifactsUri, described} = outcome
  const stored = JSON.stringify({failureReason, exitMessage, metrics, modelArtifactsUri, described})
  const {status, startedAtMs, endedAtMs} = outcome
  const close = () =>
    db.run(
      'UPDATE jobs SET status = ?, outcome = ?, startedAtMs = ?, endedAtMs = ?, modifiedAtMs = ? WHERE arn = ? AND endedAtMs IS NULL',
      ...[status, stored, startedAtMs, endedAtMs, endedAtMs, arn],
    )
  db.transaction(() => {
    const row = tellingOfJob(db, arn, close) === 1 ? findJob(db, arn) : undefined
    if (row) recordJobEnd(db, {...row, request: parseRequest(row)}, {status, atMs: endedAtMs, modelArtifactsUri})
  })
}

/** Names of the jobs of an execution that have not ended. */
export function findRunningJobs(db: Db, executionArn: string): string[] {
  const sql = 'SELECT name FROM jobs WHERE executionArn = ? AND endedAtMs IS NULL'
  return db.all<{name: string}>(sql, executionArn).map(({name}) => name)
}

export function findJob(db: Db, arn: string): JobRow | undefined {
  return db.get('SELECT * FROM jobs WHERE arn = ?', arn)
}

/** The job of that name, of one of the kinds. */
export function findJobByName(db: Db, kinds: readonly JobKind[], name: string): JobRow | undefined {
  return db.get(`SELECT * FROM jobs WHERE ${isOneOf} AND name = ?`, JSON.stringify(kinds), name)
}

/** The condition that a column `kind` is in a JSON list. */
export const isOneOf = 'kind IN (SELECT value FROM json_each(?))'

/** The jobs that a tuning job has started, in that order. */
export function findChildren(db: Db, parentArn: string): JobRow[] {
  return db.all('SELECT * FROM jobs WHERE parentArn = ? ORDER BY createdAtMs, name', parentArn)
}

/** Kinds of jobs, and functions, that have run, each since when. */
export function findLogSources(db: Db): {kind: JobKind; functionArn: string | null; createdAtMs: number}[] {
  return db.all(
    `SELECT kind, CASE kind WHEN 'Lambda' THEN json_extract(request, '$.FunctionArn') END AS functionArn,
       min(createdAtMs) AS createdAtMs FROM jobs GROUP BY 1, 2`,
  )
}

/** The jobs under the conditions, by name. */
export function findJobsWhere(db: Db, where: readonly (readonly [condition: string, value: SqlValue])[]): JobRow[] {
  const conditions = where.map(([condition]) => condition).join(' AND ')
  return db.all(`SELECT * FROM jobs WHERE ${conditions} ORDER BY name`, ...where.map(([, value]) => value))
}

export function parseRequest(row: Pick<JobRow, 'request'>): JsonObject {
  return JSON.parse(row.request) as JsonObject
}

export function parseOutcome(row: Pick<JobRow, 'outcome'>): StoredOutcome {
  return row.outcome === null ? {} : (JSON.parse(row.outcome) as StoredOutcome)
}
