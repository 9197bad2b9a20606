// What the execution role needs so that every step of the definition can run.

import type {Grant} from './grants.ts'
import {jobGrants, passRole} from './job-grants.ts'
import {isWhole, knownText} from './known-text.ts'
import {relatedGrants, trackingGrants} from './related-grants.ts'
import {listingGrants, s3Grants} from './s3-grants.ts'
import {s3Uses} from './s3-uses.ts'
import {sageMakerGrants} from './sagemaker-grants.ts'
import {serviceGrants} from './service-grants.ts'
import {type AccessSubject, knownOf, stepsOf} from './subject.ts'

export function executionGrants(subject: AccessSubject): Grant[] {
  const known = knownOf(subject)
  const steps = stepsOf(subject)
  const uses = steps.flatMap((step) => s3Uses(step, known).uses)
  return [
    ...steps.flatMap((step) => [
      ...sageMakerGrants(step, known, subject),
      ...relatedGrants(step, known, subject),
      ...serviceGrants(step, known, subject),
    ]),
    ...trackingGrants(subject),
    // The pipeline starts each job with a role, most often its own.
    ...passRole(subject.role, ['sagemaker'], subject),
    ...steps.flatMap((step) => jobGrants(step, known, subject)),
    ...s3Grants(subject, uses),
    ...listingGrants(subject, uses),
  ]
}

/** What the policies cannot say, because only the run, or whoever starts it, knows. */
export function executionNotes(subject: AccessSubject): string[] {
  const known = knownOf(subject)
  const steps = stepsOf(subject)
  const parameters = new Set(steps.flatMap((step) => s3Uses(step, known).unknownParameters))
  const open = steps.flatMap((step) => {
    if (step.Type === 'Lambda' && !isWhole(knownText(step.FunctionArn, known)))
      return [`step "${step.Name}": lambda:InvokeFunction on the function that it will call`]
    if (step.Type === 'Callback' && !isWhole(knownText(step.SqsQueueUrl, known)))
      return [`step "${step.Name}": sqs:SendMessage on the queue that it will use`]
    return knownTypes.has(step.Type) ? [] : [`step "${step.Name}": what the step type ${step.Type} needs`]
  })
  const uris = [...parameters].map((name) => `parameter "${name}": s3:GetObject and s3:ListBucket where it will point`)
  return [...uris, ...open].map((what) => `the execution role needs besides, for ${what}`)
}

const knownTypes = new Set([
  'AutoML',
  'BedrockCustomModel',
  'BedrockCustomModelDeployment',
  'BedrockModelImport',
  'BedrockProvisionedModelThroughput',
  'Callback',
  'ClarifyCheck',
  'Condition',
  'EMR',
  'EMRServerless',
  'Endpoint',
  'EndpointConfig',
  'Fail',
  'InferenceComponent',
  'Job',
  'Lambda',
  'Lineage',
  'Model',
  'Processing',
  'QualityCheck',
  'RegisterModel',
  'Training',
  'Transform',
  'Tuning',
])
