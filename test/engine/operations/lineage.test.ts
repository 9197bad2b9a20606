// Artifacts, actions, contexts, associations, trial components and the lineage group through the SDK client.

import {
  AddAssociationCommand,
  AddTagsCommand,
  CreateActionCommand,
  CreateArtifactCommand,
  type CreateArtifactCommandInput,
  CreateContextCommand,
  DeleteActionCommand,
  DeleteArtifactCommand,
  DeleteAssociationCommand,
  DeleteContextCommand,
  DescribeActionCommand,
  DescribeArtifactCommand,
  DescribeContextCommand,
  DescribeLineageGroupCommand,
  DescribeTrialComponentCommand,
  ListActionsCommand,
  ListArtifactsCommand,
  ListAssociationsCommand,
  type ListAssociationsCommandInput,
  ListContextsCommand,
  ListLineageGroupsCommand,
  ListTagsCommand,
  ListTrialComponentsCommand,
  paginateListArtifacts,
  paginateListAssociations,
  type SageMakerClient,
  UpdateActionCommand,
  UpdateArtifactCommand,
  UpdateContextCommand,
} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import {pipeline, shell} from '../support/definitions.ts'
import {type LocalCloud, localCloud, putPipeline, run} from '../support/local-cloud.ts'

const account = 'arn:aws:sagemaker:us-east-1:000000000000'
const noon = Date.UTC(2027, 0, 15, 12)

/** An engine whose clock goes on by a second with every look at it. */
function tickingCloud(): LocalCloud {
  let ticks = 0
  return localCloud({now: () => noon + 1000 * ticks++})
}

async function createArtifact(client: SageMakerClient, uri: string, more: Partial<CreateArtifactCommandInput> = {}) {
  const input = {Source: {SourceUri: uri}, ArtifactType: 'DataSet', ...more}
  return (await client.send(new CreateArtifactCommand(input))).ArtifactArn ?? ''
}

async function createAction(client: SageMakerClient, ActionName: string, ActionType = 'Evaluation') {
  const input = {ActionName, ActionType, Source: {SourceUri: 'arn:job', SourceType: 'ARN', SourceId: '1'}}
  return (await client.send(new CreateActionCommand(input))).ActionArn ?? ''
}

async function createContext(client: SageMakerClient, ContextName: string) {
  const input = {ContextName, ContextType: 'Project', Source: {SourceUri: 's3://b/project'}}
  return (await client.send(new CreateContextCommand(input))).ContextArn ?? ''
}

describe('artifacts', () => {
  it('are created, described, changed and deleted', async () => {
    const {sageMaker} = tickingCloud()
    const ArtifactArn = await createArtifact(sageMaker, 's3://b/d.csv', {
      ArtifactName: 'train-data',
      Properties: {rows: '10', split: 'train'},
      MetadataProperties: {CommitId: 'abc', Repository: 'r'},
      Tags: [{Key: 'team', Value: 'ml'}],
    })
    expect(ArtifactArn).toMatch(/^arn:aws:sagemaker:us-east-1:000000000000:artifact\/[0-9a-f]{32}$/)
    const look = () => sageMaker.send(new DescribeArtifactCommand({ArtifactArn}))
    const made = await look()
    expect(made).toMatchObject({
      ArtifactArn,
      ArtifactName: 'train-data',
      ArtifactType: 'DataSet',
      Source: {SourceUri: 's3://b/d.csv'},
      Properties: {rows: '10', split: 'train'},
      MetadataProperties: {CommitId: 'abc', Repository: 'r'},
      LineageGroupArn: `${account}:lineage-group/sagemaker-default-lineage-group`,
    })
    expect(made.LastModifiedTime).toEqual(made.CreationTime)

    // "The new list of properties. Overwrites the current property list."
    await sageMaker.send(
      new UpdateArtifactCommand({ArtifactArn, Properties: {rows: '11', extra: 'x'}, PropertiesToRemove: ['extra']}),
    )
    await sageMaker.send(new UpdateArtifactCommand({ArtifactArn, ArtifactName: 'renamed'}))
    const changed = await look()
    expect(changed).toMatchObject({ArtifactName: 'renamed', ArtifactType: 'DataSet', CreationTime: made.CreationTime})
    expect(changed.Properties).toEqual({rows: '11'})
    expect(changed.LastModifiedTime?.getTime()).toBeGreaterThan(made.LastModifiedTime?.getTime() ?? 0)

    await sageMaker.send(new AddTagsCommand({ResourceArn: ArtifactArn, Tags: [{Key: 'b', Value: '2'}]}))
    const {Tags} = await sageMaker.send(new ListTagsCommand({ResourceArn: ArtifactArn}))
    expect(Tags).toEqual([
      {Key: 'team', Value: 'ml'},
      {Key: 'b', Value: '2'},
    ])
    expect(await sageMaker.send(new DeleteArtifactCommand({ArtifactArn}))).toMatchObject({ArtifactArn})
    await expect(look()).rejects.toMatchObject({name: 'ResourceNotFound'})
    await expect(sageMaker.send(new ListTagsCommand({ResourceArn: ArtifactArn}))).rejects.toThrow('does not exist')
  })

  // "There can be only one artifact with a unique SourceUri"; AWS's example notebook tells two of them apart by their source types.
  it('have one source each, and are deleted by it', async () => {
    const {sageMaker} = localCloud()
    const Source = {SourceUri: 's3://b/d.csv', SourceTypes: [{SourceIdType: 'Custom' as const, Value: 'run-2'}]}
    const first = await createArtifact(sageMaker, 's3://b/d.csv', {ArtifactName: 'one'})
    const second = await createArtifact(sageMaker, 's3://b/d.csv', {ArtifactName: 'two', Source})
    expect(second).not.toBe(first)
    await expect(createArtifact(sageMaker, 's3://b/d.csv', {ArtifactType: 'Model'})).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('already exists'),
    })
    await sageMaker.send(new DeleteArtifactCommand({Source}))
    await expect(sageMaker.send(new DeleteArtifactCommand({Source}))).rejects.toMatchObject({name: 'ResourceNotFound'})
    const {ArtifactSummaries} = await sageMaker.send(new ListArtifactsCommand({SourceUri: 's3://b/d.csv'}))
    expect(ArtifactSummaries?.map(({ArtifactName}) => ArtifactName)).toEqual(['one'])
  })

  it('are deleted by ARN or by source, one of the two', async () => {
    const {sageMaker} = localCloud()
    const ArtifactArn = await createArtifact(sageMaker, 's3://b/x')
    for (const input of [{}, {ArtifactArn, Source: {SourceUri: 's3://b/x'}}]) {
      await expect(sageMaker.send(new DeleteArtifactCommand(input))).rejects.toThrow(
        'Either ArtifactArn or Source must be specified.',
      )
    }
  })

  it('are listed newest first, ten at a time, by source, type and time', async () => {
    let now = noon
    const {sageMaker} = localCloud({now: () => now})
    for (let at = 0; at < 23; at += 1) {
      now = noon + at * 1000
      await createArtifact(sageMaker, `s3://b/${at}`, {ArtifactType: at % 2 === 0 ? 'DataSet' : 'Model'})
    }
    const uris = async (input: object) => {
      const {ArtifactSummaries = []} = await sageMaker.send(new ListArtifactsCommand(input))
      return ArtifactSummaries.map(({Source}) => Source?.SourceUri)
    }
    expect(await uris({})).toEqual(Array.from({length: 10}, (_, at) => `s3://b/${22 - at}`))
    expect(await uris({SourceUri: 's3://b/7'})).toEqual(['s3://b/7'])
    expect(await uris({ArtifactType: 'Model', MaxResults: 2, SortOrder: 'Ascending'})).toEqual(['s3://b/1', 's3://b/3'])
    // "Created on or after", "on or before".
    const at = (second: number) => new Date(noon + second * 1000)
    expect(await uris({CreatedAfter: at(3), CreatedBefore: at(5)})).toEqual(['s3://b/5', 's3://b/4', 's3://b/3'])

    const all: unknown[] = []
    for await (const page of paginateListArtifacts({client: sageMaker, pageSize: 4}, {SortOrder: 'Ascending'})) {
      all.push(...(page.ArtifactSummaries ?? []).map(({Source}) => Source?.SourceUri))
    }
    expect(all).toEqual(Array.from({length: 23}, (_, one) => `s3://b/${one}`))
  })
})

describe('actions and contexts', () => {
  it('are created, described by name or ARN, changed and deleted', async () => {
    const {sageMaker} = tickingCloud()
    const ActionArn = await createAction(sageMaker, 'Evaluate-1')
    expect(ActionArn).toBe(`${account}:action/evaluate-1`)
    const update = {ActionName: 'Evaluate-1', Status: 'Completed', Description: 'well', Properties: {a: '1'}} as const
    await sageMaker.send(new UpdateActionCommand(update))
    for (const ActionName of ['Evaluate-1', ActionArn]) {
      expect(await sageMaker.send(new DescribeActionCommand({ActionName}))).toMatchObject({
        ActionName: 'Evaluate-1',
        ActionArn,
        ActionType: 'Evaluation',
        Source: {SourceUri: 'arn:job', SourceType: 'ARN', SourceId: '1'},
        Status: 'Completed',
        Description: 'well',
        Properties: {a: '1'},
      })
    }
    const ContextArn = await createContext(sageMaker, 'my_project')
    await sageMaker.send(new UpdateContextCommand({ContextName: 'my_project', Properties: {a: '1', b: '2'}}))
    await sageMaker.send(new UpdateContextCommand({ContextName: 'my_project', PropertiesToRemove: ['a']}))
    for (const ContextName of ['my_project', ContextArn]) {
      const described = await sageMaker.send(new DescribeContextCommand({ContextName}))
      expect(described).toMatchObject({ContextName: 'my_project', ContextType: 'Project', Properties: {b: '2'}})
      expect(described.Properties).not.toHaveProperty('a')
    }
    await sageMaker.send(new DeleteActionCommand({ActionName: 'Evaluate-1'}))
    await sageMaker.send(new DeleteContextCommand({ContextName: 'my_project'}))
    expect((await sageMaker.send(new ListActionsCommand({}))).ActionSummaries).toEqual([])
    expect((await sageMaker.send(new ListContextsCommand({}))).ContextSummaries).toEqual([])
  })

  it('have names of their own', async () => {
    const {sageMaker} = localCloud()
    await createAction(sageMaker, 'same')
    await createContext(sageMaker, 'same')
    await expect(createAction(sageMaker, 'SAME')).rejects.toThrow(
      'Action names must be unique within an AWS account and region. Action with name (SAME) already exists.',
    )
    await expect(createContext(sageMaker, 'same')).rejects.toMatchObject({name: 'ValidationException'})
  })

  it('are listed by name, type and source', async () => {
    const {sageMaker} = tickingCloud()
    for (const name of ['b', 'c', 'a']) await createAction(sageMaker, name, name === 'c' ? 'Approval' : 'Evaluation')
    const names = async (input: object) => {
      const {ActionSummaries = []} = await sageMaker.send(new ListActionsCommand(input))
      return ActionSummaries.map(({ActionName}) => ActionName)
    }
    expect(await names({})).toEqual(['a', 'c', 'b'])
    expect(await names({SortBy: 'Name', SortOrder: 'Ascending'})).toEqual(['a', 'b', 'c'])
    expect(await names({ActionType: 'Approval'})).toEqual(['c'])
    expect(await names({SourceUri: 'arn:other'})).toEqual([])
    await createContext(sageMaker, 'p')
    const {ContextSummaries} = await sageMaker.send(new ListContextsCommand({SourceUri: 's3://b/project'}))
    expect(ContextSummaries).toMatchObject([{ContextName: 'p', ContextType: 'Project'}])
  })
})

describe('associations', () => {
  async function graph(cloud: LocalCloud) {
    const {sageMaker} = cloud
    const data = await createArtifact(sageMaker, 's3://b/data', {ArtifactName: 'data'})
    const model = await createArtifact(sageMaker, 's3://b/model', {ArtifactType: 'Model'})
    const action = await createAction(sageMaker, 'build', 'ModelBuild')
    const add = (SourceArn: string, DestinationArn: string, AssociationType?: 'ContributedTo' | 'Produced') =>
      sageMaker.send(new AddAssociationCommand({SourceArn, DestinationArn, AssociationType}))
    await add(data, action, 'ContributedTo')
    await add(action, model, 'Produced')
    await add(data, model)
    return {sageMaker, data, model, action, add}
  }

  it('are added, listed with the types and names of their ends, and deleted', async () => {
    const {sageMaker, data, model, action} = await graph(tickingCloud())
    const list = async (input: ListAssociationsCommandInput) =>
      (await sageMaker.send(new ListAssociationsCommand(input))).AssociationSummaries ?? []
    const [newest, ...older] = await list({})
    // One without a type has none, and an artifact without a name none.
    expect(newest).toEqual({
      SourceArn: data,
      SourceType: 'DataSet',
      SourceName: 'data',
      DestinationArn: model,
      DestinationType: 'Model',
      CreationTime: expect.any(Date),
      CreatedBy: {},
    })
    expect(older.map(({AssociationType}) => AssociationType)).toEqual(['Produced', 'ContributedTo'])
    const ends = async (input: ListAssociationsCommandInput) =>
      (await list({...input, SortOrder: 'Ascending'})).map(({SourceArn, DestinationArn}) => [SourceArn, DestinationArn])
    expect(await ends({SourceArn: data})).toEqual([
      [data, action],
      [data, model],
    ])
    expect(await ends({DestinationArn: model})).toEqual([
      [action, model],
      [data, model],
    ])
    expect(await ends({SourceType: 'ModelBuild'})).toEqual([[action, model]])
    expect(await ends({DestinationType: 'Model', AssociationType: 'Produced'})).toEqual([[action, model]])
    expect(await ends({SortBy: 'DestinationType', SourceArn: data})).toEqual([
      [data, model],
      [data, action],
    ])
    expect(await ends({CreatedAfter: new Date(noon + 3_600_000)})).toEqual([])

    await sageMaker.send(new DeleteAssociationCommand({SourceArn: data, DestinationArn: action}))
    expect(await ends({SourceArn: data})).toEqual([[data, model]])
    await expect(
      sageMaker.send(new DeleteAssociationCommand({SourceArn: data, DestinationArn: action})),
    ).rejects.toMatchObject({name: 'ResourceNotFound'})
  })

  it.each(['SourceArn', 'DestinationArn', 'SourceType', 'DestinationType', 'CreationTime'] as const)(
    'are paged without a gap, sorted by %s',
    async (SortBy) => {
      const {sageMaker, data} = await graph(localCloud({now: () => noon}))
      for (let at = 0; at < 5; at += 1) {
        const DestinationArn = await createArtifact(sageMaker, `s3://b/${at}`)
        await sageMaker.send(new AddAssociationCommand({SourceArn: data, DestinationArn}))
      }
      const found: string[] = []
      for await (const page of paginateListAssociations({client: sageMaker, pageSize: 3}, {SortBy})) {
        found.push(...(page.AssociationSummaries ?? []).map((one) => `${one.SourceArn} ${one.DestinationArn}`))
      }
      expect(found).toHaveLength(8)
      expect(new Set(found).size).toBe(8)
    },
  )

  it('are one for each pair, of entities that are there', async () => {
    const {add, data, model, action} = await graph(localCloud())
    await expect(add(data, model, 'Produced')).rejects.toMatchObject({name: 'ValidationException'})
    const gone = `${account}:artifact/${'0'.repeat(32)}`
    await expect(add(data, gone)).rejects.toMatchObject({name: 'ResourceNotFound'})
    await expect(add(gone, data)).rejects.toMatchObject({name: 'ResourceNotFound'})
    await expect(add(`${account}:model-package/g/1`, action)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("'sourceArn'"),
    })
    // The other way round is another pair.
    await add(model, data)
    await add(action, action)
  })

  it('keep their ends from being deleted', async () => {
    const {sageMaker, data, action, model} = await graph(localCloud())
    const deletions = [new DeleteArtifactCommand({ArtifactArn: data}), new DeleteArtifactCommand({ArtifactArn: model})]
    for (const command of deletions) {
      await expect(sageMaker.send(command)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('has associations'),
      })
    }
    await expect(sageMaker.send(new DeleteActionCommand({ActionName: 'build'}))).rejects.toThrow('has associations')
    await sageMaker.send(new DeleteAssociationCommand({SourceArn: data, DestinationArn: action}))
    await sageMaker.send(new DeleteAssociationCommand({SourceArn: data, DestinationArn: model}))
    await sageMaker.send(new DeleteArtifactCommand({ArtifactArn: data}))
  })
})

describe('trial components', () => {
  it('are listed by job, name and time', async () => {
    const cloud = tickingCloud()
    const {sageMaker} = cloud
    await putPipeline(cloud, 'p', pipeline([shell('b', 'true'), {...shell('a', 'true'), DependsOn: ['b']}]))
    const finished = await run(cloud, 'p')
    const list = async (input: object) =>
      (await sageMaker.send(new ListTrialComponentsCommand(input))).TrialComponentSummaries ?? []
    const steps = (found: Awaited<ReturnType<typeof list>>) =>
      found.map(({TrialComponentName}) => /^pipelines-\w+-(\w)-/.exec(TrialComponentName ?? '')?.[1])
    expect(steps(await list({}))).toEqual(['a', 'b'])
    expect(steps(await list({SortBy: 'Name', SortOrder: 'Descending'}))).toEqual(['b', 'a'])
    const SourceArn = finished.step('b')?.Metadata?.ProcessingJob?.Arn
    const [found] = await list({SourceArn})
    expect(found).toMatchObject({
      TrialComponentSource: {SourceArn, SourceType: 'SageMakerProcessingJob'},
      Status: {PrimaryStatus: 'Completed'},
    })
    expect(await list({CreatedBefore: new Date(noon)})).toEqual([])
    const {TrialComponentArn: TrialComponentName} = found ?? {}
    expect(await sageMaker.send(new DescribeTrialComponentCommand({TrialComponentName}))).toMatchObject({
      TrialComponentName: found?.TrialComponentName,
    })
    const [a, b] = (await list({})).map(({TrialComponentArn}) => TrialComponentArn)
    // "An association can't be created between two experiment entities."
    await expect(sageMaker.send(new AddAssociationCommand({SourceArn: a, DestinationArn: b}))).rejects.toThrow(
      'between two experiment entities',
    )
  })

  it('are of no experiment and no trial, for there are none', async () => {
    const {sageMaker} = localCloud()
    const list = (input: object) => sageMaker.send(new ListTrialComponentsCommand(input))
    await expect(list({ExperimentName: 'e'})).rejects.toMatchObject({name: 'ResourceNotFound'})
    await expect(list({TrialName: 't'})).rejects.toMatchObject({name: 'ResourceNotFound'})
    await expect(list({TrialName: 't', SourceArn: 'arn:x'})).rejects.toMatchObject({name: 'ValidationException'})
  })
})

it('has the one lineage group that every account has', async () => {
  const {sageMaker} = localCloud()
  const {LineageGroupSummaries} = await sageMaker.send(new ListLineageGroupsCommand({}))
  const LineageGroupName = 'sagemaker-default-lineage-group'
  expect(LineageGroupSummaries).toMatchObject([
    {LineageGroupName, LineageGroupArn: `${account}:lineage-group/${LineageGroupName}`},
  ])
  expect(await sageMaker.send(new DescribeLineageGroupCommand({LineageGroupName}))).toMatchObject({LineageGroupName})
  await expect(sageMaker.send(new DescribeLineageGroupCommand({LineageGroupName: 'x'}))).rejects.toMatchObject({
    name: 'ResourceNotFound',
  })
})

describe('what is refused', () => {
  const many = Object.fromEntries(Array.from({length: 31}, (_, at) => [`k${at}`, 'v']))
  const source = {SourceUri: 's3://b/x'}

  it.each([
    [
      new DescribeArtifactCommand({ArtifactArn: `${account}:artifact/none`}),
      'ResourceNotFound',
      /^Artifact '.*none' does not exist\.$/,
    ],
    [
      new DescribeActionCommand({ActionName: 'none'}),
      'ResourceNotFound',
      /^Action '.*:action\/none' does not exist\.$/,
    ],
    [new DescribeActionCommand({ActionName: `${account}:artifact/x`}), 'ResourceNotFound', /does not exist/],
    [new DescribeContextCommand({ContextName: 'none'}), 'ResourceNotFound', /^Context '/],
    [new DescribeTrialComponentCommand({TrialComponentName: 'none'}), 'ResourceNotFound', /^Trial Component '/],
    [new UpdateArtifactCommand({ArtifactArn: `${account}:artifact/none`}), 'ResourceNotFound', /none/],
    [new UpdateActionCommand({ActionName: 'none'}), 'ResourceNotFound', /none/],
    [new DeleteContextCommand({ContextName: 'none'}), 'ResourceNotFound', /none/],
    [
      new DescribeArtifactCommand({ArtifactArn: 'none'}),
      'ValidationException',
      /'artifactArn' .* regular expression pattern/,
    ],
    [
      new CreateArtifactCommand({Source: source, ArtifactType: undefined}),
      'ValidationException',
      /Value null at 'artifactType'/,
    ],
    [
      new CreateArtifactCommand({Source: {SourceUri: ''}, ArtifactType: 'x'}),
      'ValidationException',
      /'source.sourceUri' .* equal to 1/,
    ],
    [
      new CreateArtifactCommand({Source: source, ArtifactType: 'x', ArtifactName: 'a_b'}),
      'ValidationException',
      /'artifactName'/,
    ],
    [
      new CreateArtifactCommand({Source: source, ArtifactType: 'x', Properties: many}),
      'ValidationException',
      /'properties' .* equal to 30/,
    ],
    [
      new CreateActionCommand({ActionName: 'a', ActionType: 'x', Source: source, Properties: {k: 'v'.repeat(2501)}}),
      'ValidationException',
      /'properties' .* Map value must satisfy constraint: \[Member must have length less than or equal to 2500\]/,
    ],
    [
      new CreateContextCommand({
        ContextName: 'a',
        ContextType: 'x',
        Source: source,
        Properties: {['k'.repeat(2501)]: 'v'},
      }),
      'ValidationException',
      /Map keys must satisfy constraint/,
    ],
    [
      new CreateActionCommand({ActionName: 'a', ActionType: 'x', Source: source, Status: 'Done' as 'Completed'}),
      'ValidationException',
      /enum value set/,
    ],
    [new ListArtifactsCommand({MaxResults: 101}), 'ValidationException', /'maxResults'/],
    [new ListActionsCommand({NextToken: 'x'}), 'ValidationException', /NextToken/],
  ])('%#', async (command, name, message) => {
    const {sageMaker} = localCloud()
    await expect(sageMaker.send(command as DescribeArtifactCommand)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    })
  })

  it('a property that is no text, as JSON of another type is', async () => {
    const {sageMaker} = localCloud()
    const Properties = {rows: 10} as unknown as Record<string, string>
    const input = {Source: source, ArtifactType: 'x', Properties}
    await expect(sageMaker.send(new CreateArtifactCommand(input))).rejects.toMatchObject({
      name: 'SerializationException',
      message: 'NUMBER_VALUE can not be converted to String',
    })
  })
})
