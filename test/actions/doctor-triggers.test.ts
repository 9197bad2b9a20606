// `mlpipe doctor` on declared triggers: each finding by the one thing that is out of place.

import {DisableRuleCommand, PutTargetsCommand, RemoveTargetsCommand} from '@aws-sdk/client-eventbridge'
import {expect, it} from 'vitest'
import type {AccessSubject} from '../../src/access/subject.ts'
import {triggersFinding} from '../../src/actions/doctor/triggers-check.ts'
import {connectCloud} from '../../src/cloud/connect-cloud.ts'
import type {Cloud} from '../../src/cloud/ports.ts'
import {requestHandler} from '../../src/engine/wire/request-handler.ts'
import {documentsOf} from '../../src/trigger/documents.ts'
import type {Trigger} from '../../src/trigger/trigger.ts'
import {eventClients} from '../engine/support/event-clients.ts'
import {localCloud} from '../engine/support/local-cloud.ts'

const pipelineArn = 'arn:aws:sagemaker:us-east-1:000000000000:pipeline/churn'
const roleArn = 'arn:aws:iam::000000000000:role/churn-trigger'
const subject: AccessSubject = {
  ...{account: '000000000000', region: 'us-east-1', pipelineName: 'churn', bucket: 'b', role: roleArn},
  definition: {Version: '2020-12-01', Metadata: {}, Parameters: [], Steps: []},
  modelPackageGroups: [],
}

const trigger = (name: string, source: Trigger['source'], more: Partial<Trigger> = {}): Trigger => ({
  ...{name, source, origin: 'spec', isEnabled: true, parameters: []},
  ...more,
})
const data = trigger('data', {kind: 's3', bucket: 'b', prefix: 'in/'})
const nightly = trigger('nightly', {kind: 'schedule', expression: 'rate(1 day)', via: 'scheduler'})
const drift = trigger('drift', {kind: 'drift', monitor: 'm', by: {kind: 'alarm', alarmName: 'my-alarm'}})

async function put({triggers}: Cloud, ...wanted: readonly Trigger[]) {
  for (const one of wanted) {
    const {starter} = documentsOf(one, {pipelineName: 'churn', pipelineArn, roleArn, version: '1'})
    await (starter.kind === 'rule' ? triggers.putRule(starter) : triggers.putSchedule(starter))
  }
}

/** An account in which both triggers are in place, and their role trusts these services now. */
async function open(services?: readonly string[]) {
  const {engine} = localCloud()
  const cloud = await connectCloud({region: 'us-east-1', requestHandler: requestHandler(engine)})
  await putRole(cloud, ['events', 'scheduler'])
  await put(cloud, data, nightly)
  if (services) await putRole(cloud, services)
  return {cloud, ...eventClients(engine)}
}

async function putRole(cloud: Cloud, services: readonly string[]): Promise<void> {
  const Service = services.map((service) => `${service}.amazonaws.com`)
  const grant = {Effect: 'Allow', Action: ['sagemaker:StartPipelineExecution'], Resource: [pipelineArn]}
  await cloud.access.putRole({
    ...{name: 'churn-trigger', description: 'd', policyName: 'start', tags: {}},
    trust: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Principal: {Service}, Action: 'sts:AssumeRole'}]},
    policy: {Version: '2012-10-17', Statement: [grant]},
  })
}

const look = (cloud: Cloud, declared: readonly Trigger[]) => triggersFinding(declared, subject, cloud, {target: 'prod'})

it('triggers that stand and can work are in place; a spec without any has nothing to look at', async () => {
  const {cloud} = await open()
  expect(await look(cloud, [data, nightly])).toMatchObject({state: 'ok', found: '2 triggers in place'})
  expect(await look(cloud, [])).toMatchObject({state: 'skipped'})
})

type Opened = Awaited<ReturnType<typeof open>>

const putTarget = ({events}: Opened, members: object) =>
  events.send(
    new PutTargetsCommand({
      Rule: 'churn-data',
      Targets: [{Id: 'pipeline', Arn: pipelineArn, RoleArn: roleArn, ...members}],
    }),
  )

it.each<[string, (account: Opened) => Promise<unknown>, string]>([
  [
    'no target',
    ({events}) => events.send(new RemoveTargetsCommand({Rule: 'churn-data', Ids: ['pipeline']})),
    'data: its rule has no target that starts the pipeline',
  ],
  [
    'a role that is gone',
    (account) => putTarget(account, {RoleArn: 'arn:aws:iam::000000000000:role/gone'}),
    'data: there is no role arn:aws:iam::000000000000:role/gone',
  ],
  [
    'a dead-letter queue elsewhere',
    (account) => putTarget(account, {DeadLetterConfig: {Arn: 'arn:aws:sqs:eu-west-1:000000000000:q'}}),
    'data: its dead-letter queue is in eu-west-1, and has to be in us-east-1',
  ],
  [
    'a FIFO queue',
    (account) => putTarget(account, {DeadLetterConfig: {Arn: 'arn:aws:sqs:us-east-1:000000000000:q.fifo'}}),
    'data: its dead-letter queue is a FIFO queue, and has to be a standard one',
  ],
  [
    'no queue at all',
    (account) => putTarget(account, {DeadLetterConfig: {Arn: 'arn:aws:sns:us-east-1:000000000000:topic'}}),
    'data: its dead-letter queue arn:aws:sns:us-east-1:000000000000:topic is no ARN of an SQS queue',
  ],
])('%s: failed', async (_name, change, detail) => {
  const account = await open()
  await change(account)
  expect(await look(account.cloud, [data, nightly])).toMatchObject({
    state: 'failed',
    details: [detail],
    next: ['mlpipe trigger create data -t prod'],
  })
})

it.each([
  ['events', 'nightly', 'scheduler'],
  ['scheduler', 'data', 'events'],
])('a role that trusts %s alone fails %s', async (trusted, name, lacking) => {
  const {cloud} = await open([trusted])
  expect(await look(cloud, [data, nightly])).toMatchObject({
    state: 'failed',
    details: [`${name}: the role ${roleArn} does not trust ${lacking}.amazonaws.com`],
  })
})

it('one that is not made fails, one that is switched off is a warning, unless it is declared so', async () => {
  const {cloud, events} = await open()
  await events.send(new DisableRuleCommand({Name: 'churn-data'}))
  expect(await look(cloud, [data, nightly])).toMatchObject({
    state: 'warning',
    found: '1 of 2 triggers do nothing',
    details: ['data: switched off'],
    next: ['mlpipe trigger enable data -t prod'],
  })
  expect(await look(cloud, [{...data, isEnabled: false}])).toMatchObject({state: 'ok'})
  const other = trigger('other', data.source)
  expect(await look(cloud, [data, other])).toMatchObject({
    state: 'failed',
    details: ['other: not made', 'data: switched off'],
    next: ['mlpipe trigger create other -t prod', 'mlpipe trigger enable data -t prod'],
  })
})

it('a rule that waits for an alarm wants it to be there', async () => {
  const {cloud} = await open()
  await put(cloud, drift)
  expect(await look(cloud, [drift])).toMatchObject({state: 'failed', details: ['drift: there is no alarm my-alarm']})
})
