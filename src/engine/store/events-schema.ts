// The tables of EventBridge's rules and of its Scheduler's schedules. Apart from the stores, since the database makes them.

export const eventsSchema = `
CREATE TABLE rules (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, pattern TEXT, schedule TEXT, state TEXT NOT NULL, description TEXT,
  roleArn TEXT, createdAtMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ruleTargets (
  ruleArn TEXT NOT NULL, id TEXT NOT NULL, arn TEXT NOT NULL, request TEXT NOT NULL, PRIMARY KEY (ruleArn, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rulesByTarget ON ruleTargets (arn, ruleArn);

CREATE TABLE scheduleGroups (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, createdAtMs INTEGER NOT NULL, modifiedAtMs INTEGER NOT NULL, token TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE schedules (
  arn TEXT PRIMARY KEY, groupName TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL, targetArn TEXT NOT NULL,
  request TEXT NOT NULL, createdAtMs INTEGER NOT NULL, modifiedAtMs INTEGER NOT NULL, token TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX schedulesByName ON schedules (groupName, name);
`
