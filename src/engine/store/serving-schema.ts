// The tables of serving endpoints, as version 6 of the state adds them. Apart from the stores, since the database makes them.

export const servingSchema = `
CREATE TABLE deployments (
  id TEXT PRIMARY KEY, endpointArn TEXT NOT NULL, state TEXT NOT NULL, configName TEXT NOT NULL, summary TEXT NOT NULL,
  variants TEXT NOT NULL, failureReason TEXT, simulated TEXT, ownerPid INTEGER, ownerStart TEXT,
  createdAtMs INTEGER NOT NULL, endedAtMs INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX deploymentsInForce ON deployments (endpointArn, state) WHERE state IN ('pending', 'live');
`
