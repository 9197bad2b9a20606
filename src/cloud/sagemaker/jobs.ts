// The jobs that steps make, through the AWS SDK.

import {
  DescribeAutoMLJobCommand,
  DescribeHyperParameterTuningJobCommand,
  DescribeModelCommand,
  DescribeModelPackageCommand,
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  DescribeTransformJobCommand,
  ListTrainingJobsForHyperParameterTuningJobCommand,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import type {JsonObject} from '../../definition/json.ts'
import {call, isGone, orUndefined, pageSize} from '../call.ts'
import {allPages, defined, nameFromArn} from '../fields.ts'
import type {JobsPort, TunedJob} from '../ports.ts'

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
    tuned: (arn) => tunedJobs(client, arn),
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

async function tunedJobs(client: SageMakerClient, arn: string): Promise<TunedJob[]> {
  const summaries = await allPages(
    (NextToken) =>
      call(
        'ListTrainingJobsForHyperParameterTuningJob',
        client.send(
          new ListTrainingJobsForHyperParameterTuningJobCommand({
            HyperParameterTuningJobName: nameFromArn(arn),
            SortBy: 'CreationTime',
            SortOrder: 'Ascending',
            MaxResults: pageSize,
            NextToken,
          }),
        ),
      ),
    (page) => page.TrainingJobSummaries,
    (page) => page.NextToken,
  )
  return summaries.map((job) => {
    const metric = job.FinalHyperParameterTuningJobObjectiveMetric
    return defined({
      name: job.TrainingJobName ?? '',
      status: job.TrainingJobStatus ?? '',
      endedAtMs: job.TrainingEndTime?.getTime(),
      objective: metric && {name: metric.MetricName ?? '', value: Number(metric.Value)},
      hyperparameters: Object.entries(job.TunedHyperParameters ?? {}).map(([name, value]) => ({name, value})),
    })
  })
}

async function describeResource(client: SageMakerClient, arn: string): Promise<object | undefined> {
  const kind = arn.split(':')[5]?.split('/')[0]
  const name = nameFromArn(arn)
  switch (kind) {
    case 'processing-job':
      return call('DescribeProcessingJob', client.send(new DescribeProcessingJobCommand({ProcessingJobName: name})))
    case 'training-job':
      return call('DescribeTrainingJob', client.send(new DescribeTrainingJobCommand({TrainingJobName: name})))
    case 'transform-job':
      return call('DescribeTransformJob', client.send(new DescribeTransformJobCommand({TransformJobName: name})))
    case 'automl-job':
      return call('DescribeAutoMLJob', client.send(new DescribeAutoMLJobCommand({AutoMLJobName: name})))
    case 'hyper-parameter-tuning-job':
      return describeTuning(client, name)
    case 'model':
      return call('DescribeModel', client.send(new DescribeModelCommand({ModelName: name})))
    case 'model-package':
      return call('DescribeModelPackage', client.send(new DescribeModelPackageCommand({ModelPackageName: arn})))
    default:
      return undefined
  }
}

/** A tuning step's properties are those of two calls; its training jobs come with the best first. */
async function describeTuning(client: SageMakerClient, name: string): Promise<object> {
  const job = {HyperParameterTuningJobName: name}
  const describe = new DescribeHyperParameterTuningJobCommand(job)
  const described = await call('DescribeHyperParameterTuningJob', client.send(describe))
  const isMinimum = described.HyperParameterTuningJobConfig?.HyperParameterTuningJobObjective?.Type === 'Minimize'
  const order = isMinimum ? 'Ascending' : 'Descending'
  const list = new ListTrainingJobsForHyperParameterTuningJobCommand({
    ...job,
    SortBy: 'FinalObjectiveMetricValue',
    SortOrder: order,
    MaxResults: pageSize,
  })
  const {TrainingJobSummaries} = await call('ListTrainingJobsForHyperParameterTuningJob', client.send(list))
  return {...described, TrainingJobSummaries}
}
