// What a pipeline uses in the account: its bucket, images, and the machines that quotas allow.

import {imageUris} from '../../access/image-uris.ts'
import {instanceUses} from '../../access/instance-uses.ts'
import {type AccessSubject, knownOf, stepsOf} from '../../access/subject.ts'
import type {Quota} from '../../cloud/account-ports.ts'
import type {Cloud} from '../../cloud/ports.ts'
import type {Target} from '../../project/target.ts'
import {bucketsIn} from '../../trigger/awaited-names.ts'
import {pipelineArn} from '../policy-subject.ts'
import {counted, type Finding, finding} from './check.ts'

export async function bucketFinding({bucket, region}: Target, {buckets}: Cloud): Promise<Finding> {
  if (bucket === '') return finding('failed', 'the target has no bucket', ['write bucket: under the target'])
  const found = await buckets.find(bucket)
  if (!found) return finding('failed', `there is no bucket ${bucket}`, [`aws s3 mb s3://${bucket} --region ${region}`])
  if (found.region === undefined) {
    return finding('warning', `${bucket} is there, and its region is kept from the caller`, [
      `aws s3api get-bucket-location --bucket ${bucket}  (as somebody who may)`,
    ])
  }
  if (found.region === region) return finding('ok', `${bucket} in ${region}`)
  return finding(
    'failed',
    `${bucket} is in ${found.region}, the target in ${region}: SageMaker reads no other region`,
    [`write a bucket: of ${region} under the target`],
  )
}

/** Only a bucket that sends its events to EventBridge starts anything; it is asked of those that the deployed triggers wait for. */
export async function eventsFinding(subject: AccessSubject, {buckets, triggers}: Cloud): Promise<Finding> {
  const rules = await triggers.rules(pipelineArn(subject))
  const waited = [...new Set(rules.flatMap(({pattern}) => bucketsIn(pattern)))].sort()
  if (waited.length === 0) return finding('skipped', 'no deployed trigger waits for objects in S3')
  const silent: string[] = []
  for (const bucket of waited) if (!(await buckets.sendsEvents(bucket))) silent.push(bucket)
  if (silent.length === 0) return finding('ok', `${waited.join(', ')}: sent to EventBridge`)
  return finding(
    'failed',
    `triggers wait for objects in S3, and the bucket sends no events to EventBridge`,
    ['turn on Amazon EventBridge under Properties of the bucket, or add EventBridgeConfiguration to its notifications'],
    silent,
  )
}

export async function imagesFinding(subject: AccessSubject, {images}: Cloud): Promise<Finding> {
  const uris = imageUris(stepsOf(subject), knownOf(subject))
  if (uris.length === 0) return finding('skipped', 'no step names an image')
  const bad: string[] = []
  const hidden: string[] = []
  for (const uri of uris) {
    const answer = await images.find(uri)
    if (answer === 'missing') bad.push(`${uri} is not there`)
    if (answer === 'elsewhere') bad.push(`${uri} is not in Amazon ECR, from where SageMaker takes its images`)
    if (answer === 'denied') hidden.push(`${uri} may not be looked at by the caller (ecr:BatchGetImage)`)
  }
  const details = [...bad, ...hidden]
  if (bad.length > 0) {
    return finding('failed', `${bad.length} of ${counted(uris.length, 'image')} cannot be pulled`, pushSteps, details)
  }
  if (hidden.length > 0) {
    return finding(
      'warning',
      `${hidden.length} of ${counted(uris.length, 'image')} could not be looked at`,
      [],
      details,
    )
  }
  return finding('ok', `${counted(uris.length, 'image')} can be pulled`)
}

const pushSteps = ['docker push ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG, or correct image: in the spec']

export async function quotasFinding(subject: AccessSubject, {quotas}: Cloud): Promise<Finding> {
  const uses = instanceUses(stepsOf(subject), knownOf(subject))
  if (uses.length === 0) return finding('skipped', 'no step asks for a machine')
  const byName = new Map((await quotas.sageMaker()).map((quota) => [quota.name, quota]))
  const short: string[] = []
  const unknown: string[] = []
  const next: string[] = []
  for (const {quota: name, count, step} of uses) {
    const quota = byName.get(name)
    if (!quota) unknown.push(`there is no quota "${name}" in ${subject.region}`)
    else if (quota.value < count) {
      short.push(`${name}: ${quota.value} allowed, step "${step}" asks for ${count}`)
      next.push(increase(quota, count, subject.region))
    }
  }
  const details = [...short, ...unknown]
  if (short.length > 0) return finding('failed', `${counted(short.length, 'quota')} too small`, next, details)
  if (unknown.length > 0) return finding('warning', 'not every machine has a quota that is known', [], details)
  return finding('ok', `${counted(uses.length, 'quota')} large enough`)
}

function increase({code}: Quota, wanted: number, region: string): string {
  const command = 'aws service-quotas request-service-quota-increase --service-code sagemaker'
  return `${command} --quota-code ${code} --desired-value ${wanted} --region ${region}`
}
