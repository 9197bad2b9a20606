// The jobs that steps make, through the AWS SDK.

import {DescribeProcessingJobCommand, DescribeTrainingJobCommand, type SageMakerClient} from '@aws-sdk/client-sagemaker'
import {defined, nameFromArn} from '../fields.ts'
import type {JobsPort} from '../ports.ts'
import {call} from './call.ts'

export function jobsPort(client: SageMakerClient): JobsPort {
  return {
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
