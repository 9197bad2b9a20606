// Names of things in the embedded account: ARNs made and read in one place.
// SageMaker lower-cases the resource's name in its ARN; the pipelines seen in the wild bear it out.

export const region = 'us-east-1'
export const accountId = '000000000000'

export type ResourceType =
  | 'pipeline'
  | 'processing-job'
  | 'training-job'
  | 'model'
  | 'model-package-group'
  | 'model-package'

/** The ARN of a resource of this account. */
export function resourceArn(type: ResourceType, name: string): string {
  return `arn:aws:sagemaker:${region}:${accountId}:${type}/${name.toLowerCase()}`
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
