// What is told of objects (Amazon S3 User Guide, "EventBridge event message structure").

import {createHash} from 'node:crypto'
import {PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import {expect, it} from 'vitest'
import type {JsonObject} from '../../../src/definition/json.ts'
import {objectAt, textAt} from '../../../src/definition/json-members.ts'
import {pipeline, shell} from '../support/definitions.ts'
import {eventClients, pipelineArn, triggerRoleArn} from '../support/event-clients.ts'
import {type LocalCloud, localCloud, putPipeline, run} from '../support/local-cloud.ts'

type Told = {readonly [field: string]: unknown; readonly detail: JsonObject}

/** An engine with a rule for all that S3 tells, and what comes to its target. */
async function listening() {
  const cloud = localCloud()
  const {events} = eventClients(cloud.engine)
  await events.send(new PutRuleCommand({Name: 'all', EventPattern: JSON.stringify({source: ['aws.s3']})}))
  const Targets = [{Id: 'one', Arn: pipelineArn, RoleArn: triggerRoleArn}]
  await events.send(new PutTargetsCommand({Rule: 'all', Targets}))
  const told: Told[] = []
  const serve = () =>
    cloud.engine.serveBus({
      deliver(row) {
        told.push(JSON.parse(row.event))
        return {kind: 'started', executionArn: 'none', isNew: false}
      },
    })
  return {...cloud, told, serve}
}

async function switchOn({s3}: LocalCloud, Bucket = 'data'): Promise<void> {
  const NotificationConfiguration = {EventBridgeConfiguration: {}}
  await s3.send(new PutBucketNotificationConfigurationCommand({Bucket, NotificationConfiguration}))
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const put = ({s3}: LocalCloud, Key: string, Body = 'a,b\n', Bucket = 'data') =>
  s3.send(new PutObjectCommand({Bucket, Key, Body}))

it('tells of every way in which an object comes into being, once it is there', async () => {
  const cloud = await listening()
  cloud.serve()
  await switchOn(cloud)
  await put(cloud, 'in/new file+ü.csv')
  await cloud.s3.send(
    new CopyObjectCommand({Bucket: 'data', Key: 'copy.csv', CopySource: 'data/in/new%20file%2B%C3%BC.csv'}),
  )
  const upload = {Bucket: 'data', Key: 'large.csv'}
  const {UploadId} = await cloud.s3.send(new CreateMultipartUploadCommand(upload))
  const {ETag} = await cloud.s3.send(new UploadPartCommand({...upload, UploadId, PartNumber: 1, Body: 'part'}))
  const MultipartUpload = {Parts: [{PartNumber: 1, ETag}]}
  await cloud.s3.send(new CompleteMultipartUploadCommand({...upload, UploadId, MultipartUpload}))
  await cloud.engine.idle()

  expect(cloud.told[0]).toEqual({
    version: '0',
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '000000000000',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: 'us-east-1',
    resources: ['arn:aws:s3:::data'],
    detail: {
      version: '0',
      bucket: {name: 'data'},
      object: {key: 'in/new file+ü.csv', size: 4, etag: md5('a,b\n'), sequencer: expect.stringMatching(/^[\dA-F]+$/)},
      'request-id': expect.stringMatching(/^[\dA-Z]{16}$/),
      requester: '000000000000',
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  })
  expect(cloud.told.slice(1).map(({detail}) => detail)).toMatchObject([
    {object: {key: 'copy.csv', etag: md5('a,b\n')}, reason: 'CopyObject'},
    {object: {key: 'large.csv', size: 4, etag: expect.stringMatching(/-1$/)}, reason: 'CompleteMultipartUpload'},
  ])
})

it('tells of what is removed, later ones with a larger sequencer', async () => {
  const cloud = await listening()
  cloud.serve()
  await switchOn(cloud)
  await put(cloud, 'a')
  await cloud.s3.send(new DeleteObjectsCommand({Bucket: 'data', Delete: {Objects: [{Key: 'a'}, {Key: 'never there'}]}}))
  await cloud.engine.idle()
  const [created, ...removed] = cloud.told
  expect(removed).toMatchObject([
    {
      'detail-type': 'Object Deleted',
      detail: {object: {key: 'a'}, reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted'},
    },
  ])
  const sequencers = [created, ...removed].map((event) => textAt(objectAt(event?.detail, 'object'), 'sequencer'))
  expect(sequencers).toEqual([...sequencers].sort())
  expect(new Set(sequencers).size).toBe(2)
})

it('tells of what a job writes, with its ETag', async () => {
  const cloud = await listening()
  cloud.serve()
  await switchOn(cloud, 'results')
  await putPipeline(
    cloud,
    'writes',
    pipeline([shell('write', 'echo hi > /opt/ml/processing/output/out/a.txt', {outputs: {out: 's3://results/x'}})]),
  )
  const {status} = await run(cloud, 'writes')
  expect(status).toBe('Succeeded')
  expect(cloud.told.filter(({source}) => source === 'aws.s3').map(({detail}) => detail)).toMatchObject([
    {bucket: {name: 'results'}, object: {key: 'x/a.txt', size: 3, etag: md5('hi\n')}, reason: 'PutObject'},
  ])
})

it('tells of what another process puts, while one serves', async () => {
  const cloud = await listening()
  cloud.serve()
  await switchOn(cloud)
  const other = localCloud({stateDirectory: cloud.stateDirectory})
  await put(other, 'from-elsewhere')
  await cloud.engine.idle()
  expect(cloud.told).toMatchObject([{detail: {object: {key: 'from-elsewhere'}}}])
})

it.each([
  ['a bucket that does not send its events', true, async () => undefined],
  ['a bucket while nobody serves', false, switchOn],
])('tells nothing of %s', async (_name, isServed, prepare) => {
  const cloud = await listening()
  if (isServed) cloud.serve()
  await prepare(cloud)
  await put(cloud, 'quiet')
  cloud.serve()
  await cloud.engine.idle()
  expect(cloud.told).toEqual([])
})

it('tells nothing of an object that did not come to its place', async () => {
  const cloud = await listening()
  cloud.serve()
  await switchOn(cloud)
  await put(cloud, 'a', 'first')
  const refused = cloud.s3.send(new PutObjectCommand({Bucket: 'data', Key: 'a', Body: 'second', IfNoneMatch: '*'}))
  await expect(refused).rejects.toThrow()
  await cloud.engine.idle()
  expect(cloud.told).toHaveLength(1)
})
