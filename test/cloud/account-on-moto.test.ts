// The adapters that doctor asks, over the wire, against a service that is not ours: IAM, STS and ECR of moto.

import {BatchGetImageCommand, CreateRepositoryCommand, ECRClient, PutImageCommand} from '@aws-sdk/client-ecr'
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam'
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import type {Cloud} from '../../src/cloud/ports.ts'
import {hasMoto, type MotoServer, motoAccount, startMoto} from '../support/moto-server.ts'

const trust = {
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Principal: {Service: 'sagemaker.amazonaws.com'}, Action: 'sts:AssumeRole'}],
}

describe.skipIf(!hasMoto())('an account of moto', () => {
  let moto: MotoServer
  let cloud: Cloud

  beforeAll(async () => {
    moto = await startMoto()
    for (const [name, value] of Object.entries(moto.env)) vi.stubEnv(name, value)
    cloud = await connectCloud({region: 'us-east-1', hasOwnEndpoint: true, version: '0'})
  })

  afterAll(async () => {
    vi.unstubAllEnvs()
    await moto?.stop()
  })

  it('tells the caller', async () => {
    expect(await cloud.identity.caller()).toMatchObject({account: motoAccount})
  })

  it('finds a role by its name and by its ARN with a path, and reads its trust policy', async () => {
    const iam = new IAMClient({region: 'us-east-1'})
    const command = new CreateRoleCommand({
      RoleName: 'Trainer',
      Path: '/service-role/',
      AssumeRolePolicyDocument: JSON.stringify(trust),
    })
    await iam.send(command)
    const arn = `arn:aws:iam::${motoAccount}:role/service-role/Trainer`
    expect(await cloud.access.role('Trainer')).toEqual({name: 'Trainer', arn, trust, tags: {}})
    expect(await cloud.access.role(arn)).toEqual({name: 'Trainer', arn, trust, tags: {}})
  })

  it('a role that is not there is undefined', async () => {
    expect(await cloud.access.role('Nobody')).toBeUndefined()
  })

  it('tells an image that is there from a tag and a repository that are not', async () => {
    const ecr = new ECRClient({region: 'us-east-1'})
    await ecr.send(new CreateRepositoryCommand({repositoryName: 'own/image'}))
    const manifest = {
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        size: 1,
        digest: `sha256:${'a'.repeat(64)}`,
      },
      layers: [],
    }
    await ecr.send(
      new PutImageCommand({repositoryName: 'own/image', imageManifest: JSON.stringify(manifest), imageTag: '1'}),
    )
    const registry = `${motoAccount}.dkr.ecr.us-east-1.amazonaws.com`
    const {images} = await ecr.send(
      new BatchGetImageCommand({repositoryName: 'own/image', imageIds: [{imageTag: '1'}]}),
    )
    const digest = images?.[0]?.imageId?.imageDigest
    expect(await cloud.images.find(`${registry}/own/image:1`)).toBe('found')
    expect(await cloud.images.find(`${registry}/own/image@${digest}`)).toBe('found')
    expect(await cloud.images.find(`${registry}/own/image:2`)).toBe('missing')
    expect(await cloud.images.find(`${registry}/own/image`)).toBe('missing')
    expect(await cloud.images.find(`${registry}/other:1`)).toBe('missing')
  })

  it('what it does not serve is an error of the service', async () => {
    await expect(cloud.quotas.sageMaker()).rejects.toMatchObject({
      who: 'service',
      operation: 'ListAWSDefaultServiceQuotas',
    })
  })
})
