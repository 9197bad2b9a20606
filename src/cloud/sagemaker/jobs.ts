// The jobs that steps make, through the AWS SDK.

import {
  DescribeModelCommand,
  DescribeModelPackageCommand,
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import type {JsonObject} from '../../definition/json.ts'
import {defined, nameFromArn} from '../fields.ts'
import type {JobsPort} from '../ports.ts'
import {isNotFound, ServiceError} from '../service-error.ts'
import {call, orUndefined} from './call.ts'

export function jobsPort(client: SageMakerClient): JobsPort {
  return {
    async properties(arn) {
      const answer = await orUndefined(describeResource(client, arn), isGone)
      return answer && (JSON.parse(JSON.stringify({...answer, $metadata: undefined})) as JsonObject)
    },
    async training(arn) {
      const command = new DescribeTrainingJobCommand({TrainingJobName: nameFromArn(arn)})
      const found = await call('DescribeTrainingJob', client.send(command))
      return defined({
        name: found.TrainingJobName ?? nameFromArn(arn),
        metrics: (found.FinalMetricDataList ?? []).map((metric) => ({
          name: metric.MetricName ?? '',
          value: Number(metric.Value),
        })),
        modelArtifact: found.ModelArtifacts?.S3ModelArtifacts,
        failureReason: found.FailureReason,
      })
    },
    async processing(arn) {
      const command = new DescribeProcessingJobCommand({ProcessingJobName: nameFromArn(arn)})
      const found = await call('DescribeProcessingJob', client.send(command))
      return defined({
        name: found.ProcessingJobName ?? nameFromArn(arn),
        outputs: (found.ProcessingOutputConfig?.Outputs ?? []).flatMap((output) =>
          output.OutputName && output.S3Output?.S3Uri ? [{name: output.OutputName, s3Uri: output.S3Output.S3Uri}] : [],
        ),
        exitMessage: found.ExitMessage,
        failureReason: found.FailureReason,
      })
    },
  }
}

async function describeResource(client: SageMakerClient, arn: string): Promise<object | undefined> {
  const kind = arn.split(':')[5]?.split('/')[0]
  const name = nameFromArn(arn)
  switch (kind) {
    case 'processing-job':
      return call('DescribeProcessingJob', client.send(new DescribeProcessingJobCommand({ProcessingJobName: name})))
    case 'training-job':
      return call('DescribeTrainingJob', client.send(new DescribeTrainingJobCommand({TrainingJobName: name})))
    case 'model':
      return call('DescribeModel', client.send(new DescribeModelCommand({ModelName: name})))
    case 'model-package':
      return call('DescribeModelPackage', client.send(new DescribeModelPackageCommand({ModelPackageName: arn})))
    default:
      return undefined
  }
}

/** Of a job or a model that does not exist SageMaker says ValidationException. */
function isGone(error: unknown): boolean {
  return isNotFound(error) || (error instanceof ServiceError && error.awsError === 'ValidationException')
}
