// The adapters of triggers, over the wire, against services that are not ours: EventBridge, Scheduler, IAM, S3 and CloudWatch of moto.

import {
  CreateBucketCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import type {Cloud} from '../../src/cloud/ports.ts'
import type {TriggerRule, TriggerSchedule} from '../../src/cloud/trigger-ports.ts'
import {compareAlarm, compareStarter} from '../../src/trigger/compare.ts'
import {hasMoto, type MotoServer, startMoto} from '../support/moto-server.ts'
import {pipelineArn, roleArn, ruleDocument, scheduleDocument} from './triggers/documents.ts'

const parameters = [{name: 'key', value: '$.detail.object.key'}]

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

  it('a rule is put, found by its target and its name, put again, switched off, and removed', async () => {
    const {triggers} = cloud
    const document = ruleDocument({parameters, retry: {attempts: 2, maximumAgeSeconds: 60}})
    const {arn} = await triggers.putRule(document)
    const [rule, ...others] = await triggers.rules(pipelineArn)
    expect(others).toEqual([])
    expect(rule).toMatchObject({arn, name: 'churn-data', tags: document.tags})
    expect(compareStarter(document, rule as TriggerRule)).toEqual([])

    const other = ruleDocument({}, {kind: 's3', bucket: 'b', prefix: 'in/'})
    await triggers.putRule({...other, tags: [{key: 'mlpipe:version', value: '2'}]})
    const [again] = await triggers.rulesNamed('churn-')
    expect(compareStarter(other, again as TriggerRule)).toEqual([])
    expect(again?.tags).toContainEqual({key: 'mlpipe:version', value: '2'})
    expect(again?.tags).toContainEqual({key: 'mlpipe:pipeline', value: 'churn'})

    await triggers.setEnabled(again as TriggerRule, false)
    expect(await triggers.rule('churn-data')).toMatchObject({isEnabled: false})
    await triggers.removeTargets(again as TriggerRule, ['pipeline'])
    expect(await triggers.rule('churn-data')).toBeUndefined()
  })

  it('a schedule is put with its group, put again, switched off, and removed', async () => {
    const {triggers} = cloud
    const document = scheduleDocument({zone: 'Europe/Berlin', windowMinutes: 5}, {parameters})
    await triggers.putSchedule(document)
    const [schedule] = await triggers.schedules(pipelineArn)
    expect(compareStarter(document, schedule as TriggerSchedule)).toEqual([])

    const plain = scheduleDocument()
    await triggers.putSchedule(plain)
    const again = await triggers.schedule('churn', 'churn-nightly')
    expect(compareStarter(plain, again as TriggerSchedule)).toEqual([])
    await triggers.setEnabled(again as TriggerSchedule, false)
    expect(await triggers.schedules(pipelineArn)).toMatchObject([{isEnabled: false, target: {roleArn}}])

    expect(await triggers.ownGroup('churn', 'churn')).toEqual({schedules: ['churn-nightly']})
    await triggers.removeSchedule({group: 'churn', name: 'churn-nightly'})
    await triggers.removeGroup('churn', 'churn')
    expect(await triggers.ownGroup('churn', 'churn')).toBeUndefined()
  })

  it('a role is made, brought in line, and removed', async () => {
    const {access} = cloud
    const trustIn = (service: string) => ({
      Version: '2012-10-17',
      Statement: [{Effect: 'Allow', Principal: {Service: service}, Action: 'sts:AssumeRole'}],
    })
    const grant = {Effect: 'Allow', Action: ['sagemaker:StartPipelineExecution'], Resource: [pipelineArn]}
    const document = {
      ...{name: 'churn-trigger', description: 'd', policyName: 'start', tags: {'mlpipe:pipeline': 'churn'}},
      trust: trustIn('events.amazonaws.com'),
      policy: {Version: '2012-10-17', Statement: [grant]},
    }
    await access.putRole(document)
    const trust = trustIn('scheduler.amazonaws.com')
    await access.putRole({...document, trust, tags: {'mlpipe:version': '2'}})
    expect(await access.role('churn-trigger')).toMatchObject({
      trust,
      tags: {'mlpipe:pipeline': 'churn', 'mlpipe:version': '2'},
    })
    await access.removeRole('churn-trigger')
    expect(await access.role('churn-trigger')).toBeUndefined()
  })

  it('events of a bucket are switched on beside a queue that it tells already', async () => {
    const s3 = new S3Client({region: 'us-east-1', forcePathStyle: true})
    const QueueArn = `arn:aws:sqs:us-east-1:123456789012:q`
    await s3.send(new CreateBucketCommand({Bucket: 'lake'}))
    const theirs = {
      QueueConfigurations: [
        {
          Id: 'csv',
          QueueArn,
          Events: ['s3:ObjectCreated:*' as const],
          Filter: {Key: {FilterRules: [{Name: 'suffix' as const, Value: '.csv'}]}},
        },
      ],
    }
    await s3.send(new PutBucketNotificationConfigurationCommand({Bucket: 'lake', NotificationConfiguration: theirs}))
    expect(await cloud.buckets.sendsEvents('lake')).toBe(false)
    // moto takes the EventBridgeConfiguration, and keeps it out of what it answers: the rest is what counts here.
    await cloud.buckets.sendEvents('lake')
    const {QueueConfigurations} = await s3.send(new GetBucketNotificationConfigurationCommand({Bucket: 'lake'}))
    expect(QueueConfigurations).toMatchObject(theirs.QueueConfigurations)
  })

  it('an alarm is put, put again, and removed', async () => {
    const {alarms} = cloud
    const document = {
      ...{name: 'churn-drift', description: 'd', namespace: 'n', metric: 'm', threshold: 0.2, periodSeconds: 3600},
      dimensions: [{name: 'Endpoint', value: 'churn'}],
      tags: [{key: 'mlpipe:version', value: '1'}],
    }
    await alarms.put(document)
    await alarms.put({...document, threshold: 0.5})
    const standing = await alarms.find('churn-drift')
    expect(standing && compareAlarm({...document, threshold: 0.5}, standing)).toEqual([])
    await alarms.remove('churn-drift')
    expect(await alarms.find('churn-drift')).toBeUndefined()
  })
})
