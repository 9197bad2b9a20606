// What the lists say when they are asked for nothing in particular: each order and page size as the API reference gives it for
// SortBy, SortOrder and MaxResults of that operation. And what all pages have alike.

import {
  ListEndpointConfigsCommand,
  ListEndpointsCommand,
  ListHyperParameterTuningJobsCommand,
  ListInferenceComponentsCommand,
  ListModelsCommand,
  ListProcessingJobsCommand,
  ListTrainingJobsCommand,
  ListTrainingJobsForHyperParameterTuningJobCommand,
  ListTransformJobsCommand,
} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import {resourceArn} from '../../../src/engine/store/arns.ts'
import {type Db, openDatabase} from '../../../src/engine/store/database.ts'
import {insertJob} from '../../../src/engine/store/jobs.ts'
import {insertModel} from '../../../src/engine/store/models.ts'
import {saveResource} from '../../../src/engine/store/resources.ts'
import {type LocalCloud, localCloud} from '../support/local-cloud.ts'

const count = 12
const firstMs = 1_700_000_000_000
const timeOf = (index: number) => firstMs + index * 1000
/** By name the first made comes last. */
const names = Array.from({length: count}, (_, index) => `thing-${String.fromCharCode(97 + count - 1 - index)}`)
const tuningArn = resourceArn('hyper-parameter-tuning-job', 'thing-a')

const jobTypes = {
  Processing: 'processing-job',
  Training: 'training-job',
  Transform: 'transform-job',
  Tuning: 'hyper-parameter-tuning-job',
} as const

/** Twelve of everything, a second apart. */
function withTwelve(): LocalCloud {
  const cloud = localCloud()
  const db = openDatabase(cloud.stateDirectory)
  db.transaction(() => {
    for (const [index, name] of names.entries()) makeOneOfEach(db, name, timeOf(index))
  })
  db.close()
  return cloud
}

function makeOneOfEach(db: Db, name: string, createdAtMs: number): void {
  for (const [kind, type] of Object.entries(jobTypes) as [keyof typeof jobTypes, 'training-job'][]) {
    const parent = kind === 'Training' ? {parentArn: tuningArn} : {}
    const job = {arn: resourceArn(type, name), kind, name, request: {}, executionArn: '', stepName: '', createdAtMs}
    insertJob(db, {...job, ...parent})
  }
  insertModel(db, {arn: resourceArn('model', name), name, createdAtMs}, {})
  makeResource(db, 'EndpointConfig', name, createdAtMs, {})
  const EndpointStatus = statuses[names.indexOf(name) % statuses.length] ?? ''
  makeResource(db, 'Endpoint', name, createdAtMs, {EndpointStatus})
  makeResource(db, 'InferenceComponent', name, createdAtMs, {InferenceComponentStatus: 'InService'})
}

const statuses = ['Updating', 'InService', 'Failed']
const resourceTypes = {
  Endpoint: 'endpoint',
  EndpointConfig: 'endpoint-config',
  InferenceComponent: 'inference-component',
} as const

function makeResource(
  db: Db,
  kind: keyof typeof resourceTypes,
  name: string,
  createdAtMs: number,
  described: JsonObject,
): void {
  saveResource(db, {
    ...{arn: resourceArn(resourceTypes[kind], name), kind, name, request: '{}', described: JSON.stringify(described)},
    ...{executionArn: '', createdAtMs, modifiedAtMs: createdAtMs},
  })
}

type Ask = (cloud: LocalCloud, input: object) => Promise<object>

const lists: Readonly<Record<string, Ask>> = {
  ListProcessingJobs: (cloud, input) => cloud.sageMaker.send(new ListProcessingJobsCommand(input)),
  ListTrainingJobs: (cloud, input) => cloud.sageMaker.send(new ListTrainingJobsCommand(input)),
  ListTransformJobs: (cloud, input) => cloud.sageMaker.send(new ListTransformJobsCommand(input)),
  ListHyperParameterTuningJobs: (cloud, input) => cloud.sageMaker.send(new ListHyperParameterTuningJobsCommand(input)),
  ListTrainingJobsForHyperParameterTuningJob: (cloud, input) =>
    cloud.sageMaker.send(
      new ListTrainingJobsForHyperParameterTuningJobCommand({HyperParameterTuningJobName: 'thing-a', ...input}),
    ),
  ListModels: (cloud, input) => cloud.sageMaker.send(new ListModelsCommand(input)),
  ListEndpointConfigs: (cloud, input) => cloud.sageMaker.send(new ListEndpointConfigsCommand(input)),
  ListEndpoints: (cloud, input) => cloud.sageMaker.send(new ListEndpointsCommand(input)),
  ListInferenceComponents: (cloud, input) => cloud.sageMaker.send(new ListInferenceComponentsCommand(input)),
}

type Page = {readonly names: readonly string[]; readonly NextToken: string | undefined}

async function pageOf(operation: string, cloud: LocalCloud, input: object = {}): Promise<Page> {
  const page = Object.entries((await lists[operation]?.(cloud, input)) ?? {})
  const summaries: object[] = page.map(([, value]) => value).find(Array.isArray) ?? []
  const found = summaries.map((summary) => Object.entries(summary).find(([member]) => member.endsWith('Name'))?.[1])
  return {names: found.map(String), NextToken: page.find(([member]) => member === 'NextToken')?.[1]}
}

const oldestFirst = names
const newestFirst = names.toReversed()
const byName = names.toSorted()

describe('asked for nothing in particular', () => {
  it.each([
    ['ListProcessingJobs', oldestFirst, count],
    ['ListTrainingJobs', oldestFirst, count],
    ['ListTransformJobs', newestFirst, 10],
    ['ListHyperParameterTuningJobs', byName, 10],
    ['ListTrainingJobsForHyperParameterTuningJob', byName, 10],
    ['ListModels', newestFirst, count],
    ['ListEndpointConfigs', newestFirst, count],
    ['ListEndpoints', newestFirst, 10],
    ['ListInferenceComponents', newestFirst, 10],
  ])('%s has its own order and page', async (operation, expected, size) => {
    const cloud = withTwelve()
    const first = await pageOf(operation, cloud)
    expect(first.names).toEqual(expected.slice(0, size))
    expect(first.NextToken === undefined).toBe(size === count)
    if (first.NextToken === undefined) return
    const second = await pageOf(operation, cloud, {NextToken: first.NextToken})
    expect(second).toEqual({names: expected.slice(size), NextToken: undefined})
  })
})

it.each([
  ['Ascending', ['Failed', 'InService', 'Updating']],
  ['Descending', ['Updating', 'InService', 'Failed']],
] as const)('lists endpoints by status, %s, over pages', async (SortOrder, order) => {
  const cloud = withTwelve()
  const found: string[] = []
  let NextToken: string | undefined
  do {
    const input = {SortBy: 'Status' as const, SortOrder, MaxResults: 3, NextToken}
    const page = await cloud.sageMaker.send(new ListEndpointsCommand(input))
    found.push(...(page.Endpoints?.map(({EndpointStatus = ''}) => EndpointStatus) ?? []))
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  expect(found).toEqual(order.flatMap((status) => [status, status, status, status]))
})

// CreationTimeAfter of each operation: some say "greater than or equal to", the others "after".
it.each([
  ['ListEndpoints', 2],
  ['ListEndpointConfigs', 2],
  ['ListModels', 2],
  ['ListInferenceComponents', 1],
  ['ListTrainingJobs', 1],
])('%s lists %i things since the time of the last but one', async (operation, wanted) => {
  const CreationTimeAfter = new Date(timeOf(count - 2))
  const {names: found} = await pageOf(operation, withTwelve(), {CreationTimeAfter})
  expect(found).toHaveLength(wanted)
})

describe('a token', () => {
  const operations = Object.keys(lists).filter((name) => name !== 'ListTrainingJobsForHyperParameterTuningJob')

  it('is taken by no list but its own', async () => {
    const cloud = withTwelve()
    for (const operation of operations) {
      const {NextToken} = await pageOf(operation, cloud, {MaxResults: 1})
      for (const other of operations) {
        const answer = pageOf(other, cloud, {MaxResults: 1, NextToken})
        if (other === operation) expect((await answer).names).toHaveLength(1)
        else await expect(answer).rejects.toMatchObject({name: 'ValidationException'})
      }
    }
  })

  it.each([
    [{SortOrder: 'Ascending'}],
    [{SortBy: 'Name'}],
    [{NameContains: 'thing'}],
    [{CreationTimeAfter: new Date(firstMs)}],
  ])('is taken by its own list not with %j, which it was not made for', async (changed) => {
    const cloud = withTwelve()
    const asked = {SortOrder: 'Descending', SortBy: 'CreationTime'}
    const {NextToken} = await pageOf('ListModels', cloud, {...asked, MaxResults: 2})
    await expect(pageOf('ListModels', cloud, {...asked, ...changed, NextToken})).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The provided NextToken is not valid.',
    })
    expect((await pageOf('ListModels', cloud, {...asked, NextToken})).names).toEqual(newestFirst.slice(2))
  })
})
