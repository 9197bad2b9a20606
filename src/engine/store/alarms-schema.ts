// The tables of CloudWatch's metric alarms. Apart from the store, since the database makes them. Of a metric only what an
// alarm watches is kept, put together by the alarm's period: the engine stores no metrics.

export const alarmsSchema = `
CREATE TABLE alarms (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, request TEXT NOT NULL, metric TEXT, actionsEnabled INTEGER NOT NULL,
  state TEXT NOT NULL, reason TEXT NOT NULL, reasonData TEXT,
  updatedAtMs INTEGER NOT NULL, stateAtMs INTEGER NOT NULL, transitionedAtMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX alarmsByMetric ON alarms (metric);

CREATE TABLE alarmPeriods (
  alarmArn TEXT NOT NULL, startMs INTEGER NOT NULL, count REAL NOT NULL, sum REAL NOT NULL, minimum REAL NOT NULL,
  maximum REAL NOT NULL, PRIMARY KEY (alarmArn, startMs)
) STRICT, WITHOUT ROWID;
`
