// CloudWatch's alarms through the port, against the embedded engine.

import {CloudWatchClient, DescribeAlarmsCommand, ListTagsForResourceCommand} from '@aws-sdk/client-cloudwatch'
import {expect, it} from 'vitest'
import {connectCloud} from '../../../src/cloud/connect-cloud.ts'
import {requestHandler} from '../../../src/engine/wire/request-handler.ts'
import {compareAlarm} from '../../../src/trigger/compare.ts'
import type {AlarmDocument} from '../../../src/trigger/documents.ts'
import {clientConfig, localCloud} from '../../engine/support/local-cloud.ts'

const document: AlarmDocument = {
  name: 'churn-drift',
  description: '[mlpipe: trigger drift of churn, from the spec]',
  namespace: 'aws/sagemaker/Endpoints/data-metrics',
  metric: 'feature_baseline_drift_age',
  dimensions: [
    {name: 'Endpoint', value: 'churn'},
    {name: 'MonitoringSchedule', value: 'churn-monitor'},
  ],
  threshold: 0.2,
  periodSeconds: 3600,
  tags: [{key: 'mlpipe:version', value: '1'}],
}

async function open() {
  const {engine} = localCloud()
  const {alarms} = await connectCloud({region: 'us-east-1', requestHandler: requestHandler(engine)})
  return {alarms, cloudWatch: new CloudWatchClient(clientConfig(engine))}
}

it('an alarm stands as its document says, goes off above its threshold, and is quiet without a value', async () => {
  const {alarms, cloudWatch} = await open()
  await alarms.put(document)
  const {tags: _, ...metric} = document
  const standing = await alarms.find('churn-drift')
  expect(standing).toEqual({
    ...metric,
    arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:churn-drift',
    state: 'INSUFFICIENT_DATA',
  })
  expect(standing && compareAlarm(document, standing)).toEqual([])
  const {MetricAlarms} = await cloudWatch.send(new DescribeAlarmsCommand({AlarmNames: ['churn-drift']}))
  expect(MetricAlarms).toMatchObject([
    {ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, TreatMissingData: 'notBreaching'},
  ])
})

it('put again it is replaced, with its tags', async () => {
  const {alarms, cloudWatch} = await open()
  await alarms.put(document)
  await alarms.put({...document, threshold: 0.5, tags: [{key: 'mlpipe:version', value: '2'}]})
  const standing = await alarms.find('churn-drift')
  expect(standing).toMatchObject({threshold: 0.5})
  const {Tags} = await cloudWatch.send(new ListTagsForResourceCommand({ResourceARN: standing?.arn}))
  expect(Tags).toEqual([{Key: 'mlpipe:version', Value: '2'}])
})

it('is removed, and once more; what is not there is undefined', async () => {
  const {alarms} = await open()
  await alarms.put(document)
  await alarms.remove('churn-drift')
  expect(await alarms.find('churn-drift')).toBeUndefined()
  await alarms.remove('churn-drift')
})
