// Model Monitor's schedules, as SageMaker answers (API Reference, DescribeMonitoringSchedule and the job definitions).

import {expect, it} from 'vitest'
import {cannedCloud, refused} from '../../support/canned-cloud.ts'

const arn = 'arn:aws:sagemaker:us-east-1:111122223333:monitoring-schedule/m'
const schedule = (config: object, more: object = {}) => ({
  body: {MonitoringScheduleArn: arn, MonitoringScheduleName: 'm', MonitoringScheduleConfig: config, ...more},
})
const onEndpoint = {EndpointInput: {EndpointName: 'churn', LocalPath: '/opt/ml'}}
const onBatch = {BatchTransformInput: {DataCapturedDestinationS3Uri: 's3://b/c', LocalPath: '/opt/ml'}}
const publishing = (setting: string) => ({Environment: {publish_cloudwatch_metrics: setting}})

it.each([
  [
    {MonitoringInputs: [onEndpoint], ...publishing('Enabled')},
    {endpoint: 'churn', publishesMetrics: true},
  ],
  [
    {MonitoringInputs: [onEndpoint], ...publishing('Disabled')},
    {endpoint: 'churn', publishesMetrics: false},
  ],
  [{MonitoringInputs: [onBatch]}, {}],
])('a schedule that holds the definition of its jobs: %j', async (MonitoringJobDefinition, found) => {
  const {cloud} = await cannedCloud(() => schedule({MonitoringJobDefinition}))
  expect(await cloud.monitors.find('m')).toEqual({arn, ...found})
})

it.each(['DataQuality', 'ModelQuality', 'ModelBias', 'ModelExplainability'])(
  'a schedule of %s names them',
  async (type) => {
    const config = {MonitoringJobDefinitionName: 'd', MonitoringType: type}
    const {cloud, asked} = await cannedCloud((call) => {
      if (call === 'DescribeMonitoringSchedule') return schedule(config)
      return {body: {[`${type}JobInput`]: onEndpoint, [`${type}AppSpecification`]: publishing('Enabled')}}
    })
    expect(await cloud.monitors.find('m')).toEqual({arn, endpoint: 'churn', publishesMetrics: true})
    expect(asked.map(({call}) => call)).toEqual(['DescribeMonitoringSchedule', `Describe${type}JobDefinition`])
  },
)

it.each(['AccessDeniedException', 'ResourceNotFound'])(
  'says what is known where the definition answers %s',
  async (name) => {
    const config = {MonitoringJobDefinitionName: 'd', MonitoringType: 'DataQuality'}
    const {cloud} = await cannedCloud((call) =>
      call === 'DescribeMonitoringSchedule' ? schedule(config, {EndpointName: 'churn'}) : refused(name),
    )
    expect(await cloud.monitors.find('m')).toEqual({arn, endpoint: 'churn'})
  },
)

it('one that is not there is undefined', async () => {
  const {cloud} = await cannedCloud(() => refused('ResourceNotFound'))
  expect(await cloud.monitors.find('m')).toBeUndefined()
})
