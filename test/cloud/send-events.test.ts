// A bucket's events are switched on beside whatever its notification configuration holds already.

import {
  CreateBucketCommand,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import {expect, it} from 'vitest'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import {requestHandler} from '../../src/engine/wire/request-handler.ts'
import {localCloud} from '../engine/support/local-cloud.ts'
import {cannedCloud} from '../support/canned-cloud.ts'

async function open() {
  const {engine, s3} = localCloud()
  const {buckets} = await connectCloud({region: 'us-east-1', requestHandler: requestHandler(engine)})
  return {buckets, s3}
}

async function notificationsOf(s3: S3Client, Bucket: string) {
  const {$metadata: _, ...configuration} = await s3.send(new GetBucketNotificationConfigurationCommand({Bucket}))
  return configuration
}

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:111122223333:${resource}`

/** What somebody else has configured: every kind, every filter. */
const theirs: NotificationConfiguration = {
  QueueConfigurations: [
    {
      Id: 'all-csv',
      QueueArn: arn('sqs', 'q'),
      Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:Delete'],
      Filter: {
        Key: {
          FilterRules: [
            {Name: 'prefix', Value: 'in/a&b <x>/'},
            {Name: 'suffix', Value: '.csv'},
          ],
        },
      },
    },
    {Id: 'second', QueueArn: arn('sqs', 'q2'), Events: ['s3:ObjectRestore:Completed']},
  ],
  TopicConfigurations: [{Id: 'lost', TopicArn: arn('sns', 't'), Events: ['s3:ReducedRedundancyLostObject']}],
  LambdaFunctionConfigurations: [
    {
      Id: 'thumb',
      LambdaFunctionArn: arn('lambda', 'function:f'),
      Events: ['s3:ObjectCreated:Put'],
      Filter: {Key: {FilterRules: [{Name: 'suffix', Value: '.png'}]}},
    },
  ],
}

it('everything that was there is there after', async () => {
  const {buckets, s3} = await open()
  await s3.send(new CreateBucketCommand({Bucket: 'lake'}))
  const command = new PutBucketNotificationConfigurationCommand({Bucket: 'lake', NotificationConfiguration: theirs})
  await s3.send(command)
  expect(await buckets.sendsEvents('lake')).toBe(false)
  await buckets.sendEvents('lake')
  expect(await notificationsOf(s3, 'lake')).toEqual({...theirs, EventBridgeConfiguration: {}})
  expect(await buckets.sendsEvents('lake')).toBe(true)
})

it('of a bucket on `local` that comes into being with its first object', async () => {
  const {buckets, s3} = await open()
  expect(await buckets.sendsEvents('new')).toBe(false)
  await buckets.sendEvents('new')
  expect(await buckets.sendsEvents('new')).toBe(true)
  expect(await notificationsOf(s3, 'new')).toEqual({EventBridgeConfiguration: {}})
})

const configuration = (inner: string) => ({body: `<NotificationConfiguration>${inner}</NotificationConfiguration>`})
const queue = (name: string) =>
  `<QueueConfiguration><Id>${name}</Id><Queue>${arn('sqs', name)}</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration>`
const aborted = {status: 409, body: '<Error><Code>OperationAborted</Code><Message>busy</Message></Error>'}
const calls = {get: 'GET /lake/?notification', put: 'PUT /lake/?notification'}

it('nothing is written where they are on', async () => {
  const {cloud, asked} = await cannedCloud(() => configuration(`${queue('a')}<EventBridgeConfiguration/>`))
  await cloud.buckets.sendEvents('lake')
  expect(asked.map(({call}) => call)).toEqual([calls.get])
})

it('what somebody else writes at the same time is read again before the next try', async () => {
  const {cloud, asked} = await cannedCloud((call, nth) => {
    if (call === calls.get) return configuration(nth === 0 ? queue('a') : queue('a') + queue('b'))
    return nth === 0 ? aborted : {body: ''}
  })
  await cloud.buckets.sendEvents('lake')
  expect(asked.map(({call}) => call)).toEqual([calls.get, calls.put, calls.get, calls.put])
  expect(asked[3]?.body).toContain(arn('sqs', 'b'))
  expect(asked[3]?.body).toContain('<EventBridgeConfiguration')
})

it('gives up when it is disturbed again and again', async () => {
  const {cloud, asked} = await cannedCloud((call) => (call === calls.get ? configuration('') : aborted))
  await expect(cloud.buckets.sendEvents('lake')).rejects.toMatchObject({code: 'conflict'})
  expect(asked.filter(({call}) => call === calls.put)).toHaveLength(3)
})

it.each([
  ['NoSuchBucket', 404, 'no-such-bucket', /names a bucket/, 'aws s3 mb s3://lake'],
  ['AccessDenied', 403, 'access-denied', /lacks s3:GetBucketNotification on arn:aws:s3:::lake$/, 'mlpipe iam deployer'],
  ['PermanentRedirect', 301, 'wrong-region', /wrong region/, 'aws s3api get-bucket-location'],
])('%s: says what is wrong and what to do', async (name, status, code, message, step) => {
  const {cloud} = await cannedCloud(() => ({status, body: `<Error><Code>${name}</Code><Message>x</Message></Error>`}))
  const error = await cloud.buckets.sendEvents('lake').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({code, message: expect.stringMatching(message)})
  expect(error).toMatchObject({nextSteps: expect.arrayContaining([expect.stringContaining(step)])})
})
