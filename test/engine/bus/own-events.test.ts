// The events that SageMaker sends of its own work. Shapes: SageMaker Developer Guide, "Events that Amazon SageMaker AI sends to
// Amazon EventBridge", whose examples are taken as they are but for names and times.

import {
  CreateModelPackageGroupCommand,
  DeleteEndpointCommand,
  RetryPipelineExecutionCommand,
  StopPipelineExecutionCommand,
  UpdateModelPackageCommand,
  type UpdateModelPackageCommandInput,
} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import {eventPattern} from '../../../src/trigger/event-pattern.ts'
import {cached, fail, pipeline, shell} from '../support/definitions.ts'
import {deployScript} from '../support/endpoints.ts'
import {pipelineArn} from '../support/event-clients.ts'
import {callback} from '../support/job-definitions.ts'
import {type LocalCloud, localCloud, putPipeline, run, start, until} from '../support/local-cloud.ts'
import {executionsOf, type HeardEvent, hear, putRule, quick, serveBus} from './bus-fixture.ts'

const executionChange = 'SageMaker Model Building Pipeline Execution Status Change'
const stepChange = 'SageMaker Model Building Pipeline Execution Step Status Change'
const packageChange = 'SageMaker Model Package State Change'
const second = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)

async function listening() {
  const cloud = localCloud()
  const heard = await hear(cloud, 'aws.sagemaker')
  const of = (detailType: string) => heard.filter((event) => event['detail-type'] === detailType)
  return {cloud, heard, of}
}

function changesOf(events: readonly HeardEvent[], before: string, now: string) {
  return events.map(({detail}) => [detail[before], detail[now]])
}

const statusesOf = (events: readonly HeardEvent[]) =>
  changesOf(events, 'previousPipelineExecutionStatus', 'currentPipelineExecutionStatus')
const stepStatusesOf = (events: readonly HeardEvent[]) => changesOf(events, 'previousStepStatus', 'currentStepStatus')

describe('an execution', () => {
  it('tells of its start and its end', async () => {
    const {cloud, of} = await listening()
    await putPipeline(cloud, 'train', quick)
    const names = {PipelineExecutionDisplayName: 'nightly', PipelineExecutionDescription: 'all of it'}
    const {arn} = await run(cloud, 'train', names)
    expect(statusesOf(of(executionChange))).toEqual([
      [undefined, 'Executing'],
      ['Executing', 'Succeeded'],
    ])
    expect(of(executionChange)[1]).toEqual({
      version: '0',
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      'detail-type': executionChange,
      source: 'aws.sagemaker',
      account: '000000000000',
      time: second,
      region: 'us-east-1',
      resources: [pipelineArn, arn],
      detail: {
        pipelineExecutionDisplayName: 'nightly',
        currentPipelineExecutionStatus: 'Succeeded',
        previousPipelineExecutionStatus: 'Executing',
        executionStartTime: second,
        executionEndTime: second,
        pipelineExecutionDescription: 'all of it',
        pipelineArn,
        pipelineExecutionArn: arn,
      },
    })
    expect(of(executionChange)[0]?.detail).not.toHaveProperty('executionEndTime')
  })

  it('tells of its failure, of the step with the reason, and of the retry', async () => {
    const {cloud, of} = await listening()
    await putPipeline(cloud, 'train', pipeline([shell('break', 'exit 3')]))
    const {arn} = await run(cloud, 'train')
    await cloud.sageMaker.send(new RetryPipelineExecutionCommand({PipelineExecutionArn: arn}))
    await cloud.engine.idle()
    expect(statusesOf(of(executionChange))).toEqual([
      [undefined, 'Executing'],
      ['Executing', 'Failed'],
      ['Failed', 'Executing'],
      ['Executing', 'Failed'],
    ])
    expect(of(stepChange)[1]?.detail).toMatchObject({currentStepStatus: 'Failed', failureReason: expect.any(String)})
  })

  it('tells of its stop', async () => {
    const {cloud, of} = await listening()
    await putPipeline(cloud, 'train', pipeline([shell('wait', 'sleep 60')]))
    const PipelineExecutionArn = await start(cloud, 'train')
    await until(() => of(stepChange).length === 1)
    await cloud.sageMaker.send(new StopPipelineExecutionCommand({PipelineExecutionArn}))
    await cloud.engine.idle()
    expect(statusesOf(of(executionChange))).toEqual([
      [undefined, 'Executing'],
      ['Executing', 'Stopping'],
      ['Stopping', 'Stopped'],
    ])
    expect(stepStatusesOf(of(stepChange))).toEqual([
      ['Starting', 'Executing'],
      ['Executing', 'Stopping'],
      ['Stopping', 'Stopped'],
    ])
  })
})

describe('a step', () => {
  it('tells of its job, and whether it came from the cache', async () => {
    const {cloud, of} = await listening()
    await putPipeline(cloud, 'train', pipeline([shell('work', 'true', {envelope: cached})]))
    const first = await run(cloud, 'train')
    const events = of(stepChange)
    expect(stepStatusesOf(events)).toEqual([
      ['Starting', 'Executing'],
      ['Executing', 'Succeeded'],
    ])
    const {resources, detail} = events[1] ?? {}
    expect(resources).toEqual([pipelineArn, first.arn])
    expect(detail).toEqual({
      metadata: {processingJob: {arn: first.step('work')?.Metadata?.ProcessingJob?.Arn}},
      stepStartTime: second,
      stepEndTime: second,
      stepName: 'work',
      stepType: 'Processing',
      previousStepStatus: 'Executing',
      currentStepStatus: 'Succeeded',
      pipelineArn,
      pipelineExecutionArn: first.arn,
    })

    await run(cloud, 'train')
    expect(of(stepChange).at(-1)?.detail).toMatchObject({
      currentStepStatus: 'Succeeded',
      cacheHitResult: {sourcePipelineExecutionArn: first.arn},
    })
  })

  it('that is over at once tells of its end', async () => {
    const {cloud, of} = await listening()
    await putPipeline(cloud, 'train', pipeline([fail('stop', 'not good enough')]))
    await run(cloud, 'train')
    expect(of(stepChange).map(({detail}) => detail)).toMatchObject([
      {
        metadata: {fail: {errorMessage: 'not good enough'}},
        stepType: 'Fail',
        previousStepStatus: 'Executing',
        currentStepStatus: 'Failed',
        failureReason: 'not good enough',
      },
    ])
  })

  it('that an engine was running which is killed tells of it', async () => {
    const {cloud, of} = await listening()
    await putPipeline(cloud, 'train', pipeline([callback('ask', {}, {answer: 'String'})]))
    const other = localCloud({stateDirectory: cloud.stateDirectory})
    await start(other, 'train')
    await until(() => of(stepChange).length === 1)
    other.engine.kill()
    await until(() => of(executionChange).length === 2)
    expect(statusesOf(of(executionChange))).toContainEqual(['Executing', 'Stopped'])
    expect(stepStatusesOf(of(stepChange))).toContainEqual(['Executing', 'Stopped'])
  })
})

describe('a job', () => {
  it('of a processing step tells what Describe says of it, with its times in milliseconds', async () => {
    const {cloud, of} = await listening()
    await putPipeline(cloud, 'train', pipeline([shell('work', 'exit 3', {environment: {A: 'b'}})]))
    const {step} = await run(cloud, 'train')
    const events = of('SageMaker Processing Job State Change')
    expect(events.map(({detail}) => detail['ProcessingJobStatus'])).toEqual(['InProgress', 'Failed'])
    const arn = step('work')?.Metadata?.ProcessingJob?.Arn ?? ''
    const milliseconds = expect.toSatisfy((value) => Math.abs(Number(value) - Date.now()) < 600_000)
    expect(events[1]?.resources).toEqual([arn])
    expect(events[1]?.detail).toMatchObject({
      ProcessingJobArn: arn,
      ProcessingJobName: expect.stringContaining('work'),
      FailureReason: expect.any(String),
      Environment: {A: 'b'},
      AppSpecification: {ImageUri: expect.any(String)},
      CreationTime: milliseconds,
      ProcessingStartTime: milliseconds,
      ProcessingEndTime: milliseconds,
      LastModifiedTime: milliseconds,
      Tags: {'sagemaker:pipeline-execution-arn': expect.stringContaining(pipelineArn)},
    })
  })
})

describe('a model package', () => {
  const registering = pipeline([
    {
      Name: 'register',
      Type: 'RegisterModel',
      Arguments: {ModelPackageGroupName: 'Churn', CustomerMetadataProperties: {a: '1'}},
    },
  ])
  const arn = 'arn:aws:sagemaker:us-east-1:000000000000:model-package/churn/1'

  async function register(cloud: LocalCloud): Promise<string> {
    await cloud.sageMaker.send(new CreateModelPackageGroupCommand({ModelPackageGroupName: 'Churn'}))
    await putPipeline(cloud, 'register', registering)
    return (await run(cloud, 'register')).arn
  }

  const update = (cloud: LocalCloud, input: Omit<UpdateModelPackageCommandInput, 'ModelPackageArn'>) =>
    cloud.sageMaker.send(new UpdateModelPackageCommand({ModelPackageArn: arn, ...input}))

  it('tells of its registration', async () => {
    const {cloud, of} = await listening()
    const GeneratedBy = await register(cloud)
    expect(of(packageChange)).toMatchObject([
      {
        resources: [arn],
        detail: {
          ModelPackageGroupName: 'Churn',
          ModelPackageVersion: 1,
          ModelPackageArn: arn,
          CreationTime: expect.any(Number),
          LastModifiedTime: expect.any(Number),
          ModelPackageStatus: 'Completed',
          ModelPackageStatusDetails: {ValidationStatuses: [], ImageScanStatuses: []},
          CertifyForMarketplace: false,
          ModelApprovalStatus: 'PendingManualApproval',
          CustomerMetadataProperties: {a: '1'},
          MetadataProperties: {GeneratedBy},
        },
      },
    ])
    expect(of(packageChange)[0]?.detail).not.toHaveProperty('UpdatedModelPackageFields')
  })

  it.each<[string, Omit<UpdateModelPackageCommandInput, 'ModelPackageArn'>, string[]]>([
    ['approval', {ModelApprovalStatus: 'Approved'}, ['ModelApprovalStatus']],
    [
      'approval with a reason',
      {ModelApprovalStatus: 'Rejected', ApprovalDescription: 'no'},
      ['ModelApprovalStatus', 'ApprovalDescription'],
    ],
    ['properties', {CustomerMetadataProperties: {b: '2'}}, ['CustomerMetadataProperties']],
    ['the removal of a property', {CustomerMetadataPropertiesToRemove: ['a']}, ['CustomerMetadataProperties']],
    ['the source', {SourceUri: 's3://b/k'}, ['sourceUri']],
    ['the stage', {ModelLifeCycle: {Stage: 'Live', StageStatus: 'Approved'}}, ['ModelLifeCycle']],
    ['the card', {ModelCard: {ModelCardContent: '{}', ModelCardStatus: 'Draft'}}, ['ModelCard']],
  ])('tells which members were edited: %s', async (_name, input, edited) => {
    const {cloud, of} = await listening()
    await register(cloud)
    await update(cloud, input)
    await cloud.engine.idle()
    expect(of(packageChange)).toHaveLength(2)
    expect(of(packageChange)[1]?.detail['UpdatedModelPackageFields']).toEqual(edited)
  })

  it('tells nothing of an edit that changes nothing', async () => {
    const {cloud, of} = await listening()
    await register(cloud)
    await update(cloud, {CustomerMetadataProperties: {a: '1'}, ModelApprovalStatus: 'PendingManualApproval'})
    await cloud.engine.idle()
    expect(of(packageChange)).toHaveLength(1)
  })

  it('that another process approves starts the pipeline of the one that serves, once, and no later edit does', async () => {
    const cloud = localCloud()
    await register(cloud)
    await putPipeline(cloud, 'train', quick)
    const pattern = eventPattern({kind: 'model', group: 'Churn', on: 'approved'}, pipelineArn)
    await putRule(cloud, JSON.parse(pattern) as JsonObject)
    const reports = serveBus(cloud)
    const other = localCloud({stateDirectory: cloud.stateDirectory})
    await update(other, {ModelApprovalStatus: 'Approved'})
    await until(() => reports.length === 1)
    await update(other, {CustomerMetadataProperties: {reviewed: 'yes'}})
    await update(other, {ModelApprovalStatus: 'Approved', ApprovalDescription: 'still good'})
    await update(other, {ModelApprovalStatus: 'Rejected'})
    await update(other, {ModelApprovalStatus: 'Approved'})
    await until(() => reports.length === 2)
    await cloud.engine.idle()
    expect(await executionsOf(cloud)).toHaveLength(2)
  })
})

describe('an endpoint', () => {
  // Section "Endpoint state change": the status is in capitals there, times are milliseconds.
  it('tells of its states, and its model and configuration that they are there', async () => {
    const {cloud, of} = await listening()
    await deployScript(cloud, 'churn', 'def model_fn(d): return None\n')
    await cloud.sageMaker.send(new DeleteEndpointCommand({EndpointName: 'churn'}))
    await cloud.engine.idle()
    const changes = of('SageMaker Endpoint State Change')
    expect(changes.map(({detail}) => detail['EndpointStatus'])).toEqual(['CREATING', 'IN_SERVICE', 'DELETING'])
    const EndpointArn = 'arn:aws:sagemaker:us-east-1:000000000000:endpoint/churn'
    expect(changes[1]).toMatchObject({
      resources: [EndpointArn],
      detail: {
        ...{EndpointName: 'churn', EndpointArn, EndpointConfigName: 'churn', Tags: {}},
        ProductionVariants: [{DesiredWeight: 1, DesiredInstanceCount: 1}],
      },
    })
    expect(changes[1]?.detail['CreationTime']).toBeGreaterThan(1_600_000_000_000)
    expect(of('SageMaker Model State Change')).toMatchObject([{detail: {ModelName: 'churn'}}])
    expect(of('SageMaker Endpoint Config State Change')).toMatchObject([{detail: {EndpointConfigName: 'churn'}}])
  })

  it('tells of its failure, with the reason', async () => {
    const {cloud, of} = await listening()
    await deployScript(cloud, 'churn', 'def model_fn(d): raise ValueError("no weights")\n')
    await cloud.engine.idle()
    expect(of('SageMaker Endpoint State Change').at(-1)?.detail).toMatchObject({
      EndpointStatus: 'FAILED',
      FailureReason: expect.stringContaining('no weights'),
    })
  })
})

it('nothing is kept of what happens while nobody serves the bus', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'upstream', quick)
  await putPipeline(cloud, 'train', quick)
  await putRule(cloud, {source: ['aws.sagemaker']})
  await run(cloud, 'upstream')
  const reports = serveBus(cloud)
  await cloud.engine.idle()
  expect(reports).toEqual([])
})

it('a pipeline that succeeds starts the one that waits for it', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'Upstream', quick)
  await putPipeline(cloud, 'train', quick)
  const pattern = eventPattern({kind: 'pipeline', pipeline: 'Upstream', on: 'succeeded'}, pipelineArn)
  await putRule(cloud, JSON.parse(pattern) as JsonObject)
  serveBus(cloud)
  await run(cloud, 'Upstream')
  const [execution, ...others] = await executionsOf(cloud)
  expect(others).toEqual([])
  expect(execution?.PipelineExecutionStatus).toBe('Succeeded')
})
