// Model package groups and packages, models, jobs and tags.

import {
  AddTagsCommand,
  CreateArtifactCommand,
  CreateModelCommand,
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  DeleteModelPackageCommand,
  DeleteModelPackageGroupCommand,
  DeleteTagsCommand,
  DescribeModelCommand,
  DescribeModelPackageCommand,
  DescribeModelPackageGroupCommand,
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  ListArtifactsCommand,
  ListModelPackageGroupsCommand,
  ListModelPackagesCommand,
  ListModelsCommand,
  ListProcessingJobsCommand,
  ListTagsCommand,
  ListTrainingJobsCommand,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import {get, pipeline, shell} from '../support/definitions.ts'
import {type LocalCloud, localCloud, putPipeline, roleArn, run} from '../support/local-cloud.ts'

const account = 'arn:aws:sagemaker:us-east-1:000000000000'
const groupArn = `${account}:model-package-group/my-group`

function createGroup(cloud: LocalCloud, ModelPackageGroupName = 'My-Group') {
  const input = {ModelPackageGroupName, ModelPackageGroupDescription: 'about'}
  return cloud.sageMaker.send(new CreateModelPackageGroupCommand(input))
}

const specification = {
  InferenceSpecification: {
    Containers: [{Image: 'i', ModelDataUrl: 's3://b/model.tar.gz', Environment: {A: '1'}}],
    SupportedContentTypes: ['text/csv'],
    SupportedResponseMIMETypes: ['text/csv'],
  },
}

const registering = pipeline(
  [
    {
      Name: 'register',
      Type: 'RegisterModel',
      Arguments: {
        ModelPackageGroupName: 'My-Group',
        ModelPackageDescription: 'a model',
        ModelApprovalStatus: get('Parameters.approval'),
        CustomerMetadataProperties: {a: '1', b: '2'},
      },
    },
    {Name: 'model', Type: 'Model', Arguments: {PrimaryContainer: {Image: 'i'}}},
  ],
  [{Name: 'approval', Type: 'String', DefaultValue: 'PendingManualApproval'}],
)

/** A group with one package for each approval status. */
async function withPackages(...approvals: string[]): Promise<LocalCloud> {
  const cloud = localCloud()
  await createGroup(cloud)
  await putPipeline(cloud, 'p', registering)
  for (const Value of approvals) await run(cloud, 'p', {PipelineParameters: [{Name: 'approval', Value}]})
  return cloud
}

it('creates, describes, lists and deletes groups', async () => {
  const {sageMaker, ...cloud} = localCloud()
  const whole = {sageMaker, ...cloud}
  expect((await createGroup(whole)).ModelPackageGroupArn).toBe(groupArn)
  for (const ModelPackageGroupName of ['My-Group', groupArn]) {
    expect(await sageMaker.send(new DescribeModelPackageGroupCommand({ModelPackageGroupName}))).toMatchObject({
      ModelPackageGroupName: 'My-Group',
      ModelPackageGroupArn: groupArn,
      ModelPackageGroupDescription: 'about',
      ModelPackageGroupStatus: 'Completed',
    })
  }
  await expect(createGroup(whole)).rejects.toMatchObject({
    name: 'ValidationException',
    message: `Model Package Group already exists: ${groupArn}`,
  })
  await createGroup(whole, 'another')
  const list = async (input: object) => {
    const page = await sageMaker.send(new ListModelPackageGroupsCommand(input))
    return page.ModelPackageGroupSummaryList?.map(({ModelPackageGroupName}) => ModelPackageGroupName)
  }
  expect(await list({SortBy: 'Name', SortOrder: 'Ascending'})).toEqual(['another', 'My-Group'])
  expect(await list({NameContains: 'Gro'})).toEqual(['My-Group'])
  await sageMaker.send(new DeleteModelPackageGroupCommand({ModelPackageGroupName: 'another'}))
  expect(await list({})).toEqual(['My-Group'])
})

it('lists the versions of a group by approval and order', async () => {
  const cloud = await withPackages('PendingManualApproval', 'Approved', 'Approved')
  const list = async (input: object) => {
    const command = new ListModelPackagesCommand({ModelPackageGroupName: 'My-Group', ...input})
    return (await cloud.sageMaker.send(command)).ModelPackageSummaryList ?? []
  }
  expect((await list({})).map(({ModelPackageVersion}) => ModelPackageVersion)).toEqual([1, 2, 3])
  expect((await list({ModelApprovalStatus: 'Approved', SortOrder: 'Descending'}))[0]).toMatchObject({
    ModelPackageArn: `${account}:model-package/my-group/3`,
    ModelPackageVersion: 3,
    ModelPackageDescription: 'a model',
    ModelPackageStatus: 'Completed',
    ModelApprovalStatus: 'Approved',
  })
  await expect(list({ModelPackageGroupName: 'none'})).rejects.toMatchObject({name: 'ValidationException'})
})

/** The names on each page of a list. */
async function pagesOf(ask: (NextToken?: string) => Promise<{NextToken?: string | undefined; names: unknown[]}>) {
  const pages: unknown[][] = []
  let token: string | undefined
  do {
    const {names, NextToken} = await ask(token)
    pages.push(names)
    token = NextToken
  } while (token !== undefined)
  return pages
}

it('lists versions that were made in one instant, of several groups, each once, whatever the page size', async () => {
  const cloud = localCloud({now: () => 1_700_000_000_000})
  const made: string[] = []
  for (const [group, count] of Object.entries({gamma: 2, alpha: 11, Beta: 2})) {
    await createGroup(cloud, group)
    for (let version = 1; version <= count; version += 1) {
      made.push(`${group.toLowerCase()}/${version}`)
      const command = new CreateModelPackageCommand({ModelPackageGroupName: group, ...specification})
      await cloud.sageMaker.send(command)
    }
  }
  const pages = (input: object) =>
    pagesOf(async (NextToken) => {
      const page = await cloud.sageMaker.send(new ListModelPackagesCommand({...input, NextToken}))
      const arns = page.ModelPackageSummaryList?.map(({ModelPackageArn}) => ModelPackageArn) ?? []
      return {NextToken: page.NextToken, names: arns.map((arn) => arn?.slice(arn.indexOf('/') + 1))}
    })
  for (const SortBy of ['Name', 'CreationTime'])
    for (const SortOrder of ['Ascending', 'Descending'])
      for (let MaxResults = 1; MaxResults <= made.length; MaxResults += 1) {
        const listed = await pages({ModelPackageType: 'Versioned', SortBy, SortOrder, MaxResults})
        expect(listed).toHaveLength(Math.ceil(made.length / MaxResults))
        expect(listed.flat().sort()).toEqual([...made].sort())
      }
  const ofAlpha = await pages({ModelPackageGroupName: 'alpha', SortOrder: 'Descending'})
  expect(ofAlpha.flat().slice(0, 3)).toEqual(['alpha/11', 'alpha/10', 'alpha/9'])
})

// ListModelPackages, ModelPackageType: unversioned ones are listed when nothing is said; the engine makes none.
it.each([
  [{}, 0],
  [{ModelPackageType: 'Unversioned'}, 0],
  [{ModelPackageType: 'Versioned'}, 2],
  [{ModelPackageType: 'Both'}, 2],
  [{ModelPackageGroupName: 'My-Group'}, 2],
  [{ModelPackageGroupName: 'My-Group', ModelPackageType: 'Versioned'}, 2],
  [{ModelPackageGroupName: 'My-Group', ModelPackageType: 'Unversioned'}, 0],
] as const)('lists, asked for %j, %i versions', async (input, count) => {
  const cloud = localCloud()
  await createGroup(cloud)
  for (const ClientToken of ['one', 'two']) {
    const request = {ModelPackageGroupName: 'My-Group', ClientToken, ...specification}
    await cloud.sageMaker.send(new CreateModelPackageCommand(request))
  }
  const {ModelPackageSummaryList} = await cloud.sageMaker.send(new ListModelPackagesCommand(input))
  expect(ModelPackageSummaryList).toHaveLength(count)
})

it('approves a package and changes its properties', async () => {
  const cloud = await withPackages('PendingManualApproval')
  const ModelPackageArn = `${account}:model-package/my-group/1`
  const update = {
    ModelPackageArn,
    ModelApprovalStatus: 'Approved',
    ApprovalDescription: 'good',
    CustomerMetadataProperties: {b: '3', c: '4'},
    CustomerMetadataPropertiesToRemove: ['a'],
  } as const
  await cloud.sageMaker.send(new UpdateModelPackageCommand({...update, CustomerMetadataPropertiesToRemove: ['a']}))
  const found = await cloud.sageMaker.send(new DescribeModelPackageCommand({ModelPackageName: ModelPackageArn}))
  expect(found).toMatchObject({ModelApprovalStatus: 'Approved', ApprovalDescription: 'good'})
  expect(found.CustomerMetadataProperties).toEqual({b: '3', c: '4'})
  const wrong = {ModelPackageArn, ModelApprovalStatus: 'Maybe' as 'Approved'}
  await expect(cloud.sageMaker.send(new UpdateModelPackageCommand(wrong))).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value 'Maybe' at 'modelApprovalStatus' failed to satisfy constraint: " +
      'Member must satisfy enum value set: [Approved, Rejected, PendingManualApproval]',
  })
})

const versionArn = `${account}:model-package/my-group/1`

/** A group with one version, and what updates and describes it. */
async function withVersion(request: object = {}) {
  const cloud = localCloud()
  await createGroup(cloud)
  const given = {ModelPackageGroupName: 'My-Group', ...specification, ...request}
  await cloud.sageMaker.send(new CreateModelPackageCommand(given))
  return {
    update: (input: object) =>
      cloud.sageMaker.send(new UpdateModelPackageCommand({ModelPackageArn: versionArn, ...input})),
    describe: () => cloud.sageMaker.send(new DescribeModelPackageCommand({ModelPackageName: versionArn})),
  }
}

const neo = {Name: 'neo', Containers: [{Image: 'neo'}], SupportedContentTypes: ['text/csv']}
const lite = {Name: 'lite', Containers: [{Image: 'lite'}]}

it.each([
  {ModelLifeCycle: {Stage: 'Staging', StageStatus: 'InReview', StageDescription: 'with the data owners'}},
  {ModelCard: {ModelCardContent: '{"model_overview":{}}', ModelCardStatus: 'Draft'}},
  {ModelPackageRegistrationType: 'Logged'},
  {SourceUri: 's3://b/source'},
  {InferenceSpecification: {Containers: [{Image: 'other', Environment: {A: '2'}}]}},
])('describes again what an update gave: %j', async (input) => {
  const {update, describe} = await withVersion()
  await update(input)
  const described = await describe()
  expect(described).toMatchObject(input)
  expect(described.InferenceSpecification).toMatchObject(
    input.InferenceSpecification ?? specification.InferenceSpecification,
  )
})

it('appends additional specifications, each under a name of its own, and not more than there may be', async () => {
  const {update, describe} = await withVersion({AdditionalInferenceSpecifications: [neo]})
  await update({AdditionalInferenceSpecificationsToAdd: [lite]})
  expect((await describe()).AdditionalInferenceSpecifications).toEqual([neo, lite])
  const twice =
    'The names of additional inference specifications must be unique in a model package; "neo" is there twice.'
  await expect(update({AdditionalInferenceSpecificationsToAdd: [neo]})).rejects.toThrow(twice)
  await expect(withVersion({AdditionalInferenceSpecifications: [neo, lite, neo]})).rejects.toThrow(twice)
  const many = Array.from({length: 14}, (_, index) => ({...lite, Name: `lite-${index}`}))
  await expect(update({AdditionalInferenceSpecificationsToAdd: many})).rejects.toThrow(
    'A model package can have at most 15 additional inference specifications; these are 16.',
  )
  expect((await describe()).AdditionalInferenceSpecifications).toEqual([neo, lite])
})

it('updates once for one ClientToken', async () => {
  const {update, describe} = await withVersion()
  const adding = {AdditionalInferenceSpecificationsToAdd: [lite], ClientToken: 'once'}
  await update(adding)
  expect(await update(adding)).toMatchObject({ModelPackageArn: versionArn})
  expect((await describe()).AdditionalInferenceSpecifications).toEqual([lite])
})

it('changes the content of a model card until it is archived', async () => {
  const {update, describe} = await withVersion({ModelCard: {ModelCardContent: '{}', ModelCardStatus: 'Draft'}})
  await update({ModelCard: {ModelCardStatus: 'Archived'}})
  const card = {ModelCardContent: '{}', ModelCardStatus: 'Archived'}
  expect((await describe()).ModelCard).toEqual(card)
  await expect(update({ModelCard: {ModelCardContent: '{"a":1}'}})).rejects.toThrow('Model Card is in Archived state.')
  expect((await describe()).ModelCard).toEqual(card)
})

it('says by whom a version was modified once it was', async () => {
  const {update, describe} = await withVersion()
  const first = await describe()
  expect(first.LastModifiedBy).toBeUndefined()
  await update({ModelApprovalStatus: 'Approved'})
  expect((await describe()).LastModifiedBy).toEqual(first.CreatedBy)
})

it('keeps how groups and versions store what is theirs', async () => {
  const {sageMaker} = localCloud()
  const name = {ModelPackageGroupName: 'closed'}
  const ManagedConfiguration = {ManagedStorageType: 'Restricted'} as const
  await sageMaker.send(new CreateModelPackageGroupCommand({...name, ManagedConfiguration}))
  const {ModelPackageArn: ModelPackageName} = await sageMaker.send(
    new CreateModelPackageCommand({...name, ...specification, ...ManagedConfiguration}),
  )
  expect(await sageMaker.send(new DescribeModelPackageGroupCommand(name))).toMatchObject({ManagedConfiguration})
  const described = await sageMaker.send(new DescribeModelPackageCommand({ModelPackageName}))
  expect(described).toMatchObject(ManagedConfiguration)
  for (const [CrossAccountFilterOption, count] of [
    ['SameAccount', 1],
    ['CrossAccount', 0],
  ] as const) {
    const page = await sageMaker.send(new ListModelPackageGroupsCommand({CrossAccountFilterOption}))
    expect(page.ModelPackageGroupSummaryList).toHaveLength(count)
  }
})

const tooMany = (count: number) => Object.fromEntries(Array.from({length: count}, (_, index) => [`k${index}`, 'v']))

describe('of a version, neither its making nor an update takes', () => {
  const {InferenceSpecification} = specification
  const inContainer = (members: object) => ({
    InferenceSpecification: {...InferenceSpecification, Containers: [{Image: 'i', ...members}]},
  })
  it.each([
    ['no property', {CustomerMetadataProperties: {}}, 'greater than or equal to 1'],
    ['51 properties', {CustomerMetadataProperties: tooMany(51)}, 'less than or equal to 50'],
    ['a long key', {CustomerMetadataProperties: {['k'.repeat(129)]: 'v'}}, 'Map keys must satisfy constraint'],
    ['an empty key', {CustomerMetadataProperties: {'': 'v'}}, 'Map keys must satisfy constraint'],
    ['a long value', {CustomerMetadataProperties: {k: 'v'.repeat(257)}}, 'Map value must satisfy constraint'],
    ['a value with a bracket', {CustomerMetadataProperties: {k: '<v>'}}, 'Map value must satisfy constraint'],
    [
      'no container',
      {InferenceSpecification: {...InferenceSpecification, Containers: []}},
      'greater than or equal to 1',
    ],
    [
      'a variable that begins with a digit',
      inContainer({Environment: {'1A': 'v'}}),
      'Map keys must satisfy constraint',
    ],
    ['101 variables', inContainer({Environment: tooMany(101)}), 'less than or equal to 100'],
    ['a variable of 1025 characters', inContainer({Environment: {A: 'v'.repeat(1025)}}), 'Map value must satisfy'],
    ['an unnamed life cycle', {ModelLifeCycle: {Stage: '', StageStatus: 'a'}}, 'greater than or equal to 1'],
  ])('%s', async (_name, input, why) => {
    const {update} = await withVersion()
    for (const refused of [update(input), withVersion(input)]) {
      await expect(refused).rejects.toMatchObject({name: 'ValidationException', message: expect.stringContaining(why)})
    }
  })

  it('a number as a property', async () => {
    const wrong = {CustomerMetadataProperties: {k: 1}}
    const {update} = await withVersion()
    for (const refused of [update(wrong), withVersion(wrong)]) {
      await expect(refused).rejects.toMatchObject({name: 'SerializationException'})
    }
  })
})

it('deletes packages, then their group, and never gives a version twice', async () => {
  const cloud = await withPackages('Approved', 'Approved')
  const group = {ModelPackageGroupName: 'My-Group'}
  await expect(cloud.sageMaker.send(new DeleteModelPackageGroupCommand(group))).rejects.toMatchObject({
    name: 'ConflictException',
  })
  const ModelPackageName = `${account}:model-package/my-group/2`
  await cloud.sageMaker.send(new DeleteModelPackageCommand({ModelPackageName}))
  await expect(cloud.sageMaker.send(new DescribeModelPackageCommand({ModelPackageName}))).rejects.toMatchObject({
    name: 'ValidationException',
  })
  const finished = await run(cloud, 'p')
  expect(finished.step('register')?.Metadata?.RegisterModel?.Arn).toBe(`${account}:model-package/my-group/3`)
})

it('lists and describes models', async () => {
  const cloud = await withPackages('Approved')
  const [model] = (await cloud.sageMaker.send(new ListModelsCommand({NameContains: '-model-'}))).Models ?? []
  expect(model?.ModelName).toMatch(/^pipelines-[a-z0-9]{12}-model-[A-Za-z0-9]{10}$/)
  const found = await cloud.sageMaker.send(new DescribeModelCommand({ModelName: model?.ModelName}))
  expect(found).toMatchObject({ModelArn: model?.ModelArn, PrimaryContainer: {Image: 'i'}})
  await expect(cloud.sageMaker.send(new DescribeModelCommand({ModelName: 'none'}))).rejects.toMatchObject({
    name: 'ValidationException',
    message: `Could not find model "${account}:model/none".`,
  })
})

it('lists jobs by kind, name and status', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'p', pipeline([shell('good', 'true'), shell('bad', 'exit 1')]))
  await run(cloud, 'p', {ParallelismConfiguration: {MaxParallelExecutionSteps: 1}})
  const list = async (input: object) =>
    (await cloud.sageMaker.send(new ListProcessingJobsCommand(input))).ProcessingJobSummaries ?? []
  expect(await list({})).toHaveLength(2)
  expect(await list({StatusEquals: 'Failed'})).toMatchObject([{ProcessingJobStatus: 'Failed'}])
  expect(await list({NameContains: '-good-'})).toHaveLength(1)
  const training = await cloud.sageMaker.send(new ListTrainingJobsCommand({}))
  expect(training.TrainingJobSummaries).toEqual([])
})

it('says of missing jobs what the service says', async () => {
  const {sageMaker} = localCloud()
  // aws/aws-sdk issue 165: a ValidationException, not ResourceNotFound.
  await expect(sageMaker.send(new DescribeTrainingJobCommand({TrainingJobName: 'none'}))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Requested resource not found.',
  })
  await expect(sageMaker.send(new DescribeProcessingJobCommand({ProcessingJobName: 'none'}))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Could not find requested job with name: none',
  })
})

it('adds, replaces, lists and deletes tags', async () => {
  const cloud = localCloud()
  await createGroup(cloud)
  const tag = async (...Tags: {Key: string; Value: string}[]) =>
    (await cloud.sageMaker.send(new AddTagsCommand({ResourceArn: groupArn, Tags}))).Tags
  const list = async () => (await cloud.sageMaker.send(new ListTagsCommand({ResourceArn: groupArn}))).Tags
  await tag({Key: 'a', Value: '1'}, {Key: 'b', Value: '2'})
  expect(await tag({Key: 'a', Value: '3'})).toEqual([
    {Key: 'a', Value: '3'},
    {Key: 'b', Value: '2'},
  ])
  await cloud.sageMaker.send(new DeleteTagsCommand({ResourceArn: groupArn, TagKeys: ['b', 'none']}))
  expect(await list()).toEqual([{Key: 'a', Value: '3'}])

  const many = Array.from({length: 50}, (_, index) => ({Key: `k${index}`, Value: ''}))
  await expect(tag(...many)).rejects.toMatchObject({name: 'ValidationException'})
  const missing = new ListTagsCommand({ResourceArn: `${account}:pipeline/none`})
  await expect(cloud.sageMaker.send(missing)).rejects.toMatchObject({name: 'ValidationException'})
})

it.each([
  [
    [
      {Key: 'a', Value: '1'},
      {Key: 'a', Value: '2'},
    ],
    "Members must have different values of Key; 'a' is there twice",
  ],
  [[{Key: 'aws:a', Value: '1'}], 'Member must not begin with aws:, which is reserved'],
  [[{Key: 'AWS:a', Value: '1'}], 'Member must not begin with aws:, which is reserved'],
])('refuses the tags %j, on what is there and on what is made', async (Tags, why) => {
  const cloud = localCloud()
  await createGroup(cloud)
  const Source = {SourceUri: 's3://b/k'}
  for (const command of [
    new AddTagsCommand({ResourceArn: groupArn, Tags}),
    new CreateModelPackageGroupCommand({ModelPackageGroupName: 'other', Tags}),
    new CreateArtifactCommand({Source, ArtifactType: 'Data', Tags}),
  ]) {
    await expect(cloud.sageMaker.send(command as AddTagsCommand)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(why),
    })
  }
  expect((await cloud.sageMaker.send(new ListTagsCommand({ResourceArn: groupArn}))).Tags).toEqual([])
  expect((await cloud.sageMaker.send(new ListArtifactsCommand({}))).ArtifactSummaries).toEqual([])
})

it('takes versions that are made outside of pipelines, once for each token', async () => {
  const cloud = localCloud()
  await createGroup(cloud)
  const create = (input: object) =>
    cloud.sageMaker.send(new CreateModelPackageCommand({ModelPackageGroupName: 'My-Group', ...specification, ...input}))
  const first = await create({ClientToken: 'first', Tags: [{Key: 'team', Value: 'ml'}]})
  expect(first.ModelPackageArn).toBe(`${account}:model-package/my-group/1`)
  expect((await create({ClientToken: 'first'})).ModelPackageArn).toBe(first.ModelPackageArn)
  expect((await create({ModelApprovalStatus: 'Approved'})).ModelPackageArn).toBe(`${account}:model-package/my-group/2`)

  const describe = (ModelPackageName = '') => cloud.sageMaker.send(new DescribeModelPackageCommand({ModelPackageName}))
  const described = await describe(first.ModelPackageArn)
  expect(described).toMatchObject({
    ...specification,
    ...{ModelPackageGroupName: 'My-Group', ModelPackageVersion: 1, ModelPackageStatus: 'Completed'},
    ModelApprovalStatus: 'PendingManualApproval',
  })
  expect(described.MetadataProperties).toBeUndefined()
  const {Tags} = await cloud.sageMaker.send(new ListTagsCommand({ResourceArn: first.ModelPackageArn}))
  expect(Tags).toEqual([{Key: 'team', Value: 'ml'}])
})

it.each([
  [
    {ModelPackageName: 'alone', ModelPackageGroupName: 'my-group'},
    'Both ModelPackageName and ModelPackageGroupName are provided in the input. Cannot determine which one to use.',
  ],
  [{}, 'Missing ARN.'],
  [
    {ModelPackageName: 'alone'},
    'The embedded engine keeps versions of model package groups only: give a ModelPackageGroupName.',
  ],
  [{ModelPackageGroupName: 'gone'}, `ModelPackageGroup ${account}:model-package-group/gone does not exist.`],
])('refuses a package of %j', async (input, message) => {
  const {sageMaker} = localCloud()
  await expect(sageMaker.send(new CreateModelPackageCommand({...specification, ...input}))).rejects.toMatchObject({
    name: 'ValidationException',
    message,
  })
})

// CreateModelPackage, ModelApprovalStatus: "For versioned models, the value of this parameter must be set to Approved to deploy the model".
it('makes a model of an approved version only, by a client and by a step', async () => {
  const cloud = await withPackages('PendingManualApproval', 'Approved')
  const create = (version: number) =>
    cloud.sageMaker.send(
      new CreateModelCommand({
        ModelName: `version-${version}`,
        PrimaryContainer: {ModelPackageName: `${account}:model-package/my-group/${version}`},
        ExecutionRoleArn: roleArn,
      }),
    )
  const why = `Cannot create a model of the model package ${account}:model-package/my-group/1: its ModelApprovalStatus is PendingManualApproval, and must be Approved to deploy it.`
  await expect(create(1)).rejects.toMatchObject({name: 'ValidationException', message: why})
  expect(await create(2)).toMatchObject({ModelArn: `${account}:model/version-2`})
  await expect(create(3)).rejects.toThrow(`ModelPackage ${account}:model-package/my-group/3 does not exist.`)

  const step = {
    Name: 'model',
    Type: 'Model',
    Arguments: {PrimaryContainer: {ModelPackageName: `${account}:model-package/my-group/1`}},
  }
  await putPipeline(cloud, 'of-package', pipeline([step]))
  const finished = await run(cloud, 'of-package')
  expect(finished.step('model')?.FailureReason).toBe(
    `ClientError: Failed to invoke sagemaker:CreateModel. Error Details: ${why}`,
  )
})
