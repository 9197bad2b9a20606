// Pipelines and their versions. A version is written once, so an execution needs no copy of its definition.

import type {Db} from './database.ts'

export type PipelineRow = {
  readonly arn: string
  readonly name: string
  readonly displayName: string | null
  readonly description: string | null
  readonly roleArn: string
  readonly parallelism: number | null
  readonly createdAtMs: number
  readonly modifiedAtMs: number
  readonly lastRunAtMs: number | null
  /** The client's token of the creation, so that a repeated request creates nothing new. */
  readonly token: string | null
}

export type PipelineVersionRow = {
  readonly pipelineArn: string
  readonly version: number
  readonly definition: string
  readonly createdAtMs: number
  readonly displayName: string | null
  readonly description: string | null
  readonly lastExecutionArn: string | null
}

export function insertPipeline(db: Db, pipeline: PipelineRow, definition: string): void {
  const {arn, name, displayName, description, roleArn, parallelism, createdAtMs, modifiedAtMs, token} = pipeline
  db.run(
    `INSERT INTO pipelines (arn, name, displayName, description, roleArn, parallelism, createdAtMs, modifiedAtMs, token)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[arn, name, displayName, description, roleArn, parallelism, createdAtMs, modifiedAtMs, token],
  )
  insertVersion(db, arn, 1, definition, createdAtMs)
}

/** Writes the pipeline's new state and adds a version of its definition. */
export function updatePipeline(db: Db, pipeline: PipelineRow, definition: string): number {
  db.run(
    'UPDATE pipelines SET displayName = ?, description = ?, roleArn = ?, parallelism = ?, modifiedAtMs = ? WHERE arn = ?',
    ...[pipeline.displayName, pipeline.description, pipeline.roleArn, pipeline.parallelism],
    ...[pipeline.modifiedAtMs, pipeline.arn],
  )
  const version = (findVersion(db, pipeline.arn)?.version ?? 0) + 1
  insertVersion(db, pipeline.arn, version, definition, pipeline.modifiedAtMs)
  return version
}

function insertVersion(db: Db, arn: string, version: number, definition: string, createdAtMs: number): void {
  db.run(
    'INSERT INTO pipelineVersions (pipelineArn, version, definition, createdAtMs) VALUES (?, ?, ?, ?)',
    ...[arn, version, definition, createdAtMs],
  )
}

export function findPipeline(db: Db, arn: string): PipelineRow | undefined {
  return db.get<PipelineRow>('SELECT * FROM pipelines WHERE arn = ?', arn)
}

/** The version asked for, or the newest. */
export function findVersion(db: Db, pipelineArn: string, version?: number): PipelineVersionRow | undefined {
  if (version === undefined) {
    return db.get('SELECT * FROM pipelineVersions WHERE pipelineArn = ? ORDER BY version DESC LIMIT 1', pipelineArn)
  }
  return db.get('SELECT * FROM pipelineVersions WHERE pipelineArn = ? AND version = ?', pipelineArn, version)
}

export function nameVersion(db: Db, version: PipelineVersionRow): void {
  db.run(
    'UPDATE pipelineVersions SET displayName = ?, description = ? WHERE pipelineArn = ? AND version = ?',
    ...[version.displayName, version.description, version.pipelineArn, version.version],
  )
}

export function noteLastRun(db: Db, pipelineArn: string, version: number, executionArn: string, atMs: number): void {
  db.run('UPDATE pipelines SET lastRunAtMs = ? WHERE arn = ?', atMs, pipelineArn)
  db.run(
    'UPDATE pipelineVersions SET lastExecutionArn = ? WHERE pipelineArn = ? AND version = ?',
    ...[executionArn, pipelineArn, version],
  )
}

/** Removes a pipeline with its versions, executions and steps; jobs, models and packages stay, as on AWS. */
export function deletePipeline(db: Db, arn: string): void {
  db.run('DELETE FROM steps WHERE pipelineArn = ?', arn)
  db.run('DELETE FROM executions WHERE pipelineArn = ?', arn)
  db.run('DELETE FROM pipelineVersions WHERE pipelineArn = ?', arn)
  db.run('DELETE FROM tags WHERE arn = ?', arn)
  db.run('DELETE FROM pipelines WHERE arn = ?', arn)
}
