// The table of CloudWatch's metric alarms. Apart from the store, since the database makes it.

export const alarmsSchema = `
CREATE TABLE alarms (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, request TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
  updatedAtMs INTEGER NOT NULL, stateAtMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
