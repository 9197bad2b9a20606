// What holds for jobs of every kind: how many run at once, what a killed process leaves, what is rehearsed.

import {
  DescribeAutoMLJobCommand,
  DescribeTrainingJobCommand,
  ListTagsCommand,
  ListTrainingJobsCommand,
  RetryPipelineExecutionCommand,
  UpdatePipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {cached, get, shell} from '../support/definitions.ts'
import {callback, lambda, nameOf, pipelineWithHints, putArchive, putObject, tuning} from '../support/job-definitions.ts'
import {
  type LocalCloud,
  localCloud,
  outcomeOf,
  putPipeline,
  roleArn,
  run,
  start,
  stepsOf,
  until,
} from '../support/local-cloud.ts'
import {spawnWorker} from '../support/spawn-worker.ts'

async function running(cloud: LocalCloud, arn: string): Promise<number> {
  return (await stepsOf(cloud, arn)).filter(({StepStatus}) => StepStatus === 'Executing').length
}

function limit(cloud: LocalCloud, PipelineExecutionArn: string, MaxParallelExecutionSteps: number) {
  const ParallelismConfiguration = {MaxParallelExecutionSteps}
  return cloud.sageMaker.send(new UpdatePipelineExecutionCommand({PipelineExecutionArn, ParallelismConfiguration}))
}

async function answerOne(cloud: LocalCloud, arn: string): Promise<void> {
  const {SendPipelineExecutionStepSuccessCommand} = await import('@aws-sdk/client-sagemaker')
  const waiting = (await stepsOf(cloud, arn)).find(({StepStatus}) => StepStatus === 'Executing')
  const CallbackToken = waiting?.Metadata?.Callback?.CallbackToken
  const before = (await stepsOf(cloud, arn)).filter(({StepStatus}) => StepStatus === 'Succeeded').length
  await cloud.sageMaker.send(new SendPipelineExecutionStepSuccessCommand({CallbackToken}))
  await until(
    async () => (await stepsOf(cloud, arn)).filter(({StepStatus}) => StepStatus === 'Succeeded').length > before,
  )
}

it('takes another parallelism over while it runs, up and down', async () => {
  const cloud = localCloud()
  const steps = Array.from({length: 6}, (_, index) => callback(`wait-${index}`, {}, {}))
  await putPipeline(cloud, 'p', pipelineWithHints(steps, {}))
  const arn = await start(cloud, 'p', {ParallelismConfiguration: {MaxParallelExecutionSteps: 1}})
  await until(async () => (await running(cloud, arn)) === 1)
  await limit(cloud, arn, 3)
  await until(async () => (await running(cloud, arn)) === 3)

  await limit(cloud, arn, 1)
  await answerOne(cloud, arn)
  await answerOne(cloud, arn)
  expect(await running(cloud, arn)).toBe(1)
  await answerOne(cloud, arn)
  await until(async () => (await running(cloud, arn)) === 1)
  expect(await stepsOf(cloud, arn)).toHaveLength(4)
})

it('closes the jobs of a killed process, those of its tuning jobs too, and runs them anew at a retry', async () => {
  const cloud = localCloud({launch: () => {}})
  await putArchive(cloud, 's3://mlpipe-local/code/sourcedir.tar.gz', {
    'train.py': 'import time\nprint("loss=1")\ntime.sleep(60)',
  })
  const ranges = {CategoricalParameterRanges: [{Name: 'rate', Values: ['1', '2']}]}
  await putPipeline(cloud, 'p', pipelineWithHints([tuning('tune', {ranges})], {}))
  const arn = await start(cloud, 'p')
  const worker = spawnWorker(cloud.stateDirectory, 'run', arn)
  const children = async (StatusEquals: 'InProgress' | 'Failed') => {
    const {TrainingJobSummaries: jobs = []} = await cloud.sageMaker.send(new ListTrainingJobsCommand({StatusEquals}))
    return jobs
  }
  await until(async () => (await children('InProgress')).length === 2)
  worker.process.kill('SIGKILL')
  await worker.exitCode

  await cloud.sageMaker.send(new RetryPipelineExecutionCommand({PipelineExecutionArn: arn}))
  expect(await children('InProgress')).toEqual([])
  const [dead] = await children('Failed')
  const job = await cloud.sageMaker.send(new DescribeTrainingJobCommand({TrainingJobName: dead?.TrainingJobName}))
  expect(job.FailureReason).toBe('the process that ran this execution ended before the step did')

  await putArchive(cloud, 's3://mlpipe-local/code/sourcedir.tar.gz', {'train.py': 'print("loss=1")'})
  expect(await spawnWorker(cloud.stateDirectory, 'run', arn).exitCode).toBe(0)
  expect(await outcomeOf(cloud, arn)).toMatchObject({status: 'Succeeded', steps: [{StepStatus: 'Succeeded'}]})
})

it('resolves references in the members beside the Arguments', async () => {
  const cloud = localCloud()
  const parameters = [{Name: 'queue', Type: 'String', DefaultValue: 'https://sqs/1/elsewhere'}]
  const step = {...callback('approve', {}, {}), SqsQueueUrl: get('Parameters.queue')}
  await putPipeline(cloud, 'p', pipelineWithHints([step], {approve: {runner: 'simulate'}}, parameters))
  const finished = await run(cloud, 'p')
  expect(finished.step('approve')?.Metadata?.Callback?.SqsQueueUrl).toBe('https://sqs/1/elsewhere')
})

it('marks what was only rehearsed, in the step and in the tags of its job', async () => {
  const cloud = localCloud()
  const step = shell('a', 'exit 1', {envelope: {Description: 'does a thing'}})
  await putPipeline(cloud, 'p', pipelineWithHints([step], {a: {runner: 'simulate'}}))
  const finished = await run(cloud, 'p')
  const why = 'the step asks for it (local: {runner: simulate})'
  expect(finished.step('a')).toMatchObject({
    StepStatus: 'Succeeded',
    StepDescription: `[simulated] ${why}\ndoes a thing`,
  })
  const ResourceArn = finished.step('a')?.Metadata?.ProcessingJob?.Arn
  const {Tags} = await cloud.sageMaker.send(new ListTagsCommand({ResourceArn}))
  expect(Tags).toContainEqual({Key: 'mlpipe:simulated', Value: why})
})

it('takes a rehearsal over for another rehearsal only', async () => {
  const cloud = localCloud()
  const step = shell('a', 'true', {envelope: cached})
  const hit = async (hints: Parameters<typeof pipelineWithHints>[1]) => {
    await putPipeline(cloud, 'p', pipelineWithHints([step], hints))
    const finished = await run(cloud, 'p')
    const {CacheHitResult: result, StepDescription: description} = finished.step('a') ?? {}
    return {isHit: result !== undefined, isSimulated: description !== undefined}
  }
  expect(await hit({a: {runner: 'simulate'}})).toEqual({isHit: false, isSimulated: true})
  expect(await hit({a: {runner: 'simulate'}})).toEqual({isHit: true, isSimulated: true})
  expect(await hit({})).toEqual({isHit: false, isSimulated: false})
  expect(await hit({})).toEqual({isHit: true, isSimulated: false})
})

it('describes an AutoML job, which can only be rehearsed', async () => {
  const cloud = localCloud()
  const step = {
    Name: 'search',
    Type: 'AutoML',
    Arguments: {
      InputDataConfig: [{TargetAttributeName: 'y', ChannelType: 'training'}],
      OutputDataConfig: {S3OutputPath: 's3://mlpipe-local/automl'},
      RoleArn: roleArn,
    },
  }
  await putPipeline(cloud, 'p', pipelineWithHints([step], {}))
  const finished = await run(cloud, 'p')
  expect(finished.step('search')?.StepDescription).toMatch(/^\[simulated\] /)
  const AutoMLJobName = nameOf(finished.step('search')?.Metadata?.AutoMLJob?.Arn)
  const job = await cloud.sageMaker.send(new DescribeAutoMLJobCommand({AutoMLJobName}))
  expect(job).toMatchObject({
    AutoMLJobStatus: 'Completed',
    OutputDataConfig: {S3OutputPath: 's3://mlpipe-local/automl'},
  })
})

it('does not cache what the guide does not list, whatever its CacheConfig says', async () => {
  const cloud = localCloud()
  await putObject(cloud, 's3://mlpipe-local/code/f.py', 'def handler(event, context): return {}')
  const hints = {notify: {handler: {uri: 's3://mlpipe-local/code/f.py', function: 'handler'}}}
  await putPipeline(cloud, 'p', pipelineWithHints([lambda('notify', {}, {}, cached)], hints))
  await run(cloud, 'p')
  expect((await run(cloud, 'p')).step('notify')?.CacheHitResult).toBeUndefined()
})
