// Names inside the ARNs of executions, jobs and model packages.

/** `arn:aws:sagemaker:us-east-1:111122223333:pipeline/churn/execution/mjrltdmn6zgd` -> `mjrltdmn6zgd`. */
export function executionId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** The pipeline's name in an execution ARN, or undefined when the text is no execution ARN. */
export function pipelineOfExecution(arn: string): string | undefined {
  return /^arn:[^:]+:sagemaker:[^:]*:[^:]*:pipeline\/([^/]+)\/execution\/[^/]+$/.exec(arn)?.[1]
}

/** `arn:…:model-package/churn/3` -> `churn/3`; undefined when the text is no ARN of a versioned model package. */
export function modelOfPackage(arn: string): {group: string; version: number; model: string} | undefined {
  const match = /^arn:[^:]+:sagemaker:[^:]*:[^:]*:model-package\/([^/]+)\/(\d+)$/.exec(arn)
  if (!match?.[1] || !match[2]) return undefined
  return {group: match[1], version: Number(match[2]), model: `${match[1]}/${match[2]}`}
}
