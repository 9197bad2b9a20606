// The entities that come by themselves with jobs, packages and endpoints, against what the Developer Guide lists ("Amazon SageMaker
// AI-Created Tracking Entities"), and what describing a trial component shows.

import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateModelPackageGroupCommand,
  DeleteArtifactCommand,
  DeleteAssociationCommand,
  DescribeContextCommand,
  DescribeEndpointCommand,
  DescribeTrialComponentCommand,
  ListActionsCommand,
  ListArtifactsCommand,
  ListContextsCommand,
  ListTagsCommand,
  ListTrialComponentsCommand,
  type SageMakerClient,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {cached, get, join, pipeline, shell} from '../support/definitions.ts'
import {model, nameOf, putArchive, putObject, transform, tuning} from '../support/job-definitions.ts'
import {artifactOf, associations, vertices} from '../support/lineage-client.ts'
import {modelUriOfTraining, register, shellImage, train, trainingPipeline} from '../support/lineage-pipeline.ts'
import {
  type Finished,
  type LocalCloud,
  localCloud,
  putPipeline,
  roleArn,
  run,
  stepsOf,
  until,
} from '../support/local-cloud.ts'
import {spawnWorker} from '../support/spawn-worker.ts'

const account = 'arn:aws:sagemaker:us-east-1:000000000000'

/** `source type association destination`, with names and URIs in place of ARNs. */
async function edges(client: SageMakerClient): Promise<string[]> {
  const {ArtifactSummaries = []} = await client.send(new ListArtifactsCommand({MaxResults: 100}))
  const uris = new Map(ArtifactSummaries.map(({ArtifactArn, Source}) => [ArtifactArn, Source?.SourceUri]))
  const end = (arn: string | undefined, name: string | undefined) => uris.get(arn) ?? name ?? arn
  return (await associations(client))
    .map(({SourceArn, SourceName, AssociationType, DestinationArn, DestinationName}) =>
      [end(SourceArn, SourceName), AssociationType, end(DestinationArn, DestinationName)].join(' '),
    )
    .sort()
}

async function withGroup(): Promise<LocalCloud> {
  const cloud = localCloud()
  await cloud.sageMaker.send(new CreateModelPackageGroupCommand({ModelPackageGroupName: 'churn'}))
  return cloud
}

function jobName(finished: Finished, step: string, kind: 'ProcessingJob' | 'TrainingJob' | 'TransformJob'): string {
  return nameOf(finished.step(step)?.Metadata?.[kind]?.Arn)
}

/** The trial component of a job, by its ARN. */
async function componentOf({sageMaker}: LocalCloud, jobArn: string | undefined): Promise<string> {
  const {TrialComponentSummaries = []} = await sageMaker.send(new ListTrialComponentsCommand({SourceArn: jobArn}))
  expect(TrialComponentSummaries).toHaveLength(1)
  return TrialComponentSummaries[0]?.TrialComponentName ?? ''
}

it('links data, images, jobs, the model and its package', async () => {
  const cloud = await withGroup()
  await putPipeline(cloud, 'p', trainingPipeline('churn'))
  const finished = await run(cloud, 'p')
  expect(finished.status).toBe('Succeeded')

  const points = `s3://mlpipe-local/${nameOf(finished.arn)}/points`
  const prepare = await componentOf(cloud, finished.step('prepare')?.Metadata?.ProcessingJob?.Arn)
  const training = await componentOf(cloud, finished.step('train')?.Metadata?.TrainingJob?.Arn)
  const modelUri = `s3://mlpipe-local/models/${training.replace(/-aws-training-job$/, '')}/output/model.tar.gz`
  const packageArn = `${account}:model-package/churn/1`
  const {ContextSummaries = []} = await cloud.sageMaker.send(new ListContextsCommand({ContextType: 'ModelGroup'}))
  const {ActionSummaries = []} = await cloud.sageMaker.send(new ListActionsCommand({SourceUri: packageArn}))
  expect(ContextSummaries).toMatchObject([
    {
      ContextName: expect.stringMatching(/^churn-\d+-aws-model-package-group$/),
      Source: {SourceUri: `${account}:model-package-group/churn`, SourceType: 'ARN'},
    },
  ])
  expect(ActionSummaries).toMatchObject([
    {
      ActionName: expect.stringMatching(/^churn-1-PendingManualApproval-\d+-aws-model-package$/),
      ActionType: 'Approval',
      Source: {SourceUri: packageArn, SourceType: 'ARN'},
    },
  ])
  expect(await edges(cloud.sageMaker)).toEqual(
    [
      `${shellImage} ContributedTo ${prepare}`,
      `${prepare} Produced ${points}`,
      `${points} ContributedTo ${training}`,
      `${shellImage} ContributedTo ${training}`,
      `${training} Produced ${modelUri}`,
      `${modelUri} ContributedTo ${packageArn}`,
      `${shellImage} ContributedTo ${packageArn}`,
      `${ActionSummaries[0]?.ActionName} ContributedTo ${packageArn}`,
      `${packageArn} AssociatedWith ${ContextSummaries[0]?.ContextName}`,
    ].sort(),
  )

  const {ArtifactSummaries = []} = await cloud.sageMaker.send(new ListArtifactsCommand({}))
  const types = new Map(ArtifactSummaries.map(({Source, ArtifactType}) => [Source?.SourceUri, ArtifactType]))
  expect(Object.fromEntries(types)).toEqual({
    [shellImage]: 'Image',
    [points]: 'DataSet',
    [modelUri]: 'Model',
    [packageArn]: 'Model',
  })

  const StartArns = [await artifactOf(cloud.sageMaker, packageArn)]
  const upwards = await vertices(cloud.sageMaker, {StartArns, Direction: 'Ascendants', Filters: {Types: ['DataSet']}})
  expect(upwards).toEqual([{Arn: await artifactOf(cloud.sageMaker, points), Type: 'DataSet', LineageType: 'Artifact'}])
  const {Properties} = await cloud.sageMaker.send(
    new DescribeContextCommand({ContextName: ContextSummaries[0]?.ContextName}),
  )
  expect(Properties).toEqual({PipelineExecutionArn: finished.arn})
})

it('describes the trial component of a training job by its parameters, artifacts and metrics', async () => {
  const cloud = await withGroup()
  await putPipeline(cloud, 'p', trainingPipeline('churn'))
  const finished = await run(cloud, 'p')
  const SourceArn = finished.step('train')?.Metadata?.TrainingJob?.Arn ?? ''
  const TrialComponentName = await componentOf(cloud, SourceArn)
  expect(TrialComponentName.toLowerCase()).toBe(`${nameOf(SourceArn)}-aws-training-job`)
  const described = await cloud.sageMaker.send(new DescribeTrialComponentCommand({TrialComponentName}))
  expect(described).toMatchObject({
    TrialComponentName,
    TrialComponentArn: `${account}:experiment-trial-component/${TrialComponentName.toLowerCase()}`,
    DisplayName: TrialComponentName,
    Source: {SourceArn, SourceType: 'SageMakerTrainingJob'},
    Status: {PrimaryStatus: 'Completed', Message: expect.stringContaining('Status: Completed')},
    StartTime: expect.any(Date),
    EndTime: expect.any(Date),
    InputArtifacts: {
      points: {MediaType: 'text/csv', Value: `s3://mlpipe-local/${nameOf(finished.arn)}/points`},
    },
    OutputArtifacts: {'SageMaker.ModelArtifact': {Value: expect.stringMatching(/\/output\/model\.tar\.gz$/)}},
    Metrics: [{MetricName: 'val:acc', SourceArn, Last: 0.97, TimeStamp: expect.any(Date)}],
    LineageGroupArn: `${account}:lineage-group/sagemaker-default-lineage-group`,
  })
  // A hyperparameter that is a number is one; "1.2-1" only begins like one.
  expect(described.Parameters).toEqual({
    'SageMaker.ImageUri': {StringValue: shellImage},
    'SageMaker.InstanceCount': {NumberValue: 1},
    'SageMaker.InstanceType': {StringValue: 'ml.m5.large'},
    'SageMaker.VolumeSizeInGB': {NumberValue: 30},
    epochs: {NumberValue: 12},
    rate: {NumberValue: 0.001},
    loss: {StringValue: 'log'},
    version: {StringValue: '1.2-1'},
  })
  const tags = await cloud.sageMaker.send(new ListTagsCommand({ResourceArn: described.Source?.SourceArn}))
  expect(tags.Tags).toEqual([{Key: 'sagemaker:pipeline-execution-arn', Value: finished.arn}])
})

// The members are those of a component that SageMaker made for a step of a pipeline (OpenDataDiscovery's collector has two of them).
it('describes the trial component of a processing job', async () => {
  const cloud = await withGroup()
  const step = shell('evaluate', 'printf bad > /opt/ml/output/message; exit 3', {
    inputs: {labels: 's3://mlpipe-local/labels'},
    outputs: {metrics: 's3://mlpipe-local/metrics'},
  })
  await putObject(cloud, 's3://mlpipe-local/labels/a.csv', '1\n')
  await putPipeline(cloud, 'p', pipeline([step]))
  const finished = await run(cloud, 'p')
  const SourceArn = finished.step('evaluate')?.Metadata?.ProcessingJob?.Arn ?? ''
  const TrialComponentName = await componentOf(cloud, SourceArn)
  const described = await cloud.sageMaker.send(new DescribeTrialComponentCommand({TrialComponentName}))
  expect(described).toMatchObject({
    Source: {SourceArn, SourceType: 'SageMakerProcessingJob'},
    Status: {
      PrimaryStatus: 'Failed',
      Message: expect.stringMatching(/^Status: Failed, exit message: bad, failure reason: /),
    },
    Parameters: {
      'SageMaker.InstanceCount': {NumberValue: 1},
      'SageMaker.InstanceType': {StringValue: 'ml.m5.large'},
      'SageMaker.VolumeSizeInGB': {NumberValue: 30},
    },
    InputArtifacts: {'SageMaker.ImageUri': {Value: shellImage}, labels: {Value: 's3://mlpipe-local/labels'}},
    OutputArtifacts: {metrics: {Value: 's3://mlpipe-local/metrics'}},
    Metrics: [],
  })
  // What failed has produced nothing.
  expect(await edges(cloud.sageMaker)).toEqual(
    [
      `${shellImage} ContributedTo ${TrialComponentName}`,
      `s3://mlpipe-local/labels ContributedTo ${TrialComponentName}`,
    ].sort(),
  )
})

const inference = 'def model_fn(d):\n    return 1\n\ndef predict_fn(data, model):\n    return data\n'

it('tracks a transform job with its model, and an endpoint with what it serves', async () => {
  const cloud = localCloud()
  await putArchive(cloud, 's3://mlpipe-local/m/model.tar.gz', {'code/inference.py': inference})
  await putObject(cloud, 's3://mlpipe-local/batch/in/a.csv', '1\n')
  const config = {
    Name: 'config',
    Type: 'EndpointConfig',
    Arguments: {
      EndpointConfigName: join('-', 'cfg', get('Execution.PipelineExecutionId')),
      ProductionVariants: [
        {
          VariantName: 'v',
          ModelName: get('Steps.model.ModelName'),
          InstanceType: 'ml.m5.large',
          InitialInstanceCount: 1,
        },
      ],
    },
  }
  const endpoint = {
    Name: 'endpoint',
    Type: 'Endpoint',
    Arguments: {EndpointName: 'live', EndpointConfigName: get('Steps.config.EndpointConfigName')},
  }
  const steps = [
    model('model', {ModelDataUrl: 's3://mlpipe-local/m/model.tar.gz', Image: shellImage}),
    transform('batch', get('Steps.model.ModelName')),
    config,
    endpoint,
  ]
  await putPipeline(cloud, 'p', pipeline(steps))
  const finished = await run(cloud, 'p')
  expect(finished.steps.map(({StepName, FailureReason}) => [StepName, FailureReason])).toEqual(
    finished.steps.map(({StepName}) => [StepName, undefined]),
  )

  const SourceArn = finished.step('batch')?.Metadata?.TransformJob?.Arn ?? ''
  const TrialComponentName = await componentOf(cloud, SourceArn)
  expect(TrialComponentName.toLowerCase()).toBe(`${jobName(finished, 'batch', 'TransformJob')}-aws-transform-job`)
  expect(await cloud.sageMaker.send(new DescribeTrialComponentCommand({TrialComponentName}))).toMatchObject({
    Source: {SourceArn, SourceType: 'SageMakerTransformJob'},
    Status: {Message: 'Status: Completed, failure reason: null'},
    Parameters: {
      'SageMaker.ModelName': {StringValue: expect.stringMatching(/^pipelines-/)},
      'SageMaker.ModelPrimary.DataUrl': {StringValue: 's3://mlpipe-local/m/model.tar.gz'},
      'SageMaker.ModelPrimary.Image': {StringValue: shellImage},
    },
    InputArtifacts: {'SageMaker.TransformInput': {MediaType: 'text/csv', Value: 's3://mlpipe-local/batch/in/'}},
    OutputArtifacts: {'SageMaker.TransformOutput': {Value: 's3://mlpipe-local/batch/out'}},
  })

  const endpointArn = `${account}:endpoint/live`
  const {ContextSummaries = []} = await cloud.sageMaker.send(new ListContextsCommand({SourceUri: endpointArn}))
  const {ActionSummaries = []} = await cloud.sageMaker.send(new ListActionsCommand({SourceUri: endpointArn}))
  expect(ContextSummaries).toMatchObject([{ContextType: 'Endpoint'}])
  expect(ActionSummaries).toMatchObject([{ActionType: 'ModelDeployment'}])
  const [context, action] = [ContextSummaries[0]?.ContextName, ActionSummaries[0]?.ActionName]
  expect(await edges(cloud.sageMaker)).toEqual(
    [
      `s3://mlpipe-local/batch/in/ ContributedTo ${TrialComponentName}`,
      `s3://mlpipe-local/m/model.tar.gz ContributedTo ${TrialComponentName}`,
      `${shellImage} ContributedTo ${TrialComponentName}`,
      `${TrialComponentName} Produced s3://mlpipe-local/batch/out`,
      `s3://mlpipe-local/m/model.tar.gz ContributedTo ${action}`,
      `${shellImage} ContributedTo ${action}`,
      `${action} AssociatedWith ${context}`,
    ].sort(),
  )

  // A second deployment is another action of the same endpoint.
  await run(cloud, 'p')
  const deployed = await cloud.sageMaker.send(new ListActionsCommand({ActionType: 'ModelDeployment'}))
  expect(deployed.ActionSummaries).toHaveLength(2)
  const again = await cloud.sageMaker.send(new ListContextsCommand({SourceUri: endpointArn}))
  expect(again.ContextSummaries).toHaveLength(1)
})

it('leads from a package to the endpoint that a client has made of it, once it is in service', async () => {
  const cloud = await withGroup()
  const {sageMaker} = cloud
  await putPipeline(cloud, 'p', trainingPipeline('churn'))
  await run(cloud, 'p')
  const ModelPackageName = `${account}:model-package/churn/1`
  const approval = {ModelPackageArn: ModelPackageName, ModelApprovalStatus: 'Approved'} as const
  await sageMaker.send(new UpdateModelPackageCommand(approval))
  await sageMaker.send(
    new CreateModelCommand({ModelName: 'm', ExecutionRoleArn: roleArn, Containers: [{ModelPackageName}]}),
  )
  const ProductionVariants = [
    {VariantName: 'v', ModelName: 'm', InstanceType: 'ml.m5.large' as const, InitialInstanceCount: 1},
  ]
  await sageMaker.send(new CreateEndpointConfigCommand({EndpointConfigName: 'c', ProductionVariants}))
  await sageMaker.send(new CreateEndpointCommand({EndpointName: 'live', EndpointConfigName: 'c'}))
  const status = async () => (await sageMaker.send(new DescribeEndpointCommand({EndpointName: 'live'}))).EndpointStatus
  await until(async () => (await status()) !== 'Creating')
  expect(await status()).toBe('InService')

  const StartArns = [await artifactOf(sageMaker, ModelPackageName)]
  const below = await vertices(sageMaker, {StartArns, Direction: 'Descendants', MaxDepth: 2})
  expect(below.map(({Type}) => Type).sort()).toEqual(['Endpoint', 'Model', 'ModelDeployment', 'ModelGroup'])
  const {ContextSummaries = []} = await sageMaker.send(new ListContextsCommand({SourceUri: `${account}:endpoint/live`}))
  const context = ContextSummaries[0]?.ContextArn ?? ''
  const above = await vertices(sageMaker, {
    StartArns: [context],
    Direction: 'Ascendants',
    Filters: {Types: ['TrainingJob']},
  })
  expect(above).toHaveLength(1)
})

it('gives an action for each approval, with its reason, and none for an update that changes nothing of it', async () => {
  let now = 1_800_000_000_000
  const cloud = localCloud({now: () => now})
  await cloud.sageMaker.send(new CreateModelPackageGroupCommand({ModelPackageGroupName: 'churn'}))
  await putPipeline(cloud, 'p', pipeline([register('register', 'churn', 's3://b/model.tar.gz')]))
  const finished = await run(cloud, 'p')
  const ModelPackageArn = finished.step('register')?.Metadata?.RegisterModel?.Arn ?? ''
  const update = async (input: object) => {
    now += 1000
    await cloud.sageMaker.send(new UpdateModelPackageCommand({ModelPackageArn, ...input}))
  }
  await update({ModelApprovalStatus: 'Approved', ApprovalDescription: 'good enough'})
  await update({ModelApprovalStatus: 'Approved'})
  await update({CustomerMetadataProperties: {a: '1'}})
  await update({ModelApprovalStatus: 'Rejected'})

  const input = {SourceUri: ModelPackageArn, ActionType: 'Approval', SortOrder: 'Ascending'} as const
  const {ActionSummaries = []} = await cloud.sageMaker.send(new ListActionsCommand(input))
  const statuses = ActionSummaries.map(({ActionName}) => /-1-(\w+)-/.exec(ActionName ?? '')?.[1])
  expect(statuses).toEqual(['PendingManualApproval', 'Approved', 'Rejected'])
  const incoming = await associations(cloud.sageMaker, {
    DestinationArn: await artifactOf(cloud.sageMaker, ModelPackageArn),
  })
  const approvals = incoming.filter(({SourceType}) => SourceType === 'Approval').map(({SourceName}) => SourceName)
  expect(approvals.sort()).toEqual(ActionSummaries.map(({ActionName}) => ActionName).sort())
})

it('makes no trial component for a step that is cached, whose package hangs on the earlier training', async () => {
  const cloud = await withGroup()
  await putPipeline(cloud, 'p', trainingPipeline('churn', cached))
  const first = await run(cloud, 'p')
  const second = await run(cloud, 'p')
  expect(second.step('train')?.CacheHitResult?.SourcePipelineExecutionArn).toBe(first.arn)

  const {TrialComponentSummaries = []} = await cloud.sageMaker.send(new ListTrialComponentsCommand({}))
  expect(TrialComponentSummaries).toHaveLength(2)
  const training = first.step('train')?.Metadata?.TrainingJob?.Arn
  for (const version of [1, 2]) {
    const StartArns = [await artifactOf(cloud.sageMaker, `${account}:model-package/churn/${version}`)]
    const Filters = {Types: ['TrainingJob']}
    const found = await vertices(cloud.sageMaker, {StartArns, Direction: 'Ascendants', Filters})
    expect(found).toEqual([
      {
        Arn: `${account}:experiment-trial-component/${nameOf(training)}-aws-training-job`,
        Type: 'TrainingJob',
        LineageType: 'TrialComponent',
      },
    ])
  }
})

it('makes a trial component for every training job of a tuning job', async () => {
  const cloud = localCloud()
  const script = 'import os\nopen(os.path.join(os.environ["SM_MODEL_DIR"], "w"), "w").write("1")\nprint("loss=1")\n'
  await putArchive(cloud, 's3://mlpipe-local/code/sourcedir.tar.gz', {'train.py': script})
  const ranges = {CategoricalParameterRanges: [{Name: 'rate', Values: ['1', '2', '3']}]}
  await putPipeline(cloud, 'p', pipeline([tuning('tune', {ranges, config: {Strategy: 'Grid'}})]))
  await run(cloud, 'p')
  const {TrialComponentSummaries = []} = await cloud.sageMaker.send(new ListTrialComponentsCommand({}))
  const training = 'SageMakerTrainingJob'
  expect(TrialComponentSummaries.map(({TrialComponentSource}) => TrialComponentSource?.SourceType)).toEqual(
    Array(3).fill(training),
  )
  const {ArtifactSummaries = []} = await cloud.sageMaker.send(new ListArtifactsCommand({ArtifactType: 'Model'}))
  const made = await associations(cloud.sageMaker)
  const producers = made.filter(({AssociationType}) => AssociationType === 'Produced')
  expect(producers.map(({SourceType}) => SourceType)).toEqual(Array(3).fill(training))
  expect(new Set(producers.map(({DestinationArn}) => DestinationArn))).toEqual(
    new Set(ArtifactSummaries.map(({ArtifactArn}) => ArtifactArn)),
  )
})

it('keeps one artifact for a URI that several jobs use, with the type that it came with', async () => {
  const cloud = localCloud()
  const uri = 's3://mlpipe-local/both'
  const steps = [
    shell('a', 'echo 1 > /opt/ml/processing/output/o/x', {outputs: {o: uri}}),
    shell('b', 'true', {inputs: {i: uri}, envelope: {DependsOn: ['a']}}),
    train('train', {i: uri}, {envelope: {DependsOn: ['b']}}),
    shell('c', 'true', {inputs: {m: modelUriOfTraining}}),
  ]
  await putPipeline(cloud, 'p', pipeline(steps))
  expect((await run(cloud, 'p')).status).toBe('Succeeded')
  const {ArtifactSummaries = []} = await cloud.sageMaker.send(new ListArtifactsCommand({}))
  expect(ArtifactSummaries.map(({ArtifactType}) => ArtifactType).sort()).toEqual(['DataSet', 'Image', 'Model'])
})

it('makes an artifact anew that was deleted, once a job uses its URI again', async () => {
  const cloud = localCloud()
  const uri = 's3://mlpipe-local/in'
  await putObject(cloud, `${uri}/a.csv`, '1\n')
  await putPipeline(cloud, 'p', pipeline([shell('a', 'true', {inputs: {i: uri}})]))
  await run(cloud, 'p')
  const ArtifactArn = await artifactOf(cloud.sageMaker, uri)
  const remove = () => cloud.sageMaker.send(new DeleteArtifactCommand({ArtifactArn}))
  await expect(remove()).rejects.toMatchObject({name: 'ValidationException'})
  for (const {SourceArn, DestinationArn} of await associations(cloud.sageMaker, {SourceArn: ArtifactArn})) {
    await cloud.sageMaker.send(new DeleteAssociationCommand({SourceArn, DestinationArn}))
  }
  await remove()
  expect((await cloud.sageMaker.send(new ListArtifactsCommand({SourceUri: uri}))).ArtifactSummaries).toEqual([])

  const again = await run(cloud, 'p')
  const component = await componentOf(cloud, again.step('a')?.Metadata?.ProcessingJob?.Arn)
  const SourceArn = await artifactOf(cloud.sageMaker, uri)
  expect(await associations(cloud.sageMaker, {SourceArn})).toMatchObject([{DestinationName: component}])
})

it('is written by whichever process runs the execution, and read by another', async () => {
  const cloud = await withGroup()
  await putPipeline(cloud, 'p', trainingPipeline('churn'))
  const worker = spawnWorker(cloud.stateDirectory, 'start', 'p')
  const mine = run(cloud, 'p')
  const theirs = await worker.line
  expect(await worker.exitCode).toBe(0)
  const finished = await mine
  const ids = [finished.arn, theirs].map(nameOf)
  const {TrialComponentSummaries = []} = await cloud.sageMaker.send(new ListTrialComponentsCommand({}))
  expect(TrialComponentSummaries).toHaveLength(4)
  for (const id of ids) {
    const StartArns = [await artifactOf(cloud.sageMaker, `s3://mlpipe-local/${id}/points`)]
    const found = await vertices(cloud.sageMaker, {
      StartArns,
      Direction: 'Descendants',
      Filters: {Types: ['ModelGroup']},
    })
    expect(found).toHaveLength(1)
  }
})

it('says of a job whose process died that it has failed, and when', async () => {
  const owner = localCloud()
  await putPipeline(owner, 'p', pipeline([shell('a', 'sleep 60')]))
  const worker = spawnWorker(owner.stateDirectory, 'start', 'p')
  const arn = await worker.line
  const jobArn = async () => (await stepsOf(owner, arn))[0]?.Metadata?.ProcessingJob?.Arn
  await until(async () => (await jobArn()) !== undefined)
  const TrialComponentName = await componentOf(owner, await jobArn())
  const describe = (cloud: LocalCloud) => cloud.sageMaker.send(new DescribeTrialComponentCommand({TrialComponentName}))
  expect((await describe(owner)).Status?.PrimaryStatus).toBe('InProgress')
  worker.process.kill('SIGKILL')
  await worker.exitCode

  const later = localCloud({stateDirectory: owner.stateDirectory, now: () => Date.now() + 3_600_000})
  expect(later.engine.recovered).toHaveLength(1)
  const {Status, TrialComponentArn = '', LastModifiedTime} = await describe(later)
  expect(Status).toMatchObject({PrimaryStatus: 'Failed', Message: expect.stringContaining('the process that ran')})
  const changed = {ModifiedAfter: new Date(Date.now() + 1_800_000)}
  const found = await vertices(later.sageMaker, {StartArns: [TrialComponentArn], Filters: changed})
  expect(found.map(({Arn}) => Arn)).toEqual([TrialComponentArn])
  expect(LastModifiedTime?.getTime()).toBeGreaterThan(changed.ModifiedAfter.getTime())
})
