// Executions as clients see them: start, parameters, paging, description.

import {
  DescribePipelineDefinitionForExecutionCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionStepsCommand,
  ListPipelineExecutionsCommand,
  ListPipelineParametersForExecutionCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
  UpdatePipelineCommand,
  UpdatePipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker'
import {expect, it} from 'vitest'
import {condition, pipeline} from '../support/definitions.ts'
import {type LocalCloud, localCloud, putPipeline, run, start} from '../support/local-cloud.ts'

const parameters = [
  {Name: 'name', Type: 'String', DefaultValue: 'x', EnumValues: ['x', 'y']},
  {Name: 'count', Type: 'Integer', DefaultValue: 3},
  {Name: 'rate', Type: 'Float', DefaultValue: 0.5},
  {Name: 'flag', Type: 'Boolean', DefaultValue: false},
  {Name: 'needed', Type: 'String'},
]

async function withParameters(): Promise<LocalCloud> {
  const cloud = localCloud()
  await putPipeline(cloud, 'p', pipeline([condition('c', [], {})], parameters))
  return cloud
}

const needed = {Name: 'needed', Value: 'n'}

it('keeps every parameter with the value in force', async () => {
  const cloud = await withParameters()
  const arn = await start(cloud, 'p', {
    PipelineParameters: [{Name: 'count', Value: '-7'}, needed, {Name: 'flag', Value: 'True'}],
  })
  const list = (input: object) =>
    cloud.sageMaker.send(new ListPipelineParametersForExecutionCommand({PipelineExecutionArn: arn, ...input}))
  const all = await list({})
  expect(all.PipelineParameters).toEqual([
    {Name: 'name', Value: 'x'},
    {Name: 'count', Value: '-7'},
    {Name: 'rate', Value: '0.5'},
    {Name: 'flag', Value: 'True'},
    {Name: 'needed', Value: 'n'},
  ])
  const first = await list({MaxResults: 3})
  const rest = await list({MaxResults: 3, NextToken: first.NextToken})
  expect([...(first.PipelineParameters ?? []), ...(rest.PipelineParameters ?? [])]).toEqual(all.PipelineParameters)
  expect(rest.NextToken).toBeUndefined()
})

it.each([
  ['an unknown parameter', [needed, {Name: 'other', Value: '1'}], 'Parameter [other] is not defined'],
  ['a missing value', [], 'Parameter [needed] has no default value'],
  [
    'text for an Integer',
    [needed, {Name: 'count', Value: '3.5'}],
    "Parameter [count] has type Integer; the value '3.5'",
  ],
  ['text for a Float', [needed, {Name: 'rate', Value: 'fast'}], 'Parameter [rate] has type Float'],
  ['text for a Boolean', [needed, {Name: 'flag', Value: 'yes'}], 'Parameter [flag] has type Boolean'],
  ['a value outside the enum', [needed, {Name: 'name', Value: 'z'}], "'z', which is not in its enum values: [x, y]"],
  ['a parameter given twice', [needed, needed], 'more than once'],
  // aws/sagemaker-python-sdk issue 4016 quotes this sentence of the service.
  ['an empty string', [{Name: 'needed', Value: ''}], '[string "" is too short (length: 0, required minimum: 1)]'],
])('refuses to start with %s, and starts nothing', async (_name, PipelineParameters, message) => {
  const cloud = await withParameters()
  await expect(start(cloud, 'p', {PipelineParameters})).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  })
  const list = await cloud.sageMaker.send(new ListPipelineExecutionsCommand({PipelineName: 'p'}))
  expect(list.PipelineExecutionSummaries).toEqual([])
})

it('starts once for one ClientRequestToken', async () => {
  const cloud = await withParameters()
  const input = {PipelineParameters: [needed], ClientRequestToken: 't'.repeat(40)}
  expect(await start(cloud, 'p', input)).toBe(await start(cloud, 'p', input))
  expect(await start(cloud, 'p', {...input, ClientRequestToken: 'u'.repeat(40)})).not.toBe(
    await start(cloud, 'p', input),
  )
})

it('describes an execution and takes new names for it', async () => {
  const cloud = await withParameters()
  const names = {PipelineExecutionDisplayName: 'nightly', PipelineExecutionDescription: 'about'}
  const finished = await run(cloud, 'p', {PipelineParameters: [needed], ...names})
  const PipelineExecutionArn = finished.arn
  const describe = () => cloud.sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn}))
  expect(await describe()).toMatchObject({
    ...names,
    PipelineExecutionArn,
    PipelineArn: 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/p',
    PipelineExecutionStatus: 'Succeeded',
    PipelineVersionId: 1,
  })
  const renamed = {PipelineExecutionArn, PipelineExecutionDisplayName: 'daily'}
  await cloud.sageMaker.send(new UpdatePipelineExecutionCommand(renamed))
  expect(await describe()).toMatchObject({PipelineExecutionDisplayName: 'daily', PipelineExecutionDescription: 'about'})
})

it('describes the MLflow experiment that a start named', async () => {
  const cloud = await withParameters()
  const describe = (PipelineExecutionArn: string) =>
    cloud.sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn}))
  const named = await start(cloud, 'p', {PipelineParameters: [needed], MlflowExperimentName: 'churn 2026'})
  const plain = await start(cloud, 'p', {PipelineParameters: [needed]})
  expect((await describe(named)).MLflowConfig).toEqual({MlflowExperimentName: 'churn 2026'})
  expect((await describe(plain)).MLflowConfig).toBeUndefined()
})

it('gives the definition that an execution ran, also after an update', async () => {
  const cloud = localCloud()
  const old = pipeline([condition('old', [], {})])
  await putPipeline(cloud, 'p', old)
  const {arn} = await run(cloud, 'p')
  await putPipeline(cloud, 'p', pipeline([condition('new', [], {})]))
  const found = await cloud.sageMaker.send(
    new DescribePipelineDefinitionForExecutionCommand({PipelineExecutionArn: arn}),
  )
  expect(JSON.parse(found.PipelineDefinition ?? '')).toEqual(old)
  expect(found.CreationTime).toBeInstanceOf(Date)
})

it('lists executions newest first, between two times, page by page', async () => {
  let time = 1_000_000
  const cloud = localCloud({now: () => time})
  await putPipeline(cloud, 'p', pipeline([condition('c', [], {})]))
  const arns: string[] = []
  for (let count = 0; count < 5; count += 1) {
    arns.push((await run(cloud, 'p')).arn)
    time += 1000
  }
  const list = async (input: object) => {
    const page = await cloud.sageMaker.send(new ListPipelineExecutionsCommand({PipelineName: 'p', ...input}))
    return {
      arns: page.PipelineExecutionSummaries?.map(({PipelineExecutionArn}) => PipelineExecutionArn),
      next: page.NextToken,
    }
  }
  expect((await list({})).arns).toEqual([...arns].reverse())
  expect((await list({SortOrder: 'Ascending'})).arns).toEqual(arns)
  expect((await list({SortBy: 'PipelineExecutionArn', SortOrder: 'Ascending'})).arns).toEqual([...arns].sort())
  const between = {CreatedAfter: new Date(1_000_000), CreatedBefore: new Date(1_003_000), SortOrder: 'Ascending'}
  expect((await list(between)).arns).toEqual(arns.slice(1, 3))
  const first = await list({MaxResults: 2})
  const second = await list({MaxResults: 2, NextToken: first.next})
  const third = await list({MaxResults: 2, NextToken: second.next})
  expect([first, second, third].flatMap((page) => page.arns)).toEqual([...arns].reverse())
  expect(third.next).toBeUndefined()
})

it('keeps executions of the same millisecond in their order', async () => {
  const cloud = localCloud({now: () => 5_000})
  await putPipeline(cloud, 'p', pipeline([condition('c', [], {})]))
  const arns = [await start(cloud, 'p'), await start(cloud, 'p'), await start(cloud, 'p')]
  const found: (string | undefined)[] = []
  let NextToken: string | undefined
  do {
    const command = new ListPipelineExecutionsCommand({PipelineName: 'p', MaxResults: 1, NextToken})
    const page = await cloud.sageMaker.send(command)
    found.push(page.PipelineExecutionSummaries?.[0]?.PipelineExecutionArn)
    NextToken = page.NextToken
  } while (NextToken)
  expect(found).toEqual(arns.reverse())
})

it('lists steps newest first, page by page', async () => {
  const cloud = localCloud()
  const names = ['a', 'b', 'c', 'd', 'e']
  await putPipeline(
    cloud,
    'p',
    pipeline(names.map((name) => ({...condition(name, [], {}), DisplayName: `the ${name}`}))),
  )
  const {arn} = await run(cloud, 'p')
  const list = (input: object) =>
    cloud.sageMaker.send(new ListPipelineExecutionStepsCommand({PipelineExecutionArn: arn, ...input}))
  const all = (await list({})).PipelineExecutionSteps ?? []
  expect(all.map(({StepName}) => StepName)).toEqual([...names].reverse())
  expect(all[0]).toMatchObject({
    StepDisplayName: 'the e',
    StepStatus: 'Succeeded',
    Metadata: {Condition: {Outcome: 'True'}},
  })
  const first = await list({MaxResults: 2, SortOrder: 'Ascending'})
  const second = await list({MaxResults: 2, SortOrder: 'Ascending', NextToken: first.NextToken})
  expect(second.PipelineExecutionSteps?.map(({StepName}) => StepName)).toEqual(['c', 'd'])
})

const missing = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/p/execution/aaaaaaaaaaaa'

it.each([
  ['describe', new DescribePipelineExecutionCommand({PipelineExecutionArn: missing})],
  ['stop', new StopPipelineExecutionCommand({PipelineExecutionArn: missing})],
  ['update', new UpdatePipelineExecutionCommand({PipelineExecutionArn: missing})],
  ['list the steps of', new ListPipelineExecutionStepsCommand({PipelineExecutionArn: missing})],
  ['list the parameters of', new ListPipelineParametersForExecutionCommand({PipelineExecutionArn: missing})],
  ['give the definition of', new DescribePipelineDefinitionForExecutionCommand({PipelineExecutionArn: missing})],
])('answers ResourceNotFound when asked to %s an execution that does not exist', async (_name, command) => {
  const {sageMaker} = localCloud()
  await expect(sageMaker.send(command as DescribePipelineExecutionCommand)).rejects.toMatchObject({
    name: 'ResourceNotFound',
  })
})

it('answers ResourceNotFound for executions of a pipeline that does not exist', async () => {
  const {sageMaker} = localCloud()
  await expect(sageMaker.send(new StartPipelineExecutionCommand({PipelineName: 'none'}))).rejects.toMatchObject({
    name: 'ResourceNotFound',
  })
  await expect(sageMaker.send(new ListPipelineExecutionsCommand({PipelineName: 'none'}))).rejects.toMatchObject({
    name: 'ResourceNotFound',
  })
})

it('uses the parallelism of the pipeline unless the start brings its own', async () => {
  const cloud = localCloud()
  await putPipeline(cloud, 'p', pipeline([condition('c', [], {})]))
  const own = {MaxParallelExecutionSteps: 3}
  await cloud.sageMaker.send(new UpdatePipelineCommand({PipelineName: 'p', ParallelismConfiguration: own}))
  const describe = async (PipelineExecutionArn: string) =>
    (await cloud.sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn}))).ParallelismConfiguration
  expect(await describe(await start(cloud, 'p'))).toEqual(own)
  const given = {MaxParallelExecutionSteps: 1}
  expect(await describe(await start(cloud, 'p', {ParallelismConfiguration: given}))).toEqual(given)
})
