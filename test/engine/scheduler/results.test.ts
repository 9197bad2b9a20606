// Property files, models, registered packages and training jobs as later steps and clients see them.

import {
  CreateModelPackageGroupCommand,
  DescribeModelCommand,
  DescribeModelPackageCommand,
  DescribeTrainingJobCommand,
  ListModelPackagesCommand,
  ListTagsCommand,
} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import type {Json, JsonObject} from '../../../src/definition/json.ts'
import {condition, fail, get, join, jsonGet, pipeline, shell} from '../support/definitions.ts'
import {localCloud, putPipeline, roleArn, run} from '../support/local-cloud.ts'

const report = join('/', 's3://mlpipe-local/report', get('Execution.PipelineExecutionId'))

function evaluateStep(script: string): JsonObject {
  return shell('evaluate', script, {
    outputs: {report},
    envelope: {PropertyFiles: [{PropertyFileName: 'metrics', OutputName: 'report', FilePath: 'deep/metrics.json'}]},
  })
}

function writing(text: string): string {
  return `mkdir -p /opt/ml/processing/output/report/deep; printf '%s' '${text}' > /opt/ml/processing/output/report/deep/metrics.json`
}

function gate(path: string): JsonObject {
  const enough = {Type: 'GreaterThanOrEqualTo', LeftValue: jsonGet('evaluate', 'metrics', path), RightValue: 0.9}
  const message = join('', 'accuracy ', jsonGet('evaluate', 'metrics', path), ' is too low')
  return condition('gate', [enough], {then: [shell('good', 'true')], otherwise: [fail('bad', message)]})
}

it('decides by a value in a property file', async () => {
  const cloud = localCloud()
  await putPipeline(
    cloud,
    'good',
    pipeline([evaluateStep(writing('{"a": {"b": [{"value": 0.93}]}}')), gate('a.b[0].value')]),
  )
  const finished = await run(cloud, 'good')
  expect(finished.step('evaluate')?.FailureReason).toBeUndefined()
  expect(finished.steps.map(({StepName}) => StepName)).toEqual(['evaluate', 'gate', 'good'])
})

it('puts the measured value into the message of a Fail step', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'low', pipeline([evaluateStep(writing('{"accuracy": 0.5}')), gate('accuracy')]))
  expect((await run(cloud, 'low')).failureReason).toBe('accuracy 0.5 is too low')
})

it.each([
  [
    'is missing',
    'true',
    'accuracy',
    ['"metrics"', 'deep/metrics.json', 'output "report"', 'is missing', 's3://mlpipe-local/report/'],
  ],
  ['is no JSON', writing('{"accuracy": 0.5,}'), 'accuracy', ['deep/metrics.json', 'not valid JSON', 'position 17']],
  [
    'holds a number that is too large',
    writing('{"accuracy": 1e400}'),
    'accuracy',
    ['cannot be compared', 'at accuracy'],
  ],
  ['is cut off', writing('{"accuracy": 0.5'), 'accuracy', ['deep/metrics.json', 'not valid JSON', 'position 16']],
  ['has no such path', writing('{"accuracy": 0.5}'), 'accuracies', ['"accuracies"', 'metrics']],
])(
  'fails the step that reads a property file which %s, not the one that wrote it',
  async (_name, script, path, parts) => {
    const cloud = localCloud()
    await putPipeline(cloud, 'file', pipeline([evaluateStep(script), gate(path)]))
    const finished = await run(cloud, 'file')
    expect(finished.status).toBe('Failed')
    expect(finished.step('evaluate')?.StepStatus).toBe('Succeeded')
    expect(finished.step('gate')?.StepStatus).toBe('Failed')
    for (const part of parts) expect(finished.step('gate')?.FailureReason).toContain(part)
  },
)

it('fails the condition that compares with a JSON object which is not there, and says which', async () => {
  const cloud = localCloud()
  const S3Uri = 's3://mlpipe-local/gated/champion/gate.json'
  const champion = {'Std:JsonGet': {S3Uri, Path: 'thresholds.g.accuracy.at_least_champion'}}
  const compared = {Type: 'GreaterThanOrEqualTo', LeftValue: 0.9, RightValue: champion}
  await putPipeline(cloud, 'gated', pipeline([condition('gate', [compared], {then: [shell('good', 'true')]})]))
  const finished = await run(cloud, 'gated')
  expect(finished.step('gate')?.FailureReason).toContain(`there is no object ${S3Uri}`)
  expect(finished.step('good')).toBeUndefined()
})

it('fails a step whose reference is to a property that is not there', async () => {
  const cloud = localCloud()
  const environment = {X: get('Steps.a.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri')}
  await putPipeline(cloud, 'absent', pipeline([shell('a', 'true'), shell('b', 'true', {environment})]))
  const finished = await run(cloud, 'absent')
  expect(finished.step('b')?.FailureReason).toContain(
    'step "a" has no property ProcessingOutputConfig.Outputs[0].S3Output.S3Uri',
  )
})

function trainStep(script: string): JsonObject {
  return {
    Name: 'train',
    Type: 'Training',
    Arguments: {
      AlgorithmSpecification: {
        TrainingImage: '000000000000.dkr.ecr.us-east-1.amazonaws.com/shell:1',
        TrainingInputMode: 'File',
        ContainerEntrypoint: ['/bin/sh', '-c', script],
        MetricDefinitions: [{Name: 'val:acc', Regex: 'acc=([0-9.]+)'}],
      },
      OutputDataConfig: {S3OutputPath: 's3://mlpipe-local/models'},
      ResourceConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30},
      StoppingCondition: {MaxRuntimeInSeconds: 60},
      RoleArn: roleArn,
    },
  }
}

const artifact = get('Steps.train.ModelArtifacts.S3ModelArtifacts')

function registerStep(group: Json): JsonObject {
  return {
    Name: 'register',
    Type: 'RegisterModel',
    Arguments: {
      ModelPackageGroupName: group,
      InferenceSpecification: {
        Containers: [{Image: '000000000000.dkr.ecr.us-east-1.amazonaws.com/shell:1', ModelDataUrl: artifact}],
        SupportedContentTypes: ['text/csv'],
        SupportedResponseMIMETypes: ['text/csv'],
      },
      ModelMetrics: {ModelQuality: {Statistics: {ContentType: 'application/json', S3Uri: 's3://mlpipe-local/m.json'}}},
      CustomerMetadataProperties: {
        accuracy: join('', get("Steps.train.FinalMetricDataList['val:acc'].Value")),
        job: get('Steps.train.TrainingJobName'),
      },
    },
  }
}

it('trains, makes a model and registers a version of its group', async () => {
  const cloud = localCloud()
  await cloud.sageMaker.send(new CreateModelPackageGroupCommand({ModelPackageGroupName: 'group'}))
  const model = {
    Name: 'model',
    Type: 'Model',
    Arguments: {PrimaryContainer: {Image: 'i', ModelDataUrl: artifact}, ExecutionRoleArn: roleArn},
  }
  const script = 'echo acc=0.5; echo acc=0.97; echo weights > /opt/ml/model/weights'
  await putPipeline(cloud, 'full', pipeline([trainStep(script), model, registerStep('group')]))
  const finished = await run(cloud, 'full')
  expect(finished.steps.map(({StepName, FailureReason}) => [StepName, FailureReason])).toEqual([
    ['train', undefined],
    ['model', undefined],
    ['register', undefined],
  ])

  const jobArn = finished.step('train')?.Metadata?.TrainingJob?.Arn ?? ''
  const TrainingJobName = jobArn.slice(jobArn.lastIndexOf('/') + 1)
  const job = await cloud.sageMaker.send(new DescribeTrainingJobCommand({TrainingJobName}))
  expect(job.TrainingJobStatus).toBe('Completed')
  expect(job.FinalMetricDataList).toMatchObject([{MetricName: 'val:acc', Value: 0.97}])
  const modelUri = `s3://mlpipe-local/models/${job.TrainingJobName}/output/model.tar.gz`
  expect(job.ModelArtifacts?.S3ModelArtifacts).toBe(modelUri)

  const packageArn = finished.step('register')?.Metadata?.RegisterModel?.Arn ?? ''
  expect(packageArn).toBe('arn:aws:sagemaker:us-east-1:000000000000:model-package/group/1')
  const registered = await cloud.sageMaker.send(new DescribeModelPackageCommand({ModelPackageName: packageArn}))
  expect(registered).toMatchObject({
    ModelPackageGroupName: 'group',
    ModelPackageVersion: 1,
    ModelPackageStatus: 'Completed',
    ModelApprovalStatus: 'PendingManualApproval',
    MetadataProperties: {GeneratedBy: finished.arn},
    InferenceSpecification: {Containers: [{ModelDataUrl: modelUri}]},
    ModelMetrics: {ModelQuality: {Statistics: {S3Uri: 's3://mlpipe-local/m.json'}}},
    CustomerMetadataProperties: {accuracy: '0.97', job: job.TrainingJobName},
  })

  const modelArn = finished.step('model')?.Metadata?.Model?.Arn ?? ''
  const ModelName = modelArn.slice(modelArn.lastIndexOf('/') + 1)
  const made = await cloud.sageMaker.send(new DescribeModelCommand({ModelName}))
  expect(made).toMatchObject({ModelArn: modelArn, PrimaryContainer: {ModelDataUrl: modelUri}})

  const tags = await cloud.sageMaker.send(new ListTagsCommand({ResourceArn: jobArn}))
  expect(tags.Tags).toEqual([{Key: 'sagemaker:pipeline-execution-arn', Value: finished.arn}])

  await run(cloud, 'full')
  const versions = await cloud.sageMaker.send(new ListModelPackagesCommand({ModelPackageGroupName: 'group'}))
  expect(versions.ModelPackageSummaryList?.map(({ModelPackageVersion}) => ModelPackageVersion)).toEqual([1, 2])
})

it('fails a RegisterModel step whose group does not exist', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'no-group', pipeline([trainStep('echo acc=1'), registerStep('nowhere')]))
  const finished = await run(cloud, 'no-group')
  expect(finished.status).toBe('Failed')
  expect(finished.step('register')?.FailureReason).toMatch(
    /ResourceNotFound.*model-package-group\/nowhere does not exist/,
  )
})

it('keeps the log of a job and serves it as CloudWatch does', async () => {
  const {DescribeLogStreamsCommand, GetLogEventsCommand} = await import('@aws-sdk/client-cloudwatch-logs')
  const cloud = localCloud()
  await putPipeline(cloud, 'logs', pipeline([shell('a', 'echo one; echo two >&2; echo three')]))
  const finished = await run(cloud, 'logs')
  const arn = finished.step('a')?.Metadata?.ProcessingJob?.Arn ?? ''
  const logStreamNamePrefix = `${arn.slice(arn.lastIndexOf('/') + 1)}/`
  const logGroupName = '/aws/sagemaker/ProcessingJobs'
  const streams = await cloud.logs.send(new DescribeLogStreamsCommand({logGroupName, logStreamNamePrefix}))
  expect(streams.logStreams).toHaveLength(1)
  const logStreamName = streams.logStreams?.[0]?.logStreamName ?? ''
  expect(logStreamName).toMatch(/^pipelines-.*\/algo-1-\d{10}$/)

  const read = (input: object) => cloud.logs.send(new GetLogEventsCommand({logGroupName, logStreamName, ...input}))
  const all = await read({startFromHead: true})
  const messages = all.events?.map(({message}) => message) ?? []
  expect(messages).toEqual(expect.arrayContaining(['one', 'two', 'three']))
  const head = await read({startFromHead: true, limit: 1})
  expect(head.events?.map(({message}) => message)).toEqual(messages.slice(0, 1))
  const rest = await read({nextToken: head.nextForwardToken})
  expect(rest.events?.map(({message}) => message)).toEqual(messages.slice(1))
  const end = await read({nextToken: rest.nextForwardToken})
  expect(end.events).toEqual([])
  expect(end.nextForwardToken).toBe(rest.nextForwardToken)
  const tail = await read({limit: 1})
  expect(tail.events?.map(({message}) => message)).toEqual(messages.slice(-1))
  const before = await read({nextToken: tail.nextBackwardToken})
  expect(before.events?.map(({message}) => message)).toEqual(messages.slice(0, -1))
})
