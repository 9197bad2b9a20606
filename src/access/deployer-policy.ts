// What whoever deploys and runs the pipeline needs: this one pipeline, its code and data in S3, its logs, its models.
// sts:GetCallerIdentity, which the account guard asks, needs no permission (AWS STS API reference, GetCallerIdentity).

import {championGates} from '../definition/champion-thresholds.ts'
import {fingerprintedInputs} from '../definition/fingerprints.ts'
import type {Grant} from './grants.ts'
import {passRole} from './job-grants.ts'
import {knownText} from './known-text.ts'
import {arn, sageMakerArns} from './place.ts'
import {readingModels} from './related-grants.ts'
import {listingGrants, s3Grants} from './s3-grants.ts'
import {type S3Use, s3Uses} from './s3-uses.ts'
import {describingGrants, logGroups, sageMaker} from './sagemaker-grants.ts'
import {servingGrants} from './serving-grants.ts'
import {type AccessSubject, knownOf, stepsOf} from './subject.ts'
import {triggerGrants} from './trigger-grants.ts'

export function deployerGrants(subject: AccessSubject): Grant[] {
  return [
    ...pipelineGrants(subject),
    ...passRole(subject.role, ['sagemaker'], subject),
    ...subject.modelPackageGroups.flatMap((group) => groupGrants(group, subject)),
    ...championGroups(subject).flatMap((group) => readingModels(group, subject)),
    ...servingGrants(subject),
    ...storageGrants(subject),
    ...watchingGrants(subject),
    ...(subject.modelPackageGroups.length > 0 ? followingGrants(subject) : []),
    ...triggerGrants(subject),
  ]
}

/** Whose champion the gates ask for: what it came to is looked up before a run. */
function championGroups({definition}: AccessSubject): string[] {
  const groups = championGates(definition).flatMap(({requirements}) => requirements.map(({group}) => group))
  return [...new Set(groups)]
}

const pipelineActions = [
  'CreatePipeline',
  'UpdatePipeline',
  'DescribePipeline',
  'DeletePipeline',
  'StartPipelineExecution',
  'ListPipelineExecutions',
  'AddTags',
  'ListTags',
]

const executionActions = [
  'DescribePipelineExecution',
  'DescribePipelineDefinitionForExecution',
  'ListPipelineExecutionSteps',
  'ListPipelineParametersForExecution',
  'StopPipelineExecution',
  'RetryPipelineExecution',
]

function pipelineGrants(subject: AccessSubject): Grant[] {
  const {pipelineName} = subject
  const hasCallback = stepsOf(subject).some(({Type}) => Type === 'Callback')
  const answers = ['SendPipelineExecutionStepSuccess', 'SendPipelineExecutionStepFailure']
  return [
    {
      topic: 'Pipeline',
      actions: sageMaker(...pipelineActions),
      resources: sageMakerArns(subject, 'pipeline', pipelineName),
    },
    {
      topic: 'Executions',
      actions: sageMaker(...executionActions),
      resources: sageMakerArns(subject, 'pipeline', pipelineName).map((pipeline) => `${pipeline}/execution/*`),
    },
    // A callback is answered by its token alone, and lists of everything know no resource.
    {
      topic: 'WithoutResource',
      actions: sageMaker('ListPipelines', 'ListModelPackageGroups', ...(hasCallback ? answers : [])),
      resources: ['*'],
    },
  ]
}

function groupGrants(group: string, subject: AccessSubject): Grant[] {
  return [
    ...readingModels(group, subject),
    {
      topic: 'ModelGroups',
      actions: sageMaker('CreateModelPackageGroup', 'AddTags'),
      resources: sageMakerArns(subject, 'model-package-group', group),
    },
    {
      topic: 'ApproveModels',
      actions: sageMaker('UpdateModelPackage'),
      resources: sageMakerArns(subject, 'model-package', `${group}/*`),
    },
  ]
}

/** Everything that mlpipe itself puts into S3 lies below the pipeline's name; data with a fingerprint is listed where it lies. */
function storageGrants(subject: AccessSubject): Grant[] {
  const {bucket, pipelineName, definition} = subject
  const known = knownOf(subject)
  const own: S3Use = {mode: 'write', bucket, keys: `${pipelineName}/*`}
  const listed = fingerprintedInputs(definition).flatMap(({uri}) => {
    const step = {Name: '', Type: 'Processing', Arguments: {S3Uri: knownText(uri, known)}}
    return s3Uses(step, known).uses
  })
  const [objects = ''] = s3Grants(subject, [own]).flatMap(({resources}) => resources)
  return [
    ...s3Grants(subject, [own]),
    // A large upload that broke off goes on from the parts that have arrived.
    {topic: 'WriteObjects', actions: ['s3:ListMultipartUploadParts'], resources: [objects]},
    ...listingGrants(subject, [own], ['s3:ListBucket', 's3:ListBucketMultipartUploads']),
    ...listingGrants(subject, listed),
  ]
}

/** What SageMaker itself keeps of how models came to be, and the endpoints that serve them: names of the service's making. */
function followingGrants(subject: AccessSubject): Grant[] {
  const described = [
    {action: 'DescribeContext', resource: 'context/*'},
    {action: 'DescribeArtifact', resource: 'artifact/*'},
    {action: 'DescribeTrialComponent', resource: 'experiment-trial-component/*'},
    {action: 'DescribeEndpoint', resource: 'endpoint/*'},
    {action: 'DescribeEndpointConfig', resource: 'endpoint-config/*'},
    {action: 'DescribeModel', resource: 'model/*'},
  ]
  return [
    {
      topic: 'WithoutResource',
      actions: sageMaker('ListArtifacts', 'QueryLineage', 'ListEndpoints'),
      resources: ['*'],
    },
    ...described.map(({action, resource}) => ({
      topic: 'FollowLineage',
      actions: sageMaker(action),
      resources: [arn(subject, 'sagemaker', resource)],
    })),
  ]
}

/** What the steps have made, and what it wrote to its logs. */
function watchingGrants(subject: AccessSubject): Grant[] {
  const known = knownOf(subject)
  const steps = stepsOf(subject)
  const groups = steps.flatMap((step) => logGroups(step))
  const resources = groups.map((group) => arn(subject, 'logs', `log-group:/aws/sagemaker/${group}*`))
  const actions = ['DescribeLogStreams', 'FilterLogEvents', 'GetLogEvents'].map((action) => `logs:${action}`)
  return [...steps.flatMap((step) => describingGrants(step, known, subject)), {topic: 'ReadLogs', actions, resources}]
}
