// What may not be done to what: AWS tells both in the message of a denial, and nowhere else (IAM User Guide, "Access denied
// error messages").

import type {Meaning} from './error-table.ts'

/** IAM User Guide, "Grant a user permissions to pass a role to an AWS service". */
const passRoleStep =
  'who hands a role to EventBridge needs iam:PassRole on it, with iam:PassedToService events.amazonaws.com (rules) or scheduler.amazonaws.com (schedules)'

type Denied = {readonly operation: string; readonly about: string | undefined; readonly reason: string}

/** S3 says no more than `Access Denied`, and nothing at all to HEAD. What its operations need: S3 API reference, "Permissions". */
const bucketActions: Readonly<Record<string, string>> = {
  ListObjectsV2: 's3:ListBucket',
  HeadBucket: 's3:ListBucket',
  GetBucketNotificationConfiguration: 's3:GetBucketNotification',
  PutBucketNotificationConfiguration: 's3:PutBucketNotification',
}
const objectActions: Readonly<Record<string, string>> = {
  AbortMultipartUpload: 's3:AbortMultipartUpload',
  CompleteMultipartUpload: 's3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  ListParts: 's3:ListMultipartUploadParts',
  PutObject: 's3:PutObject',
  UploadPart: 's3:PutObject',
}

export function accessDenial(meaning: Meaning, {operation, about, reason}: Denied): Meaning {
  const told = readDenial(reason) ?? s3Denial(operation, about)
  if (!told) return meaning

  const {principal = 'the caller', action, resource, because = ''} = told
  const target = resource === undefined ? '' : ` on ${resource}`
  const isKey = action.startsWith('kms:')
  return {
    code: isKey ? 'kms-denied' : meaning.code,
    says: isKey ? 'may not use the encryption key' : meaning.says,
    why: `${principal} lacks ${action}${target}${because}`,
    nextSteps: [
      ...(action === 'iam:PassRole' ? [passRoleStep] : []),
      ...(isKey ? ['the policy of the key has to allow it, too'] : []),
      'mlpipe iam deployer  (the policy that deploying needs)',
      ...(meaning.nextSteps ?? []),
    ],
  }
}

type Denial = {
  readonly principal?: string
  readonly action: string
  readonly resource?: string
  readonly because?: string
}

/** `User: <arn> is not authorized to perform: <action> on resource: <arn> because no identity-based policy allows …`. */
function readDenial(reason: string): Denial | undefined {
  const [, action] = /not authorized to perform:? "?([\w-]+:\w+)/.exec(reason) ?? []
  if (action === undefined) return undefined
  const [, principal] = /User: (\S+)/.exec(reason) ?? []
  const [, resource] = /on resource:? "?([^\s",]+)/.exec(reason) ?? []
  const [, because] = /\s((?:because|with an explicit deny) .*?)\.?$/.exec(reason) ?? []
  return {
    action,
    ...(principal === undefined ? {} : {principal}),
    ...(resource === undefined ? {} : {resource}),
    ...(because === undefined ? {} : {because: `, ${because}`}),
  }
}

function s3Denial(operation: string, about: string | undefined): Denial | undefined {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(about ?? '') ?? []
  if (bucket === undefined) return undefined
  const resource = `arn:aws:s3:::${bucket}`
  const ofBucket = bucketActions[operation]
  if (ofBucket !== undefined) return {action: ofBucket, resource}
  const action = objectActions[operation]
  if (action === undefined) return undefined
  const because =
    operation === 'HeadObject' ? ' (or s3:ListBucket, without which S3 does not tell that an object is missing)' : ''
  return {action, resource: `${resource}/${key}`, because}
}
