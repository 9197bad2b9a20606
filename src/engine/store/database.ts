// The one SQLite file of a state directory: opening, schema, transactions. SQL stays inside the `store` room.

import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import Database from 'libsql'
import {alarmsSchema} from './alarms-schema.ts'
import {busSchema} from './bus-schema.ts'
import {eventsSchema} from './events-schema.ts'
import {lineageSchema, lineageUpgrade} from './lineage-schema.ts'
import {rolesSchema} from './roles-schema.ts'
import {s3Schema} from './s3-schema.ts'
import {servingSchema} from './serving-schema.ts'

export type SqlValue = string | number | null

/** A connection. Statements are prepared once per text; rows are plain objects named by column. */
export type Db = {
  /** Rows changed. */
  run(sql: string, ...values: readonly SqlValue[]): number
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined
  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[]
  /** All or nothing; a transaction inside a transaction joins it. */
  transaction<Result>(work: () => Result): Result
  close(): void
}

const schemaVersion = 7

/** Tables that came with version 6, 5 and 4; each stands in the file of the store that uses it. */
const newInVersion6 = lineageSchema + servingSchema
const newInVersion5 = busSchema + alarmsSchema
const newInVersion4 = s3Schema + rolesSchema + eventsSchema

const newInVersion3 = `
CREATE TABLE callbackAnswers (
  token TEXT PRIMARY KEY, answer TEXT NOT NULL, clientToken TEXT, answeredAtMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE resources (
  arn TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, request TEXT NOT NULL,
  described TEXT NOT NULL, executionArn TEXT NOT NULL, createdAtMs INTEGER NOT NULL, modifiedAtMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX resourcesByName ON resources (kind, name);
CREATE INDEX resourcesByTime ON resources (kind, createdAtMs, arn);

CREATE TABLE associations (
  sourceArn TEXT NOT NULL, destinationArn TEXT NOT NULL, type TEXT, executionArn TEXT NOT NULL,
  createdAtMs INTEGER NOT NULL, PRIMARY KEY (sourceArn, destinationArn)
) STRICT;
CREATE INDEX associationsByDestination ON associations (destinationArn);
`

// Times are epoch milliseconds; columns named `request`, `outcome`, `metadata`, `parameters`, `selection`, `described`,
// `answer` hold JSON text.
const schema = `
CREATE TABLE pipelines (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL, displayName TEXT, description TEXT, roleArn TEXT NOT NULL,
  parallelism INTEGER, createdAtMs INTEGER NOT NULL, modifiedAtMs INTEGER NOT NULL, lastRunAtMs INTEGER, token TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE pipelineVersions (
  pipelineArn TEXT NOT NULL, version INTEGER NOT NULL, definition TEXT NOT NULL, createdAtMs INTEGER NOT NULL,
  displayName TEXT, description TEXT, lastExecutionArn TEXT,
  PRIMARY KEY (pipelineArn, version)
) STRICT;

CREATE TABLE executions (
  arn TEXT PRIMARY KEY, pipelineArn TEXT NOT NULL, version INTEGER NOT NULL, status TEXT NOT NULL,
  displayName TEXT, description TEXT, parallelism INTEGER, failureReason TEXT, parameters TEXT NOT NULL, token TEXT,
  createdAtMs INTEGER NOT NULL, modifiedAtMs INTEGER NOT NULL,
  ownerPid INTEGER, ownerStart TEXT, claimDeadlineMs INTEGER, selection TEXT, retryToken TEXT,
  mlflowExperiment TEXT
) STRICT;
CREATE INDEX executionsByPipeline ON executions (pipelineArn, createdAtMs, arn);
CREATE UNIQUE INDEX executionTokens ON executions (pipelineArn, token) WHERE token IS NOT NULL;
CREATE INDEX executionsUnfinished ON executions (status) WHERE status IN ('Executing', 'Stopping');

CREATE TABLE steps (
  executionArn TEXT NOT NULL, name TEXT NOT NULL, pipelineArn TEXT NOT NULL, position INTEGER NOT NULL,
  type TEXT NOT NULL, displayName TEXT, description TEXT, status TEXT NOT NULL,
  startedAtMs INTEGER NOT NULL, endedAtMs INTEGER, attempts INTEGER NOT NULL, failureReason TEXT,
  cachedFrom TEXT, metadata TEXT NOT NULL, signature TEXT, copiedFrom TEXT, jobArn TEXT, simulated TEXT,
  PRIMARY KEY (executionArn, name)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX stepsInOrder ON steps (executionArn, position);
CREATE INDEX stepsByKey ON steps (pipelineArn, name, signature, endedAtMs)
  WHERE status = 'Succeeded' AND cachedFrom IS NULL AND signature IS NOT NULL;

CREATE TABLE jobs (
  arn TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, status TEXT NOT NULL,
  request TEXT NOT NULL, outcome TEXT, executionArn TEXT NOT NULL, stepName TEXT NOT NULL,
  createdAtMs INTEGER NOT NULL, startedAtMs INTEGER, endedAtMs INTEGER, modifiedAtMs INTEGER NOT NULL, parentArn TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX jobsByName ON jobs (kind, name);
CREATE INDEX jobsByTime ON jobs (kind, createdAtMs, arn);
CREATE INDEX jobsByParent ON jobs (parentArn, createdAtMs, arn) WHERE parentArn IS NOT NULL;
${newInVersion3}${newInVersion4}${newInVersion5}${newInVersion6}
CREATE TABLE models (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE, request TEXT NOT NULL, createdAtMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE packageGroups (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE, description TEXT, createdAtMs INTEGER NOT NULL,
  lastVersion INTEGER NOT NULL, managedStorage TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE packages (
  arn TEXT PRIMARY KEY, groupName TEXT NOT NULL COLLATE NOCASE, version INTEGER NOT NULL, request TEXT NOT NULL,
  approval TEXT NOT NULL, createdAtMs INTEGER NOT NULL, modifiedAtMs INTEGER, generatedBy TEXT,
  updateToken TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX packagesByVersion ON packages (groupName, version);

CREATE TABLE tags (arn TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (arn, key)) STRICT;

PRAGMA user_version = ${schemaVersion};
`

/** What brings an older file to the next version, by the version it has. */
const upgrades: Readonly<Record<number, string>> = {
  1: `
ALTER TABLE executions ADD COLUMN selection TEXT;
ALTER TABLE executions ADD COLUMN retryToken TEXT;
ALTER TABLE steps ADD COLUMN copiedFrom TEXT;
PRAGMA user_version = 2;
`,
  2: `
ALTER TABLE steps ADD COLUMN jobArn TEXT;
ALTER TABLE steps ADD COLUMN simulated TEXT;
UPDATE steps SET jobArn =
  coalesce(json_extract(metadata, '$.ProcessingJob.Arn'), json_extract(metadata, '$.TrainingJob.Arn'));
ALTER TABLE jobs ADD COLUMN parentArn TEXT;
CREATE INDEX jobsByParent ON jobs (parentArn, createdAtMs, arn) WHERE parentArn IS NOT NULL;
${newInVersion3}
PRAGMA user_version = 3;
`,
  3: `${newInVersion4}
PRAGMA user_version = 4;
`,
  4: `${newInVersion5}
PRAGMA user_version = 5;
`,
  5: `${newInVersion6}${lineageUpgrade}
PRAGMA user_version = 6;
`,
  6: `
ALTER TABLE executions ADD COLUMN mlflowExperiment TEXT;
ALTER TABLE packageGroups ADD COLUMN managedStorage TEXT;
ALTER TABLE packages ADD COLUMN updateToken TEXT;
PRAGMA user_version = 7;
`,
}

/** Opens `<stateDirectory>/state.db`, creating directory and schema when they are missing. */
export function openDatabase(stateDirectory: string): Db {
  prepareDirectory(stateDirectory)
  const path = join(stateDirectory, 'state.db')
  const connection = new Database(path, {timeout: 10_000})
  // WAL: readers never wait for a writer. FULL: a commit that was acknowledged survives a power cut.
  connection.exec('PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  const db = wrap(connection)
  try {
    ensureSchema(db, connection, path)
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

function prepareDirectory(stateDirectory: string): void {
  if (existsSync(join(stateDirectory, '.gitignore'))) return
  mkdirSync(stateDirectory, {recursive: true})
  writeFileSync(join(stateDirectory, '.gitignore'), '*\n')
}

function ensureSchema(db: Db, connection: Database.Database, path: string): void {
  const found = readSchemaVersion(db)
  if (found === schemaVersion) return
  if (found > schemaVersion) throw new Error(newerSchemaMessage(path, found))
  db.transaction(() => {
    // Another process may have made the schema while this one waited for the lock.
    const present = readSchemaVersion(db)
    if (present === 0) connection.exec(schema)
    else for (let version = present; version < schemaVersion; version += 1) connection.exec(upgrades[version] ?? '')
  })
}

function readSchemaVersion(db: Db): number {
  return db.get<{user_version: number}>('PRAGMA user_version')?.user_version ?? 0
}

function newerSchemaMessage(path: string, found: number): string {
  return (
    `the local state ${path} was written by a newer mlpipe (schema ${found}, this one knows ${schemaVersion}): ` +
    'use that version, or move the directory away to start afresh'
  )
}

function wrap(connection: Database.Database): Db {
  const statements = new Map<string, Database.Statement>()
  let isInTransaction = false

  const prepare = (sql: string): Database.Statement => {
    const known = statements.get(sql)
    if (known) return known
    const statement = connection.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  // `all` rather than the driver's `get`: it always steps to the end, so no read snapshot stays open.
  const all = <Row>(sql: string, ...values: readonly SqlValue[]): Row[] => {
    const rows = prepare(sql).all([...values]) as (Row & {_metadata?: unknown})[]
    for (const row of rows) delete row._metadata
    return rows
  }

  return {
    run: (sql, ...values) => prepare(sql).run([...values]).changes,
    get: <Row>(sql: string, ...values: readonly SqlValue[]) => all<Row>(sql, ...values)[0],
    all,
    transaction(work) {
      if (isInTransaction) return work()
      connection.exec('BEGIN IMMEDIATE')
      isInTransaction = true
      try {
        const result = work()
        connection.exec('COMMIT')
        return result
      } catch (error) {
        // SQLite has rolled back by itself when the disk is full; the error that says so is the one to pass on.
        if (connection.inTransaction) connection.exec('ROLLBACK')
        throw error
      } finally {
        isInTransaction = false
      }
    },
    close() {
      statements.clear()
      if (connection.open) connection.close()
    },
  }
}
