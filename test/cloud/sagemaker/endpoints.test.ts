// Endpoints, as SageMaker answers (API Reference, DescribeEndpoint, UpdateEndpoint), and requests whose first answer was lost.

import {expect, it} from 'vitest'
import {connectCloud} from '../../../src/cloud/connect-cloud.ts'
import type {Cloud} from '../../../src/cloud/ports.ts'
import {useEndpoint} from '../../support/aws-settings.ts'
import {cannedCloud, refused} from '../../support/canned-cloud.ts'
import {startScripted} from '../../support/scripted-server.ts'

const json = {'content-type': 'application/x-amz-json-1.1'}

const endpoint = (status: string, more: object = {}) => ({
  body: {EndpointName: 'churn', EndpointArn: 'arn:e', EndpointConfigName: 'one', EndpointStatus: status, ...more},
})

it('a failed endpoint is read with its reason', async () => {
  const {cloud} = await cannedCloud(() => endpoint('Failed', {FailureReason: 'no capacity', CreationTime: 1700000000}))
  expect(await cloud.endpoints.endpoint('churn')).toEqual({
    name: 'churn',
    arn: 'arn:e',
    status: 'Failed',
    configName: 'one',
    failureReason: 'no capacity',
    createdAtMs: 1_700_000_000_000,
    modifiedAtMs: 0,
  })
})

it('an update sends the configuration and nothing else', async () => {
  const {cloud, asked} = await cannedCloud()
  await cloud.endpoints.update('churn', 'two')
  expect(asked).toEqual([{call: 'UpdateEndpoint', body: '{"EndpointName":"churn","EndpointConfigName":"two"}'}])
})

it('what is there already is no error, and anything else that is refused is', async () => {
  const there = await cannedCloud((call) =>
    call === 'CreateModel' ? refused('ValidationException', 'Cannot create already existing model') : {body: {}},
  )
  expect(await there.cloud.endpoints.createModel({ModelName: 'm'})).toBe(false)
  const missing = await cannedCloud((call) =>
    call.startsWith('Create') ? refused('ValidationException', 'no such package') : refused('ValidationException'),
  )
  await expect(missing.cloud.endpoints.createModel({ModelName: 'm'})).rejects.toThrow('no such package')
  await expect(missing.cloud.endpoints.createConfig({EndpointConfigName: 'c'})).rejects.toThrow('no such package')
})

/** The first request that changes something is obeyed, and its answer lost; the second is refused. */
async function lossy(status: string): Promise<Cloud> {
  const {url} = await startScripted(({headers, body}, index) => {
    const call = String(headers['x-amz-target']).split('.')[1]
    if (call === 'DescribeEndpoint') return {headers: json, body: JSON.stringify(endpoint(status).body)}
    if (index === 0) return 'drop'
    return {status: 400, headers: json, body: `{"__type":"ValidationException","message":"is done: ${body.length}"}`}
  })
  useEndpoint(url)
  return connectCloud({region: 'us-east-1', hasOwnEndpoint: true, version: '1.2.3'})
}

it('a creation whose answer was lost has happened', async () => {
  await (await lossy('Creating')).endpoints.create('churn', 'one', [])
  await expect((await lossy('Creating')).endpoints.create('churn', 'two', [])).rejects.toThrow('is done')
})

it('so has an update, while the endpoint is being updated', async () => {
  await (await lossy('Updating')).endpoints.update('churn', 'two')
  await expect((await lossy('InService')).endpoints.update('churn', 'two')).rejects.toThrow('is done')
})

it('an endpoint that was made with another configuration is not what was asked for', async () => {
  const {cloud} = await cannedCloud((call) =>
    call === 'DescribeEndpoint' ? endpoint('InService') : refused('ValidationException', 'already existing endpoint'),
  )
  await expect(cloud.endpoints.create('churn', 'two', [])).rejects.toThrow('already existing endpoint')
})

it('the log of an endpoint is that of its newest streams, each with its instance', async () => {
  const {cloud, asked} = await cannedCloud((call, nth) => {
    if (call === 'DescribeLogStreams') return {body: {logStreams: [{logStreamName: 'AllTraffic/i-0123'}]}}
    return {body: {events: nth === 0 ? [{timestamp: 1, message: 'ping'}] : [], nextForwardToken: 'f'}}
  })
  const log = await cloud.logs.openEndpoint('churn', {fromMs: 1})
  expect(await log.read()).toEqual([{timestampMs: 1, message: 'ping', stream: 'i-0123'}])
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
    logGroupName: '/aws/sagemaker/Endpoints/churn',
    orderBy: 'LastEventTime',
    descending: true,
  })
})
