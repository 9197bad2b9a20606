// Tuning steps: the search really trains, and what describing it tells follows from its training jobs.

import {
  DescribeHyperParameterTuningJobCommand,
  DescribeTrainingJobCommand,
  ListHyperParameterTuningJobsCommand,
  ListTrainingJobsForHyperParameterTuningJobCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import {cached, get, join, pipeline, shell} from '../support/definitions.ts'
import {logOf, nameOf, putArchive, trainingDefinition, tuning} from '../support/job-definitions.ts'
import {
  type LocalCloud,
  localCloud,
  outcomeOf,
  putPipeline,
  run,
  start,
  stepsOf,
  until,
} from '../support/local-cloud.ts'

/** The loss is 10 (bias) + rate, less one for kind = "low". */
const script = `
import argparse, os
parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float)
parser.add_argument("--kind", default="")
parser.add_argument("--bias", type=float)
args = parser.parse_args()
open(os.path.join(os.environ["SM_MODEL_DIR"], "weights"), "w").write(str(args.rate))
print("loss=%s" % (args.bias + args.rate - (1 if args.kind == "low" else 0)))
`

async function cloudWith(text: string): Promise<LocalCloud> {
  const cloud = localCloud()
  await putArchive(cloud, 's3://mlpipe-local/code/sourcedir.tar.gz', {'train.py': text})
  return cloud
}

function categories(values: Readonly<Record<string, readonly string[]>>): JsonObject {
  return {CategoricalParameterRanges: Object.entries(values).map(([Name, Values]) => ({Name, Values}))}
}

async function tuneOnce(cloud: LocalCloud, step: JsonObject, more: readonly JsonObject[] = []) {
  await putPipeline(cloud, 'p', pipeline([step, ...more]))
  const finished = await run(cloud, 'p')
  const name = nameOf(finished.step('tune')?.Metadata?.TuningJob?.Arn)
  const HyperParameterTuningJobName = (await listTuning(cloud)).find((one) => one.toLowerCase() === name) ?? ''
  const describe = new DescribeHyperParameterTuningJobCommand({HyperParameterTuningJobName})
  const list = new ListTrainingJobsForHyperParameterTuningJobCommand({HyperParameterTuningJobName})
  const job = await cloud.sageMaker.send(describe)
  const {TrainingJobSummaries: children = []} = await cloud.sageMaker.send(list)
  return {finished, name: HyperParameterTuningJobName, job, children}
}

async function listTuning(cloud: LocalCloud): Promise<string[]> {
  const {HyperParameterTuningJobSummaries = []} = await cloud.sageMaker.send(
    new ListHyperParameterTuningJobsCommand({}),
  )
  return HyperParameterTuningJobSummaries.map(({HyperParameterTuningJobName: name}) => name ?? '')
}

const grid = categories({rate: ['3', '1', '2', '4'], kind: ['high']})

it('tries every combination of a grid, and tells the best and the order', async () => {
  const cloud = await cloudWith(script)
  const top = (index: number) => get(`Steps.tune.TrainingJobSummaries[${index}].TrainingJobName`)
  const uri = join('/', 's3:/', 'mlpipe-local', 'tuned', top(0), 'output/model.tar.gz')
  const use = shell(
    'use',
    '[ "$(tar -xzOf /opt/ml/processing/input/model/model.tar.gz weights)" = 1.0 ] && echo $BEST $SECOND',
    {
      inputs: {model: uri},
      environment: {BEST: get('Steps.tune.BestTrainingJob.TrainingJobName'), SECOND: top(1)},
    },
  )
  const step = tuning('tune', {ranges: grid, config: {Strategy: 'Grid'}, limits: {MaxNumberOfTrainingJobs: 10}})
  const {finished, name, job, children} = await tuneOnce(cloud, step, [use])
  expect(finished.steps.map(({StepName, FailureReason}) => [StepName, FailureReason])).toEqual([
    ['tune', undefined],
    ['use', undefined],
  ])
  expect(name).toMatch(/^[a-z0-9]{12}-tune-[A-Za-z0-9]{10}$/)
  expect(children).toHaveLength(4)
  for (const child of children) expect(child.TrainingJobName).toMatch(new RegExp(`^${name}-00[1-4]-[0-9a-f]{8}$`))
  expect(job).toMatchObject({
    HyperParameterTuningJobStatus: 'Completed',
    TrainingJobStatusCounters: {Completed: 4, InProgress: 0, NonRetryableError: 0, RetryableError: 0, Stopped: 0},
    ObjectiveStatusCounters: {Succeeded: 4, Pending: 0, Failed: 0},
    BestTrainingJob: {
      TuningJobName: name,
      TunedHyperParameters: {rate: '1', kind: 'high'},
      FinalHyperParameterTuningJobObjectiveMetric: {Type: 'Minimize', MetricName: 'loss', Value: 11},
    },
  })

  const TrainingJobName = job.BestTrainingJob?.TrainingJobName ?? ''
  const best = await cloud.sageMaker.send(new DescribeTrainingJobCommand({TrainingJobName}))
  expect(best).toMatchObject({
    TuningJobArn: job.HyperParameterTuningJobArn,
    HyperParameters: {rate: '1', kind: 'high', bias: '10'},
    ResourceConfig: {InstanceType: 'ml.m5.large'},
    ModelArtifacts: {S3ModelArtifacts: `s3://mlpipe-local/tuned/${TrainingJobName}/output/model.tar.gz`},
  })
  const useLog = await logOf(cloud, 'Processing', await processingJob(cloud))
  const second = children.find(({TunedHyperParameters: tuned}) => tuned?.['rate'] === '2')
  expect(useLog).toContain(`${TrainingJobName} ${second?.TrainingJobName}`)
})

async function processingJob(cloud: LocalCloud): Promise<string> {
  const {ListProcessingJobsCommand} = await import('@aws-sdk/client-sagemaker')
  const {ProcessingJobSummaries: jobs} = await cloud.sageMaker.send(new ListProcessingJobsCommand({}))
  return jobs?.[0]?.ProcessingJobName ?? ''
}

it('lists its training jobs by the value of the objective', async () => {
  const cloud = await cloudWith(script)
  const {name: HyperParameterTuningJobName} = await tuneOnce(
    cloud,
    tuning('tune', {ranges: grid, config: {Strategy: 'Grid'}}),
  )
  const list = async (input: object) => {
    const command = new ListTrainingJobsForHyperParameterTuningJobCommand({HyperParameterTuningJobName, ...input})
    return cloud.sageMaker.send(command)
  }
  const by = {SortBy: 'FinalObjectiveMetricValue'}
  const values = ({TrainingJobSummaries: jobs = []}: Awaited<ReturnType<typeof list>>) =>
    jobs.map((job) => job.FinalHyperParameterTuningJobObjectiveMetric?.Value)
  expect(values(await list({...by, SortOrder: 'Ascending'}))).toEqual([11, 12, 13, 14])
  expect(values(await list({...by, SortOrder: 'Descending'}))).toEqual([14, 13, 12, 11])
  const first = await list({...by, MaxResults: 3})
  expect(values(first)).toEqual([11, 12, 13])
  expect(values(await list({...by, MaxResults: 3, NextToken: first.NextToken}))).toEqual([14])
  expect(values(await list({StatusEquals: 'Failed'}))).toEqual([])
})

const numbers = {
  ContinuousParameterRanges: [{Name: 'rate', MinValue: '0.001', MaxValue: '1', ScalingType: 'Logarithmic'}],
}

it('draws the same values for the same seed, within the limits, and takes the greatest when that is the goal', async () => {
  const cloud = await cloudWith(script)
  const step = tuning('tune', {
    ranges: numbers,
    config: {RandomSeed: 7},
    limits: {MaxNumberOfTrainingJobs: 3},
    objective: 'Maximize',
  })
  const first = await tuneOnce(cloud, step)
  const second = await tuneOnce(cloud, step)
  const tried = ({children}: typeof first) =>
    children.map(({TunedHyperParameters: tuned}) => Number(tuned?.['rate'])).sort()
  expect(tried(first)).toHaveLength(3)
  expect(tried(first)).toEqual(tried(second))
  for (const value of tried(first)) expect(value >= 0.001 && value <= 1).toBe(true)
  expect(Number(first.job.BestTrainingJob?.TunedHyperParameters?.['rate'])).toBe(Math.max(...tried(first)))
})

it('draws at random where the service would model the objective, and says so', async () => {
  const cloud = await cloudWith(script)
  const config = {Strategy: 'Bayesian', TrainingJobEarlyStoppingType: 'Auto'}
  const {finished, name, children} = await tuneOnce(
    cloud,
    tuning('tune', {ranges: numbers, config, limits: {MaxNumberOfTrainingJobs: 2}}),
  )
  expect(children).toHaveLength(2)
  const log = await logOf(cloud, 'Tuning', name)
  expect(log).toContain('mlpipe: the strategy Bayesian is not available here: the values are drawn at random')
  expect(log).toContain('mlpipe: no training job is stopped early here')
  expect(log.filter((line) => / Completed, loss 10\.\d+$/.test(line))).toHaveLength(2)
  expect(finished.step('tune')?.StepDescription).toBe(
    'the strategy Bayesian is not available here: the values are drawn at random',
  )
})

it('takes turns between several definitions, each with its own ranges and objective', async () => {
  const cloud = await cloudWith(script)
  const definition = (DefinitionName: string, bias: string): JsonObject => ({
    ...trainingDefinition(),
    DefinitionName,
    TuningObjective: {Type: 'Minimize', MetricName: 'loss'},
    HyperParameterRanges: categories({rate: ['1', '2']}),
    StaticHyperParameters: {...(trainingDefinition()['StaticHyperParameters'] as JsonObject), bias},
  })
  const {HyperParameterTuningJobConfig: config} = tuning('tune', {ranges: {}})['Arguments'] as {
    HyperParameterTuningJobConfig: JsonObject
  }
  const {HyperParameterTuningJobObjective: _none, ParameterRanges: _ranges, ...shared} = config
  const step = {
    Name: 'tune',
    Type: 'Tuning',
    Arguments: {
      HyperParameterTuningJobConfig: {...shared, Strategy: 'Grid'},
      TrainingJobDefinitions: [definition('large', '10'), definition('small', '0')],
    },
  }
  const {job, children} = await tuneOnce(cloud, step)
  expect(children.map((child) => child.TrainingJobDefinitionName).sort()).toEqual(['large', 'large', 'small', 'small'])
  expect(job.BestTrainingJob).toMatchObject({TrainingJobDefinitionName: 'small', TunedHyperParameters: {rate: '1'}})
})

it.each([
  ['no training job prints the metric', 'print("nothing")', {}, 'gave a value of the objective metric "loss"'],
  [
    'all training jobs fail',
    'raise ValueError("too deep")',
    {},
    'all of them failed, the first with AlgorithmError: ExecuteUserScriptError: ExitCode 1 ErrorMessage "',
  ],
  [
    'a grid has a range of numbers',
    script,
    {config: {Strategy: 'Grid'}},
    'Grid searches categorical ranges only; "rate"',
  ],
])('fails when %s', async (_name, text, options, reason) => {
  const cloud = await cloudWith(text)
  const {finished, job} = await tuneOnce(
    cloud,
    tuning('tune', {ranges: numbers, limits: {MaxNumberOfTrainingJobs: 2}, ...options}),
  )
  expect(finished.status).toBe('Failed')
  expect(finished.step('tune')?.FailureReason).toContain(reason)
  expect(job.HyperParameterTuningJobStatus).toBe('Failed')
  expect(job.FailureReason).toContain(reason)
})

it('is reused from the cache, its properties with it', async () => {
  const cloud = await cloudWith(script)
  const step = {...tuning('tune', {ranges: grid, config: {Strategy: 'Grid'}}), ...cached}
  const use = shell('use', 'echo "$BEST"', {environment: {BEST: get('Steps.tune.BestTrainingJob.TrainingJobName')}})
  await putPipeline(cloud, 'p', pipeline([step, use]))
  const first = await run(cloud, 'p')
  const second = await run(cloud, 'p')
  expect(second.status).toBe('Succeeded')
  expect(second.step('tune')?.CacheHitResult?.SourcePipelineExecutionArn).toBe(first.arn)
  expect(second.step('tune')?.Metadata).toEqual(first.step('tune')?.Metadata)
})

it('stops its training jobs with the execution', async () => {
  const cloud = await cloudWith('import time\ntime.sleep(60)')
  await putPipeline(cloud, 'p', pipeline([tuning('tune', {ranges: numbers})]))
  const arn = await start(cloud, 'p')
  await until(async () => (await stepsOf(cloud, arn)).length === 1)
  const [HyperParameterTuningJobName = ''] = await listTuning(cloud)
  const describe = () => cloud.sageMaker.send(new DescribeHyperParameterTuningJobCommand({HyperParameterTuningJobName}))
  await until(async () => ((await describe()).TrainingJobStatusCounters?.InProgress ?? 0) === 2)
  await cloud.sageMaker.send(new StopPipelineExecutionCommand({PipelineExecutionArn: arn}))
  await cloud.engine.idle()
  expect(await outcomeOf(cloud, arn)).toMatchObject({status: 'Stopped', steps: [{StepStatus: 'Stopped'}]})
  expect(await describe()).toMatchObject({
    HyperParameterTuningJobStatus: 'Stopped',
    TrainingJobStatusCounters: {Stopped: 2},
  })
})
