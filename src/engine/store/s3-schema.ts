// The tables of S3, which object-records.ts, uploads.ts and bucket-settings.ts read and write. A column of text ends at a NUL,
// which a key may have: hence `path`, the key as object-path.ts writes it, and `key` as JSON text.

export const s3Schema = `
DROP TABLE IF EXISTS objectEtags;
CREATE TABLE objectRecords (
  bucket TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL, modifiedMs REAL NOT NULL, etag TEXT NOT NULL,
  headers TEXT NOT NULL, checksum TEXT, PRIMARY KEY (bucket, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE uploads (
  id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, startedAtMs INTEGER NOT NULL, headers TEXT NOT NULL,
  algorithm TEXT, isComposite INTEGER NOT NULL, completed TEXT, completedAtMs INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX uploadsByBucket ON uploads (bucket, startedAtMs);

CREATE TABLE uploadParts (
  uploadId TEXT NOT NULL, number INTEGER NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, modifiedAtMs REAL NOT NULL,
  etag TEXT NOT NULL, checksum TEXT, PRIMARY KEY (uploadId, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE bucketSettings (bucket TEXT PRIMARY KEY, location TEXT, notification TEXT) STRICT, WITHOUT ROWID;
`
