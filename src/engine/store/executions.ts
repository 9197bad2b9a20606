// Executions: their state, and which process owns them.

import {telling} from './changes.ts'
import type {Db} from './database.ts'
import type {ProcessIdentity} from './process-identity.ts'

export type ExecutionStatus = 'Executing' | 'Stopping' | 'Stopped' | 'Failed' | 'Succeeded'

export type ParameterValue = {readonly Name: string; readonly Value: string}

export type ExecutionRow = {
  readonly arn: string
  readonly pipelineArn: string
  readonly version: number
  readonly status: ExecutionStatus
  readonly displayName: string | null
  readonly description: string | null
  readonly parallelism: number | null
  readonly failureReason: string | null
  /** JSON of `ParameterValue[]`: every parameter with the value in force. */
  readonly parameters: string
  readonly token: string | null
  readonly createdAtMs: number
  readonly modifiedAtMs: number
  readonly ownerPid: number | null
  readonly ownerStart: string | null
  /** Set while a started execution waits for the process that is to run it. */
  readonly claimDeadlineMs: number | null
  /** JSON of `Selection`; null when the whole pipeline runs. */
  readonly selection: string | null
  /** The idempotency token of the last retry. */
  readonly retryToken: string | null
  readonly mlflowExperiment: string | null
}

/** The steps that a selective execution runs, and the execution whose results stand in for the others'. */
export type Selection = {readonly steps: readonly string[]; readonly sourceArn?: string}

export function parseSelection({selection}: Pick<ExecutionRow, 'selection'>): Selection | undefined {
  return selection === null ? undefined : (JSON.parse(selection) as Selection)
}

export function isTerminal(status: ExecutionStatus): boolean {
  return status === 'Succeeded' || status === 'Failed' || status === 'Stopped'
}

export function insertExecution(db: Db, row: ExecutionRow): void {
  tellingStatus(db, row.arn, () => insert(db, row))
}

function insert(db: Db, row: ExecutionRow): number {
  return db.run(
    `INSERT INTO executions (arn, pipelineArn, version, status, displayName, description, parallelism, failureReason,
       parameters, token, createdAtMs, modifiedAtMs, ownerPid, ownerStart, claimDeadlineMs, selection, retryToken,
       mlflowExperiment)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[row.arn, row.pipelineArn, row.version, row.status, row.displayName, row.description, row.parallelism],
    ...[row.failureReason, row.parameters, row.token, row.createdAtMs, row.modifiedAtMs],
    ...[row.ownerPid, row.ownerStart, row.claimDeadlineMs, row.selection, row.retryToken, row.mlflowExperiment],
  )
}

/** Lets an execution that has ended run again, under the owner and the deadline that the row gives. */
export function reopenExecution(db: Db, row: ExecutionRow): void {
  const {arn, parallelism, modifiedAtMs, ownerPid, ownerStart, claimDeadlineMs, retryToken} = row
  tellingStatus(db, arn, () =>
    db.run(
      `UPDATE executions SET status = 'Executing', failureReason = NULL, parallelism = ?, modifiedAtMs = ?,
         ownerPid = ?, ownerStart = ?, claimDeadlineMs = ?, retryToken = ? WHERE arn = ?`,
      ...[parallelism, modifiedAtMs, ownerPid, ownerStart, claimDeadlineMs, retryToken, arn],
    ),
  )
}

/** Whether the write, which changes rows or does not, has changed one. */
function tellingStatus(db: Db, arn: string, write: () => number): boolean {
  return telling(
    db,
    () => findExecution(db, arn)?.status,
    () => write() === 1,
    (before, hasChanged) => (hasChanged ? [{kind: 'execution', arn, before}] : []),
  )
}

export function findExecution(db: Db, arn: string): ExecutionRow | undefined {
  return db.get('SELECT * FROM executions WHERE arn = ?', arn)
}

export function findExecutionByToken(db: Db, pipelineArn: string, token: string): ExecutionRow | undefined {
  return db.get('SELECT * FROM executions WHERE pipelineArn = ? AND token = ?', pipelineArn, token)
}

export function findUnfinished(db: Db): ExecutionRow[] {
  return db.all("SELECT * FROM executions WHERE status IN ('Executing', 'Stopping') ORDER BY createdAtMs, arn")
}

export function hasUnfinished(db: Db, pipelineArn: string): boolean {
  const sql = "SELECT 1 FROM executions WHERE pipelineArn = ? AND status IN ('Executing', 'Stopping') LIMIT 1"
  return db.get(sql, pipelineArn) !== undefined
}

/** Makes an execution that nobody runs this process's own; false when another came first or it has ended. */
export function claimExecution(db: Db, arn: string, owner: ProcessIdentity): boolean {
  const changed = db.run(
    `UPDATE executions SET ownerPid = ?, ownerStart = ?, claimDeadlineMs = NULL
     WHERE arn = ? AND ownerPid IS NULL AND status IN ('Executing', 'Stopping')`,
    ...[owner.pid, owner.start, arn],
  )
  return changed === 1
}

/** Ends an execution; false when it had ended already, or has another owner than `owner`. */
export function endExecution(
  db: Db,
  execution: Pick<ExecutionRow, 'arn' | 'ownerPid' | 'ownerStart'>,
  end: {readonly status: ExecutionStatus; readonly failureReason: string | null; readonly atMs: number},
): boolean {
  const {arn, ownerPid, ownerStart} = execution
  return tellingStatus(db, arn, () =>
    db.run(
      `UPDATE executions SET status = ?, failureReason = ?, modifiedAtMs = ?, claimDeadlineMs = NULL
       WHERE arn = ? AND ownerPid IS ? AND ownerStart IS ? AND status IN ('Executing', 'Stopping')`,
      ...[end.status, end.failureReason, end.atMs, arn, ownerPid, ownerStart],
    ),
  )
}

export function requestStop(db: Db, arn: string, atMs: number): boolean {
  const sql = "UPDATE executions SET status = 'Stopping', modifiedAtMs = ? WHERE arn = ? AND status = 'Executing'"
  return tellingStatus(db, arn, () => db.run(sql, atMs, arn))
}

export function describeAnew(db: Db, row: ExecutionRow): void {
  db.run(
    'UPDATE executions SET displayName = ?, description = ?, parallelism = ?, modifiedAtMs = ? WHERE arn = ?',
    ...[row.displayName, row.description, row.parallelism, row.modifiedAtMs, row.arn],
  )
}
