// The tables of lineage, as version 6 of the state adds them. Apart from the stores, since the database makes them.
// Associations have been there since version 3.

export const lineageSchema = `
CREATE TABLE lineageEntities (
  arn TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT, type TEXT NOT NULL, sourceUri TEXT NOT NULL,
  described TEXT NOT NULL, createdAtMs INTEGER NOT NULL, modifiedAtMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lineageBySource ON lineageEntities (sourceUri, kind, createdAtMs, arn);
CREATE INDEX lineageByTime ON lineageEntities (kind, createdAtMs, arn);

DROP INDEX associationsByDestination;
CREATE INDEX associationsByDestination ON associations (destinationArn, sourceArn);

CREATE TABLE lineageBacklog (arn TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`

/** Takes over what Lineage steps have made, and notes what is older than the tables above, so that it is recorded later. */
export const lineageUpgrade = `
INSERT INTO lineageEntities (arn, kind, name, type, sourceUri, described, createdAtMs, modifiedAtMs)
SELECT arn, kind, json_extract(request, '$.' || kind || 'Name'), coalesce(json_extract(request, '$.' || kind || 'Type'), ''),
  coalesce(json_extract(request, '$.Source.SourceUri'), ''),
  json_patch('{}', json_object(
    'Source', json_extract(request, '$.Source'), 'Description', json_extract(request, '$.Description'),
    'Status', json_extract(request, '$.Status'), 'Properties', json_extract(request, '$.Properties'),
    'MetadataProperties', json_extract(described, '$.MetadataProperties'))),
  createdAtMs, modifiedAtMs
FROM resources WHERE kind IN ('Action', 'Artifact', 'Context');
DELETE FROM resources WHERE kind IN ('Action', 'Artifact', 'Context');

INSERT INTO lineageBacklog SELECT arn FROM jobs;
INSERT INTO lineageBacklog SELECT arn FROM packages;
INSERT INTO lineageBacklog SELECT arn FROM resources WHERE kind = 'Endpoint';
`
