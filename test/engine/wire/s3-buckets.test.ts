// Buckets and what is set for them, through the real SDK client, and the documents that S3 takes.

import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {expect, it} from 'vitest'
import {parseXml} from '../../../src/engine/wire/s3/xml-reader.ts'
import {localCloud} from '../support/local-cloud.ts'
import {served} from '../support/served.ts'

const Bucket = 'my-bucket'

it('makes, finds, lists and removes buckets', async () => {
  const {s3} = localCloud()
  for (const name of ['b-2', 'a-1', 'b-1']) await s3.send(new CreateBucketCommand({Bucket: name}))
  // In us-east-1 making one's own bucket again succeeds.
  await s3.send(new CreateBucketCommand({Bucket: 'a-1'}))
  const names = async (input = {}) => (await s3.send(new ListBucketsCommand(input))).Buckets?.map(({Name}) => Name)
  expect(await names()).toEqual(['a-1', 'b-1', 'b-2'])
  expect(await names({Prefix: 'b'})).toEqual(['b-1', 'b-2'])
  const {ContinuationToken} = await s3.send(new ListBucketsCommand({MaxBuckets: 2}))
  expect(await names({ContinuationToken})).toEqual(['b-2'])
  await s3.send(new PutObjectCommand({Bucket: 'b-1', Key: 'a/b', Body: ''}))
  await expect(s3.send(new DeleteBucketCommand({Bucket: 'b-1'}))).rejects.toMatchObject({name: 'BucketNotEmpty'})
  await s3.send(new DeleteBucketCommand({Bucket: 'b-2'}))
  await expect(s3.send(new DeleteBucketCommand({Bucket: 'b-2'}))).rejects.toMatchObject({name: 'NoSuchBucket'})
  expect(await names()).toEqual(['a-1', 'b-1'])
})

it('tells the region that a bucket was made in', async () => {
  const {s3} = localCloud()
  const constraint = {LocationConstraint: 'eu-west-1'} as const
  await s3.send(new CreateBucketCommand({Bucket: 'there', CreateBucketConfiguration: constraint}))
  await s3.send(new CreateBucketCommand({Bucket: 'here'}))
  expect(await s3.send(new HeadBucketCommand({Bucket: 'there'}))).toMatchObject({BucketRegion: 'eu-west-1'})
  expect(await s3.send(new HeadBucketCommand({Bucket: 'here'}))).toMatchObject({BucketRegion: 'us-east-1'})
  expect(await s3.send(new GetBucketLocationCommand({Bucket: 'there'}))).toMatchObject(constraint)
  expect((await s3.send(new GetBucketLocationCommand({Bucket: 'here'}))).LocationConstraint).toBeFalsy()
})

it('wants a bucket to be there when a client of another process writes, but for its own', async () => {
  const {endpoint} = await served()
  const credentials = {accessKeyId: 'a', secretAccessKey: 'b'}
  const s3 = new S3Client({region: 'us-east-1', endpoint, credentials, forcePathStyle: true, maxAttempts: 1})
  const put = (name: string) => s3.send(new PutObjectCommand({Bucket: name, Key: 'a', Body: 'x'}))
  await expect(put('misspelt')).rejects.toMatchObject({name: 'NoSuchBucket'})
  await put('mlpipe-local')
  await s3.send(new CreateBucketCommand({Bucket: 'made'}))
  await put('made')
})

it('keeps a notification configuration, which replaces the one before, past the process', async () => {
  const cloud = localCloud()
  await cloud.s3.send(new CreateBucketCommand({Bucket}))
  const {s3} = localCloud({stateDirectory: cloud.stateDirectory})
  const get = async () => {
    const {$metadata: _, ...kept} = await s3.send(new GetBucketNotificationConfigurationCommand({Bucket}))
    return kept
  }
  const set = (NotificationConfiguration: object) =>
    cloud.s3.send(new PutBucketNotificationConfigurationCommand({Bucket, NotificationConfiguration}))
  expect(await get()).toEqual({})

  const FilterRules = [{Name: 'prefix', Value: 'in/<&>'}] as const
  const Events = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*']
  const full = {
    EventBridgeConfiguration: {},
    TopicConfigurations: [{Id: 't', TopicArn: 'arn:aws:sns:us-east-1:0:t', Events}],
    QueueConfigurations: [{Id: 'q', QueueArn: 'arn:aws:sqs:us-east-1:0:q', Events, Filter: {Key: {FilterRules}}}],
    LambdaFunctionConfigurations: [{Id: 'l', LambdaFunctionArn: 'arn:aws:lambda:us-east-1:0:function:l', Events}],
  }
  await set(full)
  expect(await get()).toEqual(full)
  await set({QueueConfigurations: [{QueueArn: 'arn:aws:sqs:us-east-1:0:q', Events}]})
  expect((await get()).QueueConfigurations).toMatchObject([{Id: expect.stringMatching(/./), Events}])
  expect(await get()).not.toHaveProperty('EventBridgeConfiguration')
  await expect(set({QueueConfigurations: [{QueueArn: 'arn', Events: []}]})).rejects.toMatchObject({
    name: 'MalformedXML',
  })
  await set({})
  expect(await get()).toEqual({})
})

it('answers what tools ask of a bucket that has no such thing, and names what it has not at all', async () => {
  const {s3} = localCloud()
  await s3.send(new CreateBucketCommand({Bucket}))
  expect((await s3.send(new GetBucketVersioningCommand({Bucket}))).Status).toBeUndefined()
  await expect(s3.send(new GetBucketTaggingCommand({Bucket}))).rejects.toMatchObject({name: 'NoSuchTagSet'})
  await expect(s3.send(new GetBucketPolicyCommand({Bucket}))).rejects.toThrow('GET bucket ?policy is not implemented')
})

it.each([
  ['<a/>', {name: 'a', children: [], text: ''}],
  ['<?xml version="1.0"?>\n<x:a xmlns:x="y">&lt;&#252;&#xFC;&amp;</x:a>\n', {name: 'a', children: [], text: '<üü&'}],
  ['<a> <b>1</b><!-- 2 --><b><![CDATA[<3>]]></b> </a>', {name: 'a', children: [{text: '1'}, {text: '<3>'}]}],
])('reads the document %s', (text, expected) => {
  expect(parseXml(text)).toMatchObject(expected)
})

it.each([
  [''],
  ['text'],
  ['<a>'],
  ['<a></b>'],
  ['<a/><b/>'],
  ['<a>1<b/></a>'],
  ['<a b=c/>'],
  ['<a>&nbsp;</a>'],
  ['<a>& b</a>'],
  ['<a>&#0;</a>'],
  ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  ['<?php ?><a/>'],
  ['<a>'.repeat(20) + '</a>'.repeat(20)],
  [`<a ${' '.repeat(50_000)}`],
])('does not read %.40s', (text) => {
  expect(parseXml(text)).toBeUndefined()
})
