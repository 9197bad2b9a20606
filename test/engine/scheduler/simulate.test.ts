// A rehearsal through the real engine: every type of step runs to its end with stand-ins, and says that it is simulated.

import {DescribeLogStreamsCommand, GetLogEventsCommand} from '@aws-sdk/client-cloudwatch-logs'
import {GetObjectCommand, ListObjectsV2Command} from '@aws-sdk/client-s3'
import {
  DescribeHyperParameterTuningJobCommand,
  DescribeTrainingJobCommand,
  ListTagsCommand,
} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import type {Json, JsonObject} from '../../../src/definition/json.ts'
import {dataQuality, putText} from '../support/check-steps.ts'
import {condition, equals, fail, get, join, jsonGet, pipeline, shell} from '../support/definitions.ts'
import {type Finished, type LocalCloud, localCloud, putPipeline, run} from '../support/local-cloud.ts'

/** A definition whose steps have hints for local running. */
function rehearsal(steps: readonly JsonObject[], hints: Readonly<Record<string, JsonObject>>): JsonObject {
  const entries = Object.entries(hints).map(([step, own]) => [`local-${step}`, JSON.stringify(own)])
  return {...pipeline(steps), Metadata: Object.fromEntries(entries)}
}

const simulate = {runner: 'simulate'}

async function rehearse(
  steps: readonly JsonObject[],
  hints: Readonly<Record<string, JsonObject>>,
): Promise<{cloud: LocalCloud; finished: Finished}> {
  const cloud = localCloud()
  await putPipeline(cloud, 'rehearsal', rehearsal(steps, hints))
  return {cloud, finished: await run(cloud, 'rehearsal')}
}

async function keysOf({s3}: LocalCloud, Bucket: string): Promise<(string | undefined)[]> {
  const {Contents = []} = await s3.send(new ListObjectsV2Command({Bucket}))
  return Contents.map(({Key}) => Key)
}

/** The text of a Fail step, by which references are seen resolved. */
async function said(steps: readonly JsonObject[], hints: Readonly<Record<string, JsonObject>>, ...values: Json[]) {
  const {finished} = await rehearse([...steps, fail('Say', join('|', ...values))], hints)
  return finished.failureReason?.split('|')
}

const evaluate = shell('Evaluate', 'exit 1', {
  outputs: {report: 's3://data/report', plots: 's3://data/plots'},
  envelope: {PropertyFiles: [{PropertyFileName: 'Metrics', OutputName: 'report', FilePath: 'metrics.json'}]},
})
const gate = condition('Gate', [equals(jsonGet('Evaluate', 'Metrics', 'accuracy'), 0.95)], {
  otherwise: [fail('Reject', 'too bad')],
})

describe('a processing step', () => {
  it('leaves the reports that its hints give, and placeholders for other outputs', async () => {
    const {cloud, finished} = await rehearse([evaluate, gate], {
      Evaluate: {...simulate, reports: {Metrics: {accuracy: 0.95}}},
    })
    expect(finished.status).toBe('Succeeded')
    const step = finished.step('Evaluate')
    expect(step?.StepDescription).toBe('[simulated] the step asks for it (local: {runner: simulate})')
    expect(await keysOf(cloud, 'data')).toEqual(['plots/SIMULATED.txt', 'report/metrics.json'])
    const note = await cloud.s3.send(new GetObjectCommand({Bucket: 'data', Key: 'plots/SIMULATED.txt'}))
    expect(await note.Body?.transformToString()).toMatch(/^Step "Evaluate" was simulated/)
    const tags = await cloud.sageMaker.send(new ListTagsCommand({ResourceArn: step?.Metadata?.ProcessingJob?.Arn}))
    expect(tags.Tags).toContainEqual({
      Key: 'mlpipe:simulated',
      Value: 'the step asks for it (local: {runner: simulate})',
    })
  })

  it('has an empty report when nothing is given: the condition that needs a value fails, and says what to do, as does the log', async () => {
    const {cloud, finished} = await rehearse([evaluate, gate], {Evaluate: simulate})
    expect(finished.status).toBe('Failed')
    expect(finished.step('Gate')?.FailureReason).toContain(
      'step "Evaluate" is simulated, and its report "Metrics" holds {}; local: {reports: {Metrics: …}} gives it values',
    )
    const logGroupName = '/aws/sagemaker/ProcessingJobs'
    const {logStreams = []} = await cloud.logs.send(new DescribeLogStreamsCommand({logGroupName}))
    const {logStreamName} = logStreams[0] ?? {}
    const {events = []} = await cloud.logs.send(
      new GetLogEventsCommand({logGroupName, logStreamName, startFromHead: true}),
    )
    expect(events.map(({message}) => message)).toEqual([
      'mlpipe: simulated: the step asks for it (local: {runner: simulate})',
      'mlpipe: the report "Metrics" holds {}; local: {reports: {Metrics: …}} gives it values',
    ])
  })
})

const algorithm = {TrainingImage: 'image:1', TrainingInputMode: 'File'}
const resources = {
  OutputDataConfig: {S3OutputPath: 's3://data/models'},
  ResourceConfig: {InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30},
  StoppingCondition: {MaxRuntimeInSeconds: 60},
  RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
}

it('a training step leaves a model and the metrics of its hints', async () => {
  const train = {Name: 'Train', Type: 'Training', Arguments: {AlgorithmSpecification: algorithm, ...resources}}
  const {cloud, finished} = await rehearse(
    [train, fail('Say', join('', get("Steps.Train.FinalMetricDataList['acc'].Value")))],
    {Train: {...simulate, metrics: {acc: 0.75}}},
  )
  expect(finished.failureReason).toBe('0.75')
  const TrainingJobName = finished.step('Train')?.Metadata?.TrainingJob?.Arn?.split('/').at(-1)
  const job = await cloud.sageMaker.send(new DescribeTrainingJobCommand({TrainingJobName}))
  const uri = job.ModelArtifacts?.S3ModelArtifacts
  expect(uri).toMatch(/^s3:\/\/data\/models\/pipelines-\w+-Train-\w+\/output\/model\.tar\.gz$/)
  expect(await keysOf(cloud, 'data')).toEqual([uri?.replace('s3://data/', '')])
})

it('a tuning step has trained one job, which is the best', async () => {
  const tune = {
    Name: 'Tune',
    Type: 'Tuning',
    Arguments: {
      HyperParameterTuningJobConfig: {
        Strategy: 'Random',
        HyperParameterTuningJobObjective: {Type: 'Maximize', MetricName: 'auc'},
        ResourceLimits: {MaxNumberOfTrainingJobs: 20, MaxParallelTrainingJobs: 4},
        ParameterRanges: {IntegerParameterRanges: [{Name: 'depth', MinValue: '2', MaxValue: '8'}]},
      },
      TrainingJobDefinition: {AlgorithmSpecification: algorithm, ...resources},
    },
  }
  const {cloud, finished} = await rehearse(
    [tune, fail('Say', join('', get('Steps.Tune.BestTrainingJob.TrainingJobName')))],
    {Tune: simulate},
  )
  const {sageMaker} = cloud
  const arn = finished.step('Tune')?.Metadata?.TuningJob?.Arn
  const HyperParameterTuningJobName = arn?.split('/').at(-1)
  const job = await sageMaker.send(new DescribeHyperParameterTuningJobCommand({HyperParameterTuningJobName}))
  expect(job.TrainingJobStatusCounters?.Completed).toBe(1)
  expect(job.BestTrainingJob).toMatchObject({
    TrainingJobName: finished.failureReason,
    FinalHyperParameterTuningJobObjectiveMetric: {MetricName: 'auc', Value: 0},
  })
  expect(Number(job.BestTrainingJob?.TunedHyperParameters?.depth)).toBeGreaterThanOrEqual(2)
  expect(finished.step('Tune')?.StepDescription).toMatch(/^\[simulated\]/)
  expect(await keysOf(cloud, 'data')).toEqual([`models/${finished.failureReason}/output/model.tar.gz`])
})

it('a transform step leaves an .out for each object of its input', async () => {
  const transform = {
    Name: 'Score',
    Type: 'Transform',
    Arguments: {
      ModelName: 'some-model',
      TransformInput: {DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: 's3://incoming/batch'}}},
      TransformOutput: {S3OutputPath: 's3://results/scores'},
      TransformResources: {InstanceType: 'ml.m5.large', InstanceCount: 1},
    },
  }
  const cloud = localCloud()
  await putText(cloud, 's3://incoming/batch/a.csv', '1\n')
  await putText(cloud, 's3://incoming/batch/b/c.csv', '2\n')
  await putPipeline(cloud, 'rehearsal', rehearsal([transform], {Score: simulate}))
  expect((await run(cloud, 'rehearsal')).status).toBe('Succeeded')
  expect(await keysOf(cloud, 'results')).toEqual(['scores/a.csv.out', 'scores/b/c.csv.out'])
})

it('Lambda and Callback steps give the outputs of their hints, else nothing of their type', async () => {
  const outputs = [
    {OutputName: 'text', OutputType: 'String'},
    {OutputName: 'count', OutputType: 'Integer'},
    {OutputName: 'isOn', OutputType: 'Boolean'},
  ]
  const lambda = {
    Name: 'Call',
    Type: 'Lambda',
    Arguments: {},
    FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
    OutputParameters: outputs,
  }
  const callback = {
    ...lambda,
    Name: 'Wait',
    Type: 'Callback',
    SqsQueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/q',
  }
  const of = (step: string) => ['text', 'count', 'isOn'].map((name) => get(`Steps.${step}.OutputParameters['${name}']`))
  const hints = {Call: {...simulate, outputs: {text: 'hello', count: 3}}, Wait: simulate}
  expect(await said([lambda, callback], hints, ...of('Call'), ...of('Wait'))).toEqual([
    ...['hello', '3', 'false'],
    ...['', '0', 'false'],
  ])
})

describe('what can never run here', () => {
  it('AutoML has a best candidate with its reports', async () => {
    const autoMl = {
      Name: 'Auto',
      Type: 'AutoML',
      Arguments: {
        InputDataConfig: [
          {DataSource: {S3DataSource: {S3DataType: 'S3Prefix', S3Uri: 's3://incoming/x'}}, TargetAttributeName: 'y'},
        ],
        OutputDataConfig: {S3OutputPath: 's3://data/auto'},
        AutoMLJobObjective: {MetricName: 'F1'},
        RoleArn: 'arn:aws:iam::000000000000:role/mlpipe-local',
      },
    }
    const members = [
      'BestCandidate.FinalAutoMLJobObjectiveMetric.MetricName',
      'BestCandidate.FinalAutoMLJobObjectiveMetric.Value',
      'BestCandidate.InferenceContainers[0].ModelDataUrl',
      'BestCandidateProperties.ModelInsightsJsonReportPath',
      'BestCandidateProperties.ExplainabilityJsonReportPath',
    ].map((path) => get(`Steps.Auto.${path}`))
    const [metric, value, model, insights, explanation] =
      (await said([autoMl], {Auto: {metrics: {F1: 0.8}}}, ...members)) ?? []
    expect([metric, value]).toEqual(['F1', '0.8'])
    expect(model).toMatch(/^s3:\/\/data\/auto\/.*model\.tar\.gz$/)
    expect(insights).toMatch(/^s3:\/\/data\/auto\/.*statistics\.json$/)
    expect(explanation).toMatch(/^s3:\/\/data\/auto\/.*analysis\.json$/)
  })

  it.each([
    [
      'EMR',
      {ClusterId: 'j-ABC', StepConfig: {HadoopJarStep: {Jar: 'command-runner.jar', Args: ['spark-submit']}}},
      {ClusterId: 'j-ABC', 'Status.State': 'COMPLETED', 'Config.Jar': 'command-runner.jar'},
    ],
    [
      'EMRServerless',
      {
        ApplicationId: '00abc',
        ExecutionRoleArn: 'arn:role',
        JobConfig: {jobDriver: {sparkSubmit: {entryPoint: 's3://b/x.py'}}},
      },
      {
        'jobRun.state': 'SUCCESS',
        'jobRun.applicationId': '00abc',
        'jobRun.jobDriver.sparkSubmit.entryPoint': 's3://b/x.py',
      },
    ],
    [
      'Job',
      {JobCategory: 'AgentRFT', RoleArn: 'arn:role', JobConfigDocument: '{}'},
      {JobStatus: 'Completed', JobCategory: 'AgentRFT'},
    ],
    ['BedrockModelImport', {}, {status: 'Completed'}],
    ['BedrockCustomModel', {}, {modelStatus: 'Active'}],
    ['BedrockCustomModelDeployment', {}, {status: 'Active'}],
    ['BedrockProvisionedModelThroughput', {}, {status: 'InService'}],
  ])('%s is simulated without being asked to be, and described', async (type, args, expected) => {
    const step = {Name: 'Far', Type: type, Arguments: args}
    const {finished} = await rehearse([step], {})
    expect(finished.status).toBe('Succeeded')
    expect(finished.step('Far')?.StepDescription).toBe(`[simulated] steps of type ${type} cannot run on this machine`)
    const values = Object.keys(expected).map((path) => get(`Steps.Far.${path}`))
    expect(await said([step], {}, ...values)).toEqual(Object.values(expected))
  })

  it('shows what its hints say besides', async () => {
    const step = {Name: 'Far', Type: 'Job', Arguments: {JobCategory: 'AgentRFT', JobConfigDocument: '{}'}}
    const hints = {Far: {properties: {ServiceOutput: {score: 7}, JobStatus: 'Stopped'}}}
    const members = ['ServiceOutput.score', 'JobStatus', 'JobCategory'].map((path) => get(`Steps.Far.${path}`))
    expect(await said([step], hints, ...members)).toEqual(['7', 'Stopped', 'AgentRFT'])
  })
})

it('a check step violates nothing and needs no baseline', async () => {
  const {cloud, finished} = await rehearse([dataQuality('Quality', 's3://data/dq', {})], {Quality: simulate})
  expect(finished.status).toBe('Succeeded')
  expect(finished.step('Quality')?.StepDescription).toMatch(/^\[simulated\]/)
  expect(finished.step('Quality')?.Metadata?.QualityCheck).toMatchObject({
    CalculatedBaselineConstraints: 's3://data/dq/constraints.json',
    BaselineUsedForDriftCheckStatistics: 's3://data/dq/statistics.json',
  })
  expect(await keysOf(cloud, 'data')).toEqual(['dq/constraints.json', 'dq/statistics.json'])
})
