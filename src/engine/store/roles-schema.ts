// The tables of IAM roles, and the one role that is there from the beginning.

/** The role that target `local` gives its pipelines; it is there from the beginning. */
export const localRoleName = 'mlpipe-local'

// Of the embedded account; arns.ts has its number, and knows too much to be known by the database.
const localRoleArn = `arn:aws:iam::000000000000:role/${localRoleName}`

const localTrust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: {Service: ['sagemaker.amazonaws.com', 'events.amazonaws.com', 'scheduler.amazonaws.com']},
      Action: 'sts:AssumeRole',
    },
  ],
})

/** IAM: names of roles "are not distinguished by case". */
export const rolesSchema = `
CREATE TABLE roles (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE, path TEXT NOT NULL, roleId TEXT NOT NULL,
  trustPolicy TEXT NOT NULL, description TEXT, maxSessionSeconds INTEGER NOT NULL, boundaryArn TEXT,
  createdAtMs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE inlinePolicies (
  roleArn TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, document TEXT NOT NULL, PRIMARY KEY (roleArn, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachedPolicies (
  roleArn TEXT NOT NULL, policyArn TEXT NOT NULL, PRIMARY KEY (roleArn, policyArn)
) STRICT, WITHOUT ROWID;

INSERT INTO roles (arn, name, path, roleId, trustPolicy, description, maxSessionSeconds, boundaryArn, createdAtMs)
VALUES ('${localRoleArn}', '${localRoleName}', '/', 'AROALOCALMLPIPE000000', '${localTrust}',
  'The role of pipelines on the embedded engine', 3600, NULL, CAST(strftime('%s', 'now') AS INTEGER) * 1000);
`
