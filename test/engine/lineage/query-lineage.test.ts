// QueryLineage: direction, depth, filters, edges and pages, held to a plain breadth-first search over graphs of any shape.

import {
  DeleteAssociationCommand,
  QueryLineageCommand,
  type QueryLineageCommandInput,
  type QueryLineageCommandOutput,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import {resourceArn} from '../../../src/engine/store/arns.ts'
import {openDatabase} from '../../../src/engine/store/database.ts'
import {insertAssociation} from '../../../src/engine/store/lineage/associations.ts'
import {type EntityRow, insertEntity} from '../../../src/engine/store/lineage/entities.ts'
import {findPage} from '../../../src/engine/store/lineage/graph.ts'
import {fc, runs} from '../../support/properties.ts'
import {vertices} from '../support/lineage-client.ts'
import {type LocalCloud, localCloud} from '../support/local-cloud.ts'

type Pair = readonly [source: number, destination: number]

const arnAt = (at: number) => resourceArn('artifact', at.toString(16).padStart(32, '0'))
const indexOf = (arn: string | undefined) => Number.parseInt(arn?.split('/').at(-1) ?? '', 16)

/** An engine that knows these artifacts and associations, and nothing else; written in one go, as thousands have to be. */
function cloudWith(
  count: number,
  pairs: readonly Pair[],
  change: (at: number) => Partial<EntityRow> = () => ({}),
): LocalCloud {
  const cloud = localCloud()
  const db = openDatabase(cloud.stateDirectory)
  db.transaction(() => {
    for (let at = 0; at < count; at += 1) {
      insertEntity(db, {
        ...{arn: arnAt(at), kind: 'Artifact', name: null, type: 'DataSet', sourceUri: `s3://b/${at}`, described: '{}'},
        ...{createdAtMs: at * 1000, modifiedAtMs: at * 1000},
        ...change(at),
      })
    }
    for (const [source, destination] of pairs) {
      const ends = {sourceArn: arnAt(source), destinationArn: arnAt(destination)}
      insertAssociation(db, {...ends, type: 'ContributedTo', executionArn: '', createdAtMs: 0})
    }
  })
  db.close()
  return cloud
}

async function indices(
  client: SageMakerClient,
  input: Partial<QueryLineageCommandInput>,
  start = 0,
): Promise<number[]> {
  return (await vertices(client, {StartArns: [arnAt(start)], ...input})).map(({Arn}) => indexOf(Arn))
}

async function pagesOf(client: SageMakerClient, input: QueryLineageCommandInput): Promise<QueryLineageCommandOutput[]> {
  const pages: QueryLineageCommandOutput[] = []
  let NextToken: string | undefined
  do {
    const page: QueryLineageCommandOutput = await client.send(new QueryLineageCommand({...input, NextToken}))
    pages.push(page)
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return pages
}

describe('a line 0 -> 1 -> ... -> 11', () => {
  const line = Array.from({length: 11}, (_, at): Pair => [at, at + 1])

  it.each([
    ['Descendants', 3, [3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['Ascendants', 3, [3, 2, 1, 0]],
    ['Both', 3, [3, 2, 4, 1, 5, 0, 6, 7, 8, 9, 10, 11]],
    // "The maximum depth of relationships to discover is currently limited to 10."
    ['Descendants', 0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ] as const)('%s of %i are found, the nearest first', async (Direction, start, expected) => {
    const {sageMaker} = cloudWith(12, line)
    expect(await indices(sageMaker, {Direction}, start)).toEqual(expected)
  })

  it('is followed both ways where no direction is given, and no further than the depth', async () => {
    const {sageMaker} = cloudWith(12, line)
    expect(await indices(sageMaker, {MaxDepth: 1}, 3)).toEqual([3, 2, 4])
    expect(await indices(sageMaker, {MaxDepth: 0}, 3)).toEqual([3])
  })

  it('has edges when they are asked for', async () => {
    const {sageMaker} = cloudWith(12, line)
    const input: QueryLineageCommandInput = {StartArns: [arnAt(1)], Direction: 'Ascendants'}
    expect((await sageMaker.send(new QueryLineageCommand(input))).Edges).toEqual([])
    const {Edges} = await sageMaker.send(new QueryLineageCommand({...input, IncludeEdges: true}))
    expect(Edges).toEqual([{SourceArn: arnAt(0), DestinationArn: arnAt(1), AssociationType: 'ContributedTo'}])
  })
})

describe('filters', () => {
  // 0 data, 1 job, 2 model, 3 action, 4 context, 5 a job beside them that used the same data.
  const kinds: readonly Partial<EntityRow>[] = [
    {described: JSON.stringify({Properties: {team: 'ml', stage: 'raw'}})},
    {kind: 'TrialComponent', type: 'SageMakerTrainingJob', name: 'job'},
    {type: 'Model', described: JSON.stringify({Properties: {team: 'risk'}})},
    {kind: 'Action', type: 'ModelDeployment', name: 'deploy'},
    {kind: 'Context', type: 'Endpoint', name: 'live'},
    {kind: 'TrialComponent', type: 'SageMakerProcessingJob', name: 'other'},
  ]
  const pairs: Pair[] = [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [0, 5],
  ]
  const graph = () => cloudWith(kinds.length, pairs, (at) => kinds[at] ?? {}).sageMaker
  const at = (second: number) => new Date(second * 1000)

  it.each([
    [{Types: ['Endpoint', 'Model']}, [2, 4]],
    [{Types: ['TrainingJob']}, [1]],
    [{LineageTypes: ['TrialComponent']}, [1, 5]],
    [{LineageTypes: ['Artifact'], Types: ['DataSet']}, [0]],
    [{Properties: {team: 'ml'}}, [0]],
    // "If multiple pairs are provided, an entity is included in the results if it matches any of the provided pairs."
    [{Properties: {team: 'risk', stage: 'raw'}}, [0, 2]],
    [{Properties: {team: 'raw'}}, []],
    [{CreatedAfter: at(2)}, [5, 3, 4]],
    [{CreatedBefore: at(1)}, [0]],
    [{ModifiedAfter: at(3), ModifiedBefore: at(5)}, [4]],
    [{Types: [], LineageTypes: [], Properties: {}}, [0, 1, 5, 2, 3, 4]],
  ] as const)('%j let through %j', async (Filters, expected) => {
    const input = {Direction: 'Descendants', Filters} as unknown as Partial<QueryLineageCommandInput>
    expect(await indices(graph(), input)).toEqual(expected)
  })

  it('leave what lies on the way, once edges are asked for', async () => {
    const input: QueryLineageCommandInput = {
      StartArns: [arnAt(0)],
      Direction: 'Descendants',
      IncludeEdges: true,
      Filters: {Types: ['Model']},
    }
    const {Vertices, Edges} = await graph().send(new QueryLineageCommand(input))
    expect(Vertices?.map(({Arn}) => indexOf(Arn))).toEqual([0, 1, 2])
    expect(Edges?.map(({SourceArn, DestinationArn}) => [indexOf(SourceArn), indexOf(DestinationArn)])).toEqual([
      [0, 1],
      [1, 2],
    ])
  })

  it('apply to everything there is where nothing is given to start from', async () => {
    const found = await vertices(graph(), {Filters: {LineageTypes: ['Action', 'Context']}})
    expect(found).toEqual([
      {Arn: arnAt(3), Type: 'ModelDeployment', LineageType: 'Action'},
      {Arn: arnAt(4), Type: 'Endpoint', LineageType: 'Context'},
    ])
  })
})

describe('cycles', () => {
  it.each([
    ['an association with itself', 1, [[0, 0]], [0]],
    [
      'two that need each other',
      2,
      [
        [0, 1],
        [1, 0],
      ],
      [0, 1],
    ],
    [
      'a ring with a tail',
      5,
      [
        [0, 1],
        [1, 2],
        [2, 0],
        [2, 3],
        [3, 4],
        [4, 3],
      ],
      [0, 1, 2, 3, 4],
    ],
  ] as const)('of %s end', async (_name, count, pairs, expected) => {
    const {sageMaker} = cloudWith(count, pairs)
    expect(await indices(sageMaker, {Direction: 'Descendants'})).toEqual(expected)
    const pages = await pagesOf(sageMaker, {StartArns: [arnAt(0)], IncludeEdges: true, MaxResults: 1})
    expect(pages.flatMap(({Edges = []}) => Edges)).toHaveLength(pairs.length)
  })
})

/** Distance of everything within reach, by a plain search. */
function search(pairs: readonly Pair[], start: number, direction: string, depth: number): Map<number, number> {
  const found = new Map([[start, 0]])
  let rim = [start]
  for (let at = 1; at <= depth; at += 1) {
    const next = rim.flatMap((one) =>
      pairs.flatMap(([source, destination]) => [
        ...(direction !== 'Ascendants' && source === one ? [destination] : []),
        ...(direction !== 'Descendants' && destination === one ? [source] : []),
      ]),
    )
    rim = [...new Set(next)].filter((one) => !found.has(one))
    for (const one of rim) found.set(one, at)
  }
  return found
}

it('finds what a plain search finds, each vertex and each edge on one page, whatever the graph', async () => {
  const graph = fc.integer({min: 1, max: 25}).chain((count) =>
    fc.record({
      count: fc.constant(count),
      pairs: fc.uniqueArray(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), {maxLength: 60, selector: String}),
      start: fc.nat(count - 1),
      depth: fc.integer({min: 0, max: 10}),
      size: fc.integer({min: 1, max: 7}),
      direction: fc.constantFrom('Both', 'Ascendants', 'Descendants'),
    }),
  )
  await fc.assert(
    fc.asyncProperty(graph, async ({count, pairs, start, depth, size, direction}) => {
      const {sageMaker} = cloudWith(count, pairs)
      const pages = await pagesOf(sageMaker, {
        StartArns: [arnAt(start)],
        Direction: direction,
        MaxDepth: depth,
        MaxResults: size,
        IncludeEdges: true,
      })
      const expected = search(pairs, start, direction, depth)
      const found = pages.flatMap(({Vertices = []}) => Vertices.map(({Arn}) => indexOf(Arn)))
      expect(found.toSorted((a, b) => a - b)).toEqual([...expected.keys()].toSorted((a, b) => a - b))
      expect(found.map((one) => expected.get(one))).toEqual([...expected.values()].toSorted((a, b) => a - b))
      for (const page of pages.slice(0, -1)) expect(page.Vertices).toHaveLength(size)

      const edges = pages.flatMap(({Edges = []}) =>
        Edges.map((edge) => [indexOf(edge.SourceArn), indexOf(edge.DestinationArn)]),
      )
      const between = pairs.filter(([source, destination]) => expected.has(source) && expected.has(destination))
      expect(edges.map(String).sort()).toEqual(between.map(String).sort())
      // No edge comes before its ends.
      const known = new Set<number>()
      for (const {Vertices = [], Edges = []} of pages) {
        for (const {Arn} of Vertices) known.add(indexOf(Arn))
        for (const {SourceArn, DestinationArn} of Edges) {
          expect(known.has(indexOf(SourceArn)) && known.has(indexOf(DestinationArn))).toBe(true)
        }
      }
    }),
    {numRuns: runs(60)},
  )
})

it('answers the next page from what is there now', async () => {
  const cloud = cloudWith(6, [
    [0, 1],
    [0, 2],
    [0, 3],
  ])
  const {sageMaker} = cloud
  const input: QueryLineageCommandInput = {StartArns: [arnAt(0)], Direction: 'Descendants', MaxResults: 2}
  const first = await sageMaker.send(new QueryLineageCommand(input))
  expect(first.Vertices?.map(({Arn}) => indexOf(Arn))).toEqual([0, 1])

  // By another connection, and by this one.
  const db = openDatabase(cloud.stateDirectory)
  const ends = {sourceArn: arnAt(0), destinationArn: arnAt(4)}
  insertAssociation(db, {...ends, type: 'Produced', executionArn: '', createdAtMs: 0})
  db.close()
  await sageMaker.send(new DeleteAssociationCommand({SourceArn: arnAt(0), DestinationArn: arnAt(2)}))
  const second = await sageMaker.send(new QueryLineageCommand({...input, NextToken: first.NextToken}))
  expect(second.Vertices?.map(({Arn}) => indexOf(Arn))).toEqual([3, 4])
  expect(second.NextToken).toBeUndefined()
})

describe('10,000 artifacts', () => {
  const count = 10_000

  it('in a fan are paged to the end', async () => {
    const {sageMaker} = cloudWith(
      count,
      Array.from({length: count - 1}, (_, at): Pair => [0, at + 1]),
    )
    const found = await indices(sageMaker, {Direction: 'Descendants', MaxResults: 50})
    expect(found).toHaveLength(count)
    expect(new Set(found).size).toBe(count)
  })

  it('in a chain are followed to the end, ten at a time', () => {
    const {stateDirectory} = cloudWith(
      count,
      Array.from({length: count - 1}, (_, at): Pair => [at, at + 1]),
    )
    const db = openDatabase(stateDirectory)
    const query = {direction: 'Descendants', maxDepth: 10, filter: {}, withPaths: false} as const
    const page = {after: undefined, size: 50, withEdges: false}
    const seen = [0]
    for (let start = 0; start < count - 1; start = seen.at(-1) ?? count) {
      const found = findPage(db, {...query, startArn: arnAt(start)}, page).vertices.map(({arn}) => indexOf(arn))
      expect(found[0]).toBe(start)
      seen.push(...found.slice(1))
    }
    db.close()
    expect(seen).toEqual(Array.from({length: count}, (_, at) => at))
  })
})

describe('what is refused', () => {
  const query = (input: object) => localCloud().sageMaker.send(new QueryLineageCommand(input))

  it.each([
    [{StartArns: [arnAt(7)]}, 'ResourceNotFound', /does not exist/],
    // A package's ARN is none of lineage: first its artifact is looked for.
    [
      {StartArns: ['arn:aws:sagemaker:us-east-1:000000000000:model-package/g/1']},
      'ValidationException',
      /startArns\.1\.member/,
    ],
    [{StartArns: [arnAt(1), arnAt(2)]}, 'ValidationException', /length less than or equal to 1/],
    [{MaxDepth: 11}, 'ValidationException', /'maxDepth' .* less than or equal to 10/],
    [{MaxResults: 51}, 'ValidationException', /'maxResults' .* less than or equal to 50/],
    [{Direction: 'Up'}, 'ValidationException', /enum value set: \[Both, Ascendants, Descendants\]/],
    [{Filters: {Types: ['a', 'b', 'c', 'd', 'e', 'f']}}, 'ValidationException', /'filters.types' .* equal to 5/],
    [{Filters: {LineageTypes: ['Trial']}}, 'ValidationException', /TrialComponent, Artifact, Context, Action/],
    [{Filters: {Properties: {a: '1', b: '1', c: '1', d: '1', e: '1', f: '1'}}}, 'ValidationException', /equal to 5/],
    [{Filters: {Properties: {a: 'x'.repeat(257)}}}, 'ValidationException', /Map value must satisfy constraint/],
    [{NextToken: 'nonsense'}, 'ValidationException', /NextToken is not valid/],
  ])('%j', async (input, name, message) => {
    await expect(query(input)).rejects.toMatchObject({name, message: expect.stringMatching(message)})
  })
})
