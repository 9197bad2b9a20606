// What the actions may ask of an account: who is calling, what a role may do, which buckets, images and quotas there are.

import type {Json, JsonObject} from '../definition/json.ts'

export type Caller = {
  readonly account: string
  /** Of the user or the assumed role behind the credentials. */
  readonly arn: string
}

export type IdentityPort = {
  caller(): Promise<Caller>
}

export type Bucket = {
  /** `us-east-1` where S3 names none. Absent when the bucket is there, and its region is kept from the caller. */
  readonly region?: string
}

export type BucketsPort = {
  /** Undefined when there is no bucket of that name, anywhere. */
  find(name: string): Promise<Bucket | undefined>
  /** Whether the bucket's events go to EventBridge. */
  sendsEvents(name: string): Promise<boolean>
  /** Switches that on, and leaves every other notification of the bucket as it is. */
  sendEvents(name: string): Promise<void>
}

export type Role = {
  readonly name: string
  readonly arn: string
  /** The trust policy (AssumeRolePolicyDocument), decoded. */
  readonly trust: Json
  readonly tags: Readonly<Record<string, string>>
}

/** A role with one inline policy. */
export type RoleDocument = {
  readonly name: string
  readonly description: string
  readonly trust: JsonObject
  readonly policyName: string
  readonly policy: JsonObject
  readonly tags: Readonly<Record<string, string>>
}

/** A question to the policy simulator: may these actions be done to these resources? */
export type AccessQuestion = {
  readonly actions: readonly string[]
  /** ARNs; `*` for actions that know no resource. */
  readonly resources: readonly string[]
  /** Condition keys and their values, such as `iam:PassedToService`. */
  readonly context?: Readonly<Record<string, string>>
}

export type AccessAnswer = {readonly action: string; readonly resource: string; readonly isAllowed: boolean}

export type AccessPort = {
  /** By name or ARN; undefined when there is no such role. */
  role(nameOrArn: string): Promise<Role | undefined>
  /** Makes the role, or brings trust and inline policy of the one with its name in line. */
  putRole(document: RoleDocument): Promise<{arn: string}>
  /** With its inline policies. */
  removeRole(name: string): Promise<void>
  /** Of a user or role; throws ServiceError `access-denied` where the caller may not ask (SimulatePrincipalPolicy). */
  simulate(principalArn: string, question: AccessQuestion): Promise<AccessAnswer[]>
}

export type Quota = {readonly code: string; readonly name: string; readonly value: number}

export type QuotasPort = {
  /** SageMaker's quotas in the region, such as `ml.m5.xlarge for training job usage`. */
  sageMaker(): Promise<Quota[]>
}

export type ImagesPort = {
  /** Whether a container image in ECR is there and may be pulled by the caller; `elsewhere` when it is not in ECR. */
  find(uri: string): Promise<'found' | 'missing' | 'denied' | 'elsewhere'>
}
