// The lineage port against the engine's own API: pages, the depth of ten, cycles, what was deleted, and an end where there is too much.

import {
  AddAssociationCommand,
  CreateArtifactCommand,
  DeleteArtifactCommand,
  QueryLineageCommand,
} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import {lineagePort} from '../../../src/cloud/sagemaker/lineage.ts'
import {type LocalCloud, localCloud} from '../../engine/support/local-cloud.ts'

async function artifact({sageMaker}: LocalCloud, uri: string): Promise<string> {
  const command = new CreateArtifactCommand({ArtifactType: 'DataSet', Source: {SourceUri: uri}})
  return (await sageMaker.send(command)).ArtifactArn ?? ''
}

async function associate({sageMaker}: LocalCloud, from: string, to: string): Promise<void> {
  const ends = {SourceArn: from, DestinationArn: to, AssociationType: 'ContributedTo' as const}
  await sageMaker.send(new AddAssociationCommand(ends))
}

async function chain(cloud: LocalCloud, length: number): Promise<string[]> {
  const arns: string[] = []
  for (let index = 0; index < length; index += 1) arns.push(await artifact(cloud, `s3://b/chain/${index}`))
  for (const [index, arn] of arns.entries()) {
    const next = arns[index + 1]
    if (next !== undefined) await associate(cloud, arn, next)
  }
  return arns
}

describe('a question to lineage', () => {
  it('goes on from the rim, where SageMaker answers ten deep', async () => {
    const cloud = localCloud()
    const arns = await chain(cloud, 26)
    const first = arns[0] ?? ''
    const once = await cloud.sageMaker.send(
      new QueryLineageCommand({StartArns: [first], Direction: 'Descendants', MaxDepth: 10, MaxResults: 50}),
    )
    expect(once.Vertices?.length).toBeLessThan(25)

    const found = await lineagePort(cloud.sageMaker).query(first, 'descendants', 1000)
    expect(found.isCut).toBe(false)
    expect(found.vertices.map(({arn}) => arn).sort()).toEqual(arns.slice(1).sort())
    expect(found.edges).toHaveLength(25)
    const back = await lineagePort(cloud.sageMaker).query(arns.at(-1) ?? '', 'ascendants', 1000)
    expect(back.vertices.map(({arn}) => arn).sort()).toEqual(arns.slice(0, -1).sort())
  })

  it('ends in a cycle', async () => {
    const cloud = localCloud()
    const arns = await chain(cloud, 23)
    await associate(cloud, arns.at(-1) ?? '', arns[0] ?? '')
    const found = await lineagePort(cloud.sageMaker).query(arns[0] ?? '', 'descendants', 1000)
    expect(found.isCut).toBe(false)
    expect(found.vertices.map(({arn}) => arn).sort()).toEqual(arns.slice(1).sort())
  })

  it('takes all pages of what is near, and ends where there is more than was asked for', async () => {
    const cloud = localCloud()
    const hub = await artifact(cloud, 's3://b/hub')
    const leaves = []
    for (let index = 0; index < 120; index += 1) leaves.push(await artifact(cloud, `s3://b/leaf/${index}`))
    for (const leaf of leaves) await associate(cloud, hub, leaf)
    const port = lineagePort(cloud.sageMaker)
    const all = await port.query(hub, 'descendants', 1000)
    expect(all.vertices.map(({arn}) => arn).sort()).toEqual(leaves.sort())
    expect(all.isCut).toBe(false)
    const some = await port.query(hub, 'descendants', 70)
    expect(some.vertices).toHaveLength(70)
    expect(some.isCut).toBe(true)
  })
})

describe('an entity', () => {
  it('is found by what it stands for, and is undefined when it was deleted', async () => {
    const cloud = localCloud()
    const port = lineagePort(cloud.sageMaker)
    const arn = await artifact(cloud, 's3://b/data.csv')
    expect(await port.artifacts('s3://b/data.csv')).toMatchObject([
      {arn, sourceUri: 's3://b/data.csv', type: 'DataSet'},
    ])
    expect(await port.entity(arn)).toEqual({arn, sourceUri: 's3://b/data.csv', type: 'DataSet'})
    await cloud.sageMaker.send(new DeleteArtifactCommand({ArtifactArn: arn}))
    expect(await port.artifacts('s3://b/data.csv')).toEqual([])
    expect(await port.entity(arn)).toBeUndefined()
    const gone = arn.replace(/artifact\/.*/, 'artifact/00000000000000000000000000000000')
    expect(await port.entity(gone)).toBeUndefined()
  })
})
