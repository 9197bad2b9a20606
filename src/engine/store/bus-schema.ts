// The tables of the event bus at work: who serves it, what is still to be delivered, and when each schedule is due. Apart from
// the stores, since the database makes them.

export const busSchema = `
CREATE TABLE busServers (pid INTEGER NOT NULL, start TEXT NOT NULL, sinceMs INTEGER NOT NULL, PRIMARY KEY (pid, start)) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
  id TEXT PRIMARY KEY, sourceArn TEXT NOT NULL, target TEXT NOT NULL, event TEXT NOT NULL, attempts INTEGER NOT NULL,
  createdAtMs INTEGER NOT NULL, dueAtMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveriesByTime ON deliveries (dueAtMs);

CREATE TABLE scheduleClocks (arn TEXT PRIMARY KEY, expression TEXT NOT NULL, dueAtMs INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX scheduleClocksByTime ON scheduleClocks (dueAtMs);
`
