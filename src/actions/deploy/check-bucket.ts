// The bucket of a target: there, and in the target's region, before anything is put into it.

import type {Cloud} from '../../cloud/ports.ts'
import {MlpipeError} from '../../diagnostics/mlpipe-error.ts'
import type {Target} from '../../project/target.ts'

export async function checkBucket({kind, name, bucket, region}: Target, cloud: Cloud): Promise<void> {
  if (kind === 'local') return
  const found = await cloud.buckets.find(bucket)
  if (!found) {
    throw new MlpipeError({
      code: 'no-such-bucket',
      message: `the bucket "${bucket}" of target "${name}" does not exist`,
      nextSteps: [`aws s3 mb s3://${bucket} --region ${region}`],
    })
  }
  // S3 may keep the region from a caller who may use the bucket all the same.
  if (found.region === undefined || found.region === region) return
  throw new MlpipeError({
    code: 'bucket-elsewhere',
    message: `the bucket "${bucket}" is in ${found.region}, and target "${name}" in ${region}: SageMaker reads and writes in its own region`,
    nextSteps: [`write region: ${found.region} or a bucket of ${region} under targets.${name}`],
  })
}

/** What S3 says of a bucket that is elsewhere is hard to understand; the bucket is looked for, and that told instead. */
export async function orTellBucket<Value>(target: Target, cloud: Cloud, look: () => Promise<Value>): Promise<Value> {
  try {
    return await look()
  } catch (error) {
    const isRefused = error instanceof MlpipeError && error.who === 'service'
    throw isRefused ? ((await bucketProblem(target, cloud)) ?? error) : error
  }
}

/** Undefined also when the bucket cannot be looked for. */
async function bucketProblem(target: Target, cloud: Cloud): Promise<MlpipeError | undefined> {
  try {
    await checkBucket(target, cloud)
  } catch (error) {
    if (error instanceof MlpipeError && error.who === 'user') return error
  }
  return undefined
}
