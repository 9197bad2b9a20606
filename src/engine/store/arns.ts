// Names of things in the embedded account: ARNs made and read in one place.
// SageMaker lower-cases the resource's name in its ARN; the pipelines seen in the wild bear it out.

export const region = 'us-east-1'
export const accountId = '000000000000'

import type {JobKind} from '../runners/job-types.ts'

export type ResourceType =
  | 'pipeline'
  | 'processing-job'
  | 'training-job'
  | 'model'
  | 'model-package-group'
  | 'model-package'
  | 'hyper-parameter-tuning-job'
  | 'transform-job'
  | 'automl-job'
  | 'job'
  | 'endpoint-config'
  | 'endpoint'
  | 'inference-component'
  | 'action'
  | 'artifact'
  | 'context'
  | 'experiment-trial-component'
  | 'lineage-group'

/** The ARN of a resource of this account. */
export function resourceArn(type: ResourceType, name: string): string {
  return `arn:aws:sagemaker:${region}:${accountId}:${type}/${name.toLowerCase()}`
}

/** Service and type of what each kind of job is called by. A Lambda or Callback step makes nothing that AWS gives an ARN. */
const jobResources: Readonly<Record<JobKind, readonly [service: string, type: string]>> = {
  Processing: ['sagemaker', 'processing-job'],
  Training: ['sagemaker', 'training-job'],
  Tuning: ['sagemaker', 'hyper-parameter-tuning-job'],
  Transform: ['sagemaker', 'transform-job'],
  AutoML: ['sagemaker', 'automl-job'],
  Lambda: ['lambda', 'invocation'],
  Callback: ['sagemaker', 'callback'],
  QualityCheck: ['sagemaker', 'processing-job'],
  ClarifyCheck: ['sagemaker', 'processing-job'],
  EMR: ['elasticmapreduce', 'step'],
  EMRServerless: ['emr-serverless', 'jobrun'],
  Job: ['sagemaker', 'job'],
  BedrockCustomModel: ['bedrock', 'custom-model'],
  BedrockCustomModelDeployment: ['bedrock', 'custom-model-deployment'],
  BedrockModelImport: ['bedrock', 'model-import-job'],
  BedrockProvisionedModelThroughput: ['bedrock', 'provisioned-model'],
}

export function jobArn(kind: JobKind, name: string): string {
  const [service, type] = jobResources[kind]
  return `arn:aws:${service}:${region}:${accountId}:${type}/${name.toLowerCase()}`
}

export function executionArn(pipelineArn: string, executionId: string): string {
  return `${pipelineArn}/execution/${executionId}`
}

export function executionIdOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** The ARN meant by a member that takes a name or an ARN. */
export function arnOf(type: ResourceType, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : resourceArn(type, nameOrArn)
}
