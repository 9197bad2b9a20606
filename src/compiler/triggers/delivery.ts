// How EventBridge starts the pipeline: with which role, how often it tries, and where goes what it could not deliver.

import type {TriggerSpec} from '../../spec/triggers/parse-triggers.ts'
import type {Located} from '../../spec/value.ts'
import {lengthSeconds} from '../../text/duration.ts'
import type {TargetRetry} from '../../trigger/trigger.ts'
import {roleArnPattern} from '../checks/check-target.ts'
import {type Findings, triggerText} from './trigger-scope.ts'

type Delivery = {readonly roleArn?: string; readonly retry?: TargetRetry; readonly deadLetterArn?: string}

export function compileDelivery(spec: TriggerSpec, scope: Findings): Delivery {
  const roleArn = checkedRole(triggerText(spec.role, scope), scope)
  const retry = spec.retry && compileRetry(spec.retry, scope)
  const deadLetterArn = checkedQueue(triggerText(spec.deadLetter, scope), scope)
  return {
    ...(roleArn === undefined ? {} : {roleArn}),
    ...(retry ? {retry} : {}),
    ...(deadLetterArn === undefined ? {} : {deadLetterArn}),
  }
}

function checkedRole(role: Located<string> | undefined, {findings}: Findings): string | undefined {
  if (!role || roleArnPattern.test(role.value)) return role?.value
  findings.error('invalid-role', role.range, `"${role.value}" is not the ARN of a role`, {
    help: 'an ARN is like arn:aws:iam::111122223333:role/StartPipeline; without "role" mlpipe makes one',
  })
  return undefined
}

/** RetryPolicy, MaximumEventAgeInSeconds (EventBridge and EventBridge Scheduler API references). */
const leastAgeSeconds = 60
const mostAgeSeconds = 86_400

function compileRetry({attempts, age}: NonNullable<TriggerSpec['retry']>, {findings}: Findings): TargetRetry {
  const seconds = age && lengthSeconds(age.value)
  if (age && seconds !== undefined && (seconds < leastAgeSeconds || seconds > mostAgeSeconds)) {
    findings.error('out-of-range', age.range, 'EventBridge tries an event again for 60s at least, and 24h at most')
  }
  return {
    ...(attempts ? {attempts: attempts.value} : {}),
    ...(seconds === undefined ? {} : {maximumAgeSeconds: seconds}),
  }
}

const queueArnPattern = /^arn:aws[a-z-]*:sqs:([a-z0-9-]+):\d{12}:([A-Za-z0-9_-]{1,80})(\.fifo)?$/
const queueUrlPattern = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([\w.-]+)$/

/** A standard queue in the region of the rule. Source: EventBridge User Guide, "Using dead-letter queues". */
function checkedQueue(queue: Located<string> | undefined, {target, findings}: Findings): string | undefined {
  if (!queue) return undefined
  const {value: arn, range} = queue
  const [, region, , fifo] = queueArnPattern.exec(arn) ?? []
  if (region === undefined) {
    const [, urlRegion, account, name] = queueUrlPattern.exec(arn) ?? []
    const help =
      name === undefined
        ? 'an ARN is like arn:aws:sqs:us-east-1:111122223333:not-started'
        : `the ARN of that queue is arn:aws:sqs:${urlRegion}:${account}:${name}`
    findings.error('invalid-resource', range, `"${arn}" is not the ARN of an SQS queue`, {help})
    return undefined
  }
  if (fifo) {
    findings.error('invalid-resource', range, `"${arn}" is a FIFO queue: EventBridge takes standard queues only`)
  } else if (target.kind === 'aws' && target.region !== '' && region !== target.region) {
    const message = `the queue is in ${region}, the target "${target.name}" in ${target.region}`
    findings.error('invalid-resource', range, message, {help: 'a dead-letter queue is in the region of its rule'})
  }
  return arn
}
