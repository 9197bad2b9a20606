// The tables of the event bus at work: who serves it, what is still to be delivered, how often the rules have changed, when
// each schedule is due, and what was taken from watched folders. Apart from the stores, since the database makes them.

export const busSchema = `
CREATE TABLE busServers (pid INTEGER NOT NULL, start TEXT NOT NULL, sinceMs INTEGER NOT NULL, PRIMARY KEY (pid, start)) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
  id TEXT PRIMARY KEY, sourceArn TEXT NOT NULL, target TEXT NOT NULL, event TEXT NOT NULL, attempts INTEGER NOT NULL,
  createdAtMs INTEGER NOT NULL, dueAtMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveriesByTime ON deliveries (dueAtMs);

CREATE TABLE ruleChanges (count INTEGER NOT NULL) STRICT;
INSERT INTO ruleChanges (count) VALUES (0);

CREATE TABLE scheduleClocks (
  arn TEXT PRIMARY KEY, timing TEXT NOT NULL, scheduledMs INTEGER NOT NULL, dueAtMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX scheduleClocksByTime ON scheduleClocks (dueAtMs);

CREATE TABLE watchedFiles (
  path TEXT NOT NULL, uri TEXT NOT NULL, size INTEGER NOT NULL, modifiedMs REAL NOT NULL, md5 TEXT NOT NULL,
  PRIMARY KEY (path, uri)
) STRICT, WITHOUT ROWID;
`
