// The steps of executions, and the index by which the step cache finds earlier successes.

import type {JsonObject} from '../../definition/json.ts'
import {type Change, telling} from './changes.ts'
import type {Db} from './database.ts'
import {touchRunningComponents} from './lineage/job-entities.ts'

export type StepStatus = 'Starting' | 'Executing' | 'Stopping' | 'Stopped' | 'Failed' | 'Succeeded'

export type StepRow = {
  readonly executionArn: string
  readonly name: string
  readonly pipelineArn: string
  /** Order of start within the execution. */
  readonly position: number
  readonly type: string
  readonly displayName: string | null
  readonly description: string | null
  readonly status: StepStatus
  readonly startedAtMs: number
  readonly endedAtMs: number | null
  readonly attempts: number
  readonly failureReason: string | null
  /** The execution that truly ran the step, when the step is a cache hit. */
  readonly cachedFrom: string | null
  /** JSON of the API's step Metadata. */
  readonly metadata: string
  readonly signature: string | null
  /** The execution that a selective execution took the result of this step from. */
  readonly copiedFrom: string | null
  /** The job that made the result: of a cache hit or a copy, that of the first run. */
  readonly jobArn: string | null
  /** Why nothing really ran, when nothing did. */
  readonly simulated: string | null
}

/** Inserts the step, or replaces it in place: the same execution and name. */
export function saveStep(db: Db, row: StepRow): void {
  const {executionArn, name, status, copiedFrom} = row
  telling(
    db,
    () => findStepStatus(db, executionArn, name),
    () => save(db, row),
    // What a selective execution takes over has happened elsewhere.
    (before) => (before === status || copiedFrom !== null ? [] : [{kind: 'step', executionArn, name, before}]),
  )
}

function save(db: Db, row: StepRow): void {
  db.run(
    `INSERT OR REPLACE INTO steps (executionArn, name, pipelineArn, position, type, displayName, description, status,
       startedAtMs, endedAtMs, attempts, failureReason, cachedFrom, metadata, signature, copiedFrom, jobArn, simulated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[row.executionArn, row.name, row.pipelineArn, row.position, row.type, row.displayName, row.description],
    ...[row.status, row.startedAtMs, row.endedAtMs, row.attempts, row.failureReason, row.cachedFrom],
    ...[row.metadata, row.signature, row.copiedFrom, row.jobArn, row.simulated],
  )
}

function findStepStatus(db: Db, executionArn: string, name: string): StepStatus | undefined {
  return findStep(db, executionArn, name)?.status
}

export function findStep(db: Db, executionArn: string, name: string): StepRow | undefined {
  return db.get('SELECT * FROM steps WHERE executionArn = ? AND name = ?', executionArn, name)
}

/** Every step of an execution, in the order in which they started. */
export function findSteps(db: Db, executionArn: string): StepRow[] {
  return db.all('SELECT * FROM steps WHERE executionArn = ? ORDER BY position', executionArn)
}

/** Forgets the steps of an execution that did not succeed, so that they can run anew. */
export function removeUnsuccessfulSteps(db: Db, executionArn: string): void {
  db.run("DELETE FROM steps WHERE executionArn = ? AND status <> 'Succeeded'", executionArn)
}

export type WantedSuccess = {
  readonly pipelineArn: string
  readonly name: string
  readonly signature: string
  /** Whether what was simulated will do. */
  readonly isRehearsal: boolean
}

/** The newest success with this signature that really ran, or was rehearsed where a rehearsal will do. */
export function findSuccess(db: Db, wanted: WantedSuccess): StepRow | undefined {
  return db.get(
    `SELECT * FROM steps WHERE pipelineArn = ? AND name = ? AND signature = ?
       AND status = 'Succeeded' AND cachedFrom IS NULL AND signature IS NOT NULL
       AND (simulated IS NULL OR ?)
     ORDER BY endedAtMs DESC LIMIT 1`,
    ...[wanted.pipelineArn, wanted.name, wanted.signature, wanted.isRehearsal ? 1 : 0],
  )
}

/** Names of the steps of an execution that have not ended. */
export function findRunningSteps(db: Db, executionArn: string): string[] {
  const sql = 'SELECT name FROM steps WHERE executionArn = ? AND endedAtMs IS NULL ORDER BY position'
  return db.all<{name: string}>(sql, executionArn).map(({name}) => name)
}

/** Ends every step of an execution that has not ended, and its job. */
export function endRunningSteps(
  db: Db,
  executionArn: string,
  end: {readonly status: 'Failed' | 'Stopped'; readonly reason: string | null; readonly atMs: number},
): void {
  const {status, reason, atMs} = end
  const outcome = JSON.stringify(reason === null ? {} : {failureReason: reason})
  tellingOfRunning(db, executionArn, () => {
    db.run(
      'UPDATE steps SET status = ?, failureReason = ?, endedAtMs = ? WHERE executionArn = ? AND endedAtMs IS NULL',
      ...[status, reason, atMs, executionArn],
    )
    touchRunningComponents(db, executionArn, atMs)
    db.run(
      `UPDATE jobs SET status = ?, outcome = ?, endedAtMs = ?, modifiedAtMs = ?
       WHERE executionArn = ? AND endedAtMs IS NULL`,
      ...[status, outcome, atMs, atMs, executionArn],
    )
  })
}

/** Marks the running jobs and steps of an execution as being stopped. */
export function markStopping(db: Db, executionArn: string): void {
  tellingOfRunning(db, executionArn, () => {
    db.run("UPDATE jobs SET status = 'Stopping' WHERE executionArn = ? AND endedAtMs IS NULL", executionArn)
    db.run("UPDATE steps SET status = 'Stopping' WHERE executionArn = ? AND endedAtMs IS NULL", executionArn)
  })
}

/** For a write that changes every step and every job of the execution that has not ended. */
function tellingOfRunning(db: Db, executionArn: string, write: () => void): void {
  const steps = 'SELECT name, status FROM steps WHERE executionArn = ? AND endedAtMs IS NULL ORDER BY position'
  const jobs = 'SELECT arn FROM jobs WHERE executionArn = ? AND endedAtMs IS NULL ORDER BY arn'
  telling(
    db,
    () => [
      ...db
        .all<{name: string; status: StepStatus}>(steps, executionArn)
        .map(({name, status}): Change => ({kind: 'step', executionArn, name, before: status})),
      ...db.all<{arn: string}>(jobs, executionArn).map(({arn}): Change => ({kind: 'job', arn})),
    ],
    write,
    (changes) => changes,
  )
}

export function parseMetadata(row: Pick<StepRow, 'metadata'>): JsonObject {
  return JSON.parse(row.metadata) as JsonObject
}
