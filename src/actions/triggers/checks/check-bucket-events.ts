// The buckets that triggers wait for: there, in the region of the pipeline, and telling EventBridge of their objects.

import type {BucketsPort} from '../../../cloud/account-ports.ts'
import {MlpipeError} from '../../../diagnostics/mlpipe-error.ts'
import type {Target} from '../../../project/target.ts'

export type BucketEvents = {
  /** Whether its events have to be switched on. */
  readonly isSilent: boolean
  readonly warning?: string
}

/** Throws for a bucket that no trigger here can wait for. On `local` a bucket comes into being when something is put into it. */
export async function checkBucketEvents(bucket: string, target: Target, buckets: BucketsPort): Promise<BucketEvents> {
  const hidden = target.kind === 'local' ? undefined : await checkPlace(bucket, target, buckets)
  try {
    const isSilent = !(await buckets.sendsEvents(bucket))
    return {isSilent, ...(hidden === undefined ? {} : {warning: hidden})}
  } catch (error) {
    if (!(error instanceof MlpipeError)) throw error
    if (target.kind === 'local' && error.code === 'no-such-bucket') return {isSilent: true}
    if (error.code !== 'access-denied') throw error
    const warning = `the caller may not see whether the bucket ${bucket} sends its events to EventBridge: its owner has to switch that on`
    return {isSilent: false, warning}
  }
}

/** A warning where the region is kept from the caller. */
async function checkPlace(bucket: string, {region, name}: Target, buckets: BucketsPort): Promise<string | undefined> {
  const found = await buckets.find(bucket)
  if (!found) {
    throw new MlpipeError({
      code: 'no-such-bucket',
      message: `the bucket "${bucket}" that a trigger waits for does not exist`,
      nextSteps: [`aws s3 mb s3://${bucket} --region ${region}`],
    })
  }
  if (found.region === undefined)
    return `${bucket} is there, and its region is kept from the caller: it has to be ${region}`
  if (found.region === region) return undefined
  throw new MlpipeError({
    code: 'bucket-elsewhere',
    message: `the bucket "${bucket}" is in ${found.region}, and target "${name}" in ${region}: S3 sends its events to EventBridge in the bucket's own region only`,
    nextSteps: [
      `wait for a bucket in ${region}, to which S3 can replicate this one`,
      `or send the events on: a rule in ${found.region} with the event bus of ${region} as its target, and a trigger with event: here`,
    ],
  })
}
