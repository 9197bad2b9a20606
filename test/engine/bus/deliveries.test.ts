// What becomes of a delivery: started, tried again, dead, dropped. Codes and attributes: EventBridge User Guide, "Using dead-letter
// queues to process undelivered events".

import {DeleteRuleCommand, PutRuleCommand, RemoveTargetsCommand} from '@aws-sdk/client-eventbridge'
import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam'
import {DescribePipelineExecutionCommand, ListPipelineParametersForExecutionCommand} from '@aws-sdk/client-sagemaker'
import {CreateScheduleCommand} from '@aws-sdk/client-scheduler'
import {describe, expect, it} from 'vitest'
import type {Deliver} from '../../../src/engine/bus/deliver.ts'
import {openDatabase} from '../../../src/engine/store/database.ts'
import {insertDelivery} from '../../../src/engine/store/deliveries.ts'
import {eventClients, faultOf, pipelineArn, triggerRoleArn} from '../support/event-clients.ts'
import {type LocalCloud, localCloud, putPipeline, until} from '../support/local-cloud.ts'
import {queryClients} from '../support/query-clients.ts'
import {deadLetters, executionsOf, putRule, quick, readDeadLetters, sendEvents, serveBus} from './bus-fixture.ts'

const ruleArn = 'arn:aws:events:us-east-1:000000000000:rule/r'

async function withPipeline(now: () => number = Date.now): Promise<LocalCloud> {
  const cloud = localCloud({now})
  await putPipeline(cloud, 'train', quick)
  return cloud
}

const started = {kind: 'started', executionArn: 'x', isNew: false} as const

describe('a delivery that succeeds', () => {
  it('starts the pipeline with values of the event, and says by which rule and event', async () => {
    const cloud = await withPipeline()
    const PipelineParameterList = [
      {Name: 'Key', Value: '$.detail.key'},
      {Name: 'Size', Value: '7'},
    ]
    await putRule(cloud, {source: ['my.app']}, {SageMakerPipelineParameters: {PipelineParameterList}})
    const reports = serveBus(cloud)
    const [id] = await sendEvents(cloud)
    await cloud.engine.idle()

    const [{PipelineExecutionArn = ''} = {}, ...others] = await executionsOf(cloud)
    expect(others).toEqual([])
    expect(reports).toEqual([
      {kind: 'started', sourceArn: ruleArn, targetArn: pipelineArn, executionArn: PipelineExecutionArn},
    ])
    const {sageMaker} = cloud
    const described = await sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn}))
    expect(described.PipelineExecutionDescription).toBe(`Started by rule r, event ${id}`)
    const listed = await sageMaker.send(new ListPipelineParametersForExecutionCommand({PipelineExecutionArn}))
    expect(listed.PipelineParameters).toEqual([
      {Name: 'Key', Value: 'in/x'},
      {Name: 'Size', Value: '7'},
    ])
  })

  it('of a schedule takes its values as they are, and says by which schedule and for when', async () => {
    const cloud = await withPipeline()
    const sourceArn = 'arn:aws:scheduler:us-east-1:000000000000:schedule/group/nightly'
    const SageMakerPipelineParameters = {PipelineParameterList: [{Name: 'Key', Value: '$.detail.key'}]}
    const target = JSON.stringify({Arn: pipelineArn, RoleArn: triggerRoleArn, SageMakerPipelineParameters})
    const db = openDatabase(cloud.stateDirectory)
    const id = `${sourceArn}/${Date.UTC(2026, 0, 2, 3)}`
    insertDelivery(db, {id, sourceArn, target, event: '{}', createdAtMs: Date.now()})
    db.close()
    serveBus(cloud)
    await cloud.engine.idle()

    const [{PipelineExecutionArn = ''} = {}] = await executionsOf(cloud)
    const described = await cloud.sageMaker.send(new DescribePipelineExecutionCommand({PipelineExecutionArn}))
    expect(described.PipelineExecutionDescription).toBe('Started by schedule nightly, 2026-01-02T03:00:00Z')
    const listed = await cloud.sageMaker.send(new ListPipelineParametersForExecutionCommand({PipelineExecutionArn}))
    expect(listed.PipelineParameters).toContainEqual({Name: 'Key', Value: '$.detail.key'})
  })

  it('starts one execution, however often it is written', async () => {
    const cloud = await withPipeline()
    const db = openDatabase(cloud.stateDirectory)
    const event = JSON.stringify({id: 'e', detail: {}})
    const target = JSON.stringify({Arn: pipelineArn, RoleArn: triggerRoleArn})
    const row = {id: `e/${ruleArn}/pipeline`, sourceArn: ruleArn, target, event, createdAtMs: Date.now()}
    const reports = serveBus(cloud)
    for (const expected of [1, 2]) {
      insertDelivery(db, row)
      insertDelivery(db, row)
      await cloud.engine.idle()
      expect(reports).toHaveLength(expected)
    }
    db.close()
    expect(await executionsOf(cloud)).toHaveLength(1)
  })

  it('was meant by the rule as it stood when the event came', async () => {
    const cloud = await withPipeline()
    await putRule(cloud)
    const other = localCloud({stateDirectory: cloud.stateDirectory})
    let mayGo = false
    const fails: Deliver = () => ({kind: 'failed', errorCode: 'THROTTLING', message: 'not yet', isRetried: true})
    const reports = serveBus(other, {deliver: (...args) => (mayGo ? started : fails(...args))})
    await sendEvents(other)
    await until(() => reports.length === 1)
    const {events} = eventClients(cloud.engine)
    await events.send(new RemoveTargetsCommand({Rule: 'r', Ids: ['pipeline']}))
    await events.send(new DeleteRuleCommand({Name: 'r'}))
    mayGo = true
    await until(() => reports.some(({kind}) => kind === 'started'))
  })
})

describe('a delivery that fails for a while', () => {
  const busy: Deliver = () => {
    throw Object.assign(new Error('database is locked'), {code: 'SQLITE_BUSY'})
  }

  /** An engine whose target is busy, on a clock that stands still until it is put forward. */
  async function withBusyTarget(RetryPolicy: object, deliver = busy) {
    const troubles: unknown[] = []
    const clock = {ms: Date.UTC(2026, 0, 2)}
    const cloud = await withPipeline(() => clock.ms)
    await putRule(cloud, {source: ['my.app']}, {RetryPolicy, ...deadLetters})
    const reports = serveBus(cloud, {deliver, onTrouble: (error) => void troubles.push(error)})
    const forward = async (ms: number) => {
      clock.ms += ms
      await cloud.engine.idle()
    }
    return {cloud, reports, troubles, forward, clock}
  }

  it('is tried again, later and later, until it succeeds', async () => {
    let attempts = 0
    const third: Deliver = (...args) => {
      attempts += 1
      return attempts < 3 ? busy(...args) : started
    }
    const {cloud, reports, forward} = await withBusyTarget({}, third)
    await sendEvents(cloud)
    await forward(0)
    expect(reports.map(({kind}) => kind)).toEqual(['postponed'])
    await forward(499)
    expect(reports).toHaveLength(1)
    await forward(501)
    expect(reports.map(({kind}) => kind)).toEqual(['postponed', 'postponed'])
    await forward(2000)
    expect(reports.map(({kind}) => kind)).toEqual(['postponed', 'postponed', 'started'])
    expect(readDeadLetters(cloud)).toEqual([])
  })

  it('is a dead letter when its attempts are used up, with how many there were', async () => {
    const {cloud, forward} = await withBusyTarget({MaximumRetryAttempts: 2})
    const [id] = await sendEvents(cloud)
    for (const _attempt of [1, 2, 3, 4]) await forward(600_000)
    const letters = readDeadLetters(cloud)
    expect(letters).toHaveLength(1)
    expect(letters[0]?.event).toMatchObject({id, source: 'my.app', detail: {key: 'in/x'}})
    expect(letters[0]?.attributes).toEqual({
      RULE_ARN: ruleArn,
      TARGET_ARN: pipelineArn,
      ERROR_CODE: 'THROTTLING',
      ERROR_MESSAGE: 'database is locked',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '2',
    })
  })

  it('is a dead letter when the event has grown too old', async () => {
    const {cloud, reports, forward} = await withBusyTarget({MaximumEventAgeInSeconds: 60})
    await sendEvents(cloud)
    for (let second = 0; second < 90; second += 1) await forward(1000)
    const [letter, ...others] = readDeadLetters(cloud)
    expect(others).toEqual([])
    expect(letter?.attributes).toMatchObject({EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds'})
    expect(letter?.attributes['RETRY_ATTEMPTS']).toBe(String(reports.length - 1))
  })

  it('starts nothing of what nobody served for longer than it was good', async () => {
    const {cloud, reports, clock} = await withBusyTarget({MaximumEventAgeInSeconds: 60})
    cloud.engine.kill()
    const db = openDatabase(cloud.stateDirectory)
    const target = JSON.stringify({Arn: pipelineArn, RoleArn: triggerRoleArn, ...deadLetters})
    const row = {sourceArn: ruleArn, target, event: '{"id": "e"}'}
    insertDelivery(db, {...row, id: 'old', createdAtMs: clock.ms - 86_400_001})
    insertDelivery(db, {...row, id: 'good', createdAtMs: clock.ms - 86_400_000})
    db.close()
    serveBus(cloud)
    await cloud.engine.idle()
    expect(reports).toEqual([])
    expect(readDeadLetters(cloud).map(({attributes}) => attributes)).toMatchObject([
      {ERROR_CODE: 'TIMEOUT', EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds', RETRY_ATTEMPTS: '0'},
    ])
    expect(await executionsOf(cloud)).toHaveLength(1)
  })

  it('lets others pass', async () => {
    const {cloud, reports, troubles} = await withBusyTarget({}, () => started)
    const db = openDatabase(cloud.stateDirectory)
    // What is no JSON cannot even be told as a failure.
    insertDelivery(db, {id: 'stuck', sourceArn: ruleArn, target: 'no JSON', event: '{}', createdAtMs: 0})
    db.close()
    await sendEvents(cloud)
    await cloud.engine.idle()
    expect(reports).toMatchObject([{kind: 'started'}])
    expect(troubles).toHaveLength(1)
  })
})

describe('a delivery that cannot succeed', () => {
  const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`
  const allow = (Action: string, more: object) => ({Effect: 'Allow', Action, ...more})
  const trusting = (Service: string, more = {}) => allow('sts:AssumeRole', {Principal: {Service}, ...more})
  const document = (...Statement: object[]) => JSON.stringify({Version: '2012-10-17', Statement})

  async function createRole(cloud: LocalCloud, RoleName: string, trust: object, ...policy: object[]): Promise<void> {
    const {iam} = queryClients(cloud)
    await iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: document(trust)}))
    if (policy.length === 0) return
    const grant = {RoleName, PolicyName: 'p', PolicyDocument: document(...policy)}
    await iam.send(new PutRolePolicyCommand(grant))
  }

  it.each([
    ['the pipeline is not there', {Arn: `${pipelineArn}-2`}, {}, 'NO_RESOURCE', 'does not exist'],
    ['the target is no pipeline', {Arn: 'arn:aws:sqs:us-east-1:000000000000:q'}, {}, 'NO_RESOURCE', 'pipelines'],
    ['the role is not there', {RoleArn: role('none')}, {}, 'NO_PERMISSIONS', 'does not exist'],
    [
      'the role is of another account',
      {RoleArn: 'arn:aws:iam::111122223333:role/mlpipe-local'},
      {},
      'NO_PERMISSIONS',
      'does not exist',
    ],
    [
      'the pipeline has no such parameter',
      {SageMakerPipelineParameters: {PipelineParameterList: [{Name: 'Colour', Value: 'x'}]}},
      {},
      'INVALID_PARAMETER',
      'Colour',
    ],
    [
      'a value is not of its type',
      {SageMakerPipelineParameters: {PipelineParameterList: [{Name: 'Size', Value: '$.detail.key'}]}},
      {key: 'large'},
      'INVALID_PARAMETER',
      'Size',
    ],
    [
      'a value is longer than a parameter may be',
      {SageMakerPipelineParameters: {PipelineParameterList: [{Name: 'Key', Value: '$.detail.key'}]}},
      {key: 'x'.repeat(1025)},
      'INVALID_PARAMETER',
      '1024',
    ],
    [
      'the event has not what a parameter is taken from',
      {SageMakerPipelineParameters: {PipelineParameterList: [{Name: 'Key', Value: '$.detail.object.key'}]}},
      {},
      'INVALID_PARAMETER',
      '$.detail.object.key',
    ],
  ])('is a dead letter at once: %s', async (_name, target, detail, errorCode, reason) => {
    const cloud = await withPipeline()
    await putRule(cloud, {source: ['my.app']}, {...target, ...deadLetters})
    const reports = serveBus(cloud)
    await sendEvents(cloud, 1, detail)
    await cloud.engine.idle()
    expect(reports).toMatchObject([{kind: 'dead-letter', errorCode, message: expect.stringContaining(reason)}])
    const [letter] = readDeadLetters(cloud)
    expect(letter?.attributes).toMatchObject({ERROR_CODE: errorCode, RETRY_ATTEMPTS: '0'})
    expect(letter?.attributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION')
    expect(await executionsOf(cloud)).toEqual([])
  })

  const start = 'sagemaker:StartPipelineExecution'
  const events = trusting('events.amazonaws.com')
  const outcomes: readonly (readonly [string, string, object, object[]])[] = [
    ['trusts EventBridge and has no inline policy', 'started', events, []],
    ['may start this pipeline', 'started', events, [allow(start, {Resource: pipelineArn})]],
    [
      'may start pipelines by a wildcard',
      'started',
      events,
      [allow('SageMaker:Start*', {Resource: '*:pipeline/tr?in'})],
    ],
    ['may do all but something else', 'started', events, [{Effect: 'Allow', NotAction: 's3:*', Resource: '*'}]],
    [
      'trusts EventBridge for this account',
      'started',
      trusting('events.amazonaws.com', {Condition: {StringEquals: {'aws:SourceAccount': '000000000000'}}}),
      [],
    ],
    [
      'trusts EventBridge for another account',
      'dead-letter',
      trusting('events.amazonaws.com', {Condition: {StringEquals: {'AWS:SourceAccount': ['111122223333']}}}),
      [],
    ],
    ['trusts SageMaker only', 'dead-letter', trusting('sagemaker.amazonaws.com'), []],
    ['trusts the Scheduler only', 'dead-letter', trusting('scheduler.amazonaws.com'), []],
    ['may start another pipeline', 'dead-letter', events, [allow(start, {Resource: `${pipelineArn}-2`})]],
    ['may do something else', 'dead-letter', events, [allow('sagemaker:StopPipelineExecution', {Resource: '*'})]],
    [
      'may, and may not',
      'dead-letter',
      events,
      [allow(start, {Resource: '*'}), {Effect: 'Deny', Action: 'sagemaker:*', Resource: '*'}],
    ],
  ]

  it.each(outcomes)('with a role that %s: %s', async (_name, outcome, trust, policy) => {
    const cloud = await withPipeline()
    await createRole(cloud, 'starter', trust, ...policy)
    await putRule(cloud, {source: ['my.app']}, {RoleArn: role('starter'), ...deadLetters})
    const reports = serveBus(cloud)
    await sendEvents(cloud)
    await cloud.engine.idle()
    expect(reports).toMatchObject([{kind: outcome}])
    const codes = readDeadLetters(cloud).map(({attributes}) => attributes['ERROR_CODE'])
    expect(codes).toEqual(outcome === 'started' ? [] : ['NO_PERMISSIONS'])
  })

  it('is dropped without a queue for dead letters, and that is told', async () => {
    const cloud = await withPipeline()
    await putRule(cloud, {source: ['my.app']}, {Arn: `${pipelineArn}-2`})
    const reports = serveBus(cloud)
    await sendEvents(cloud)
    await cloud.engine.idle()
    expect(reports).toMatchObject([{kind: 'dropped', errorCode: 'NO_RESOURCE', sourceArn: ruleArn}])
  })

  it.each([
    ['is not there', undefined],
    ['does not trust it', trusting('events.amazonaws.com')],
  ])('the Scheduler refuses a role that %s', async (_name, trust) => {
    const cloud = localCloud()
    if (trust) await createRole(cloud, 'starter', trust)
    const {scheduler} = eventClients(cloud.engine)
    const schedule = {Name: 's', ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: {Mode: 'OFF'}} as const
    const Target = {Arn: pipelineArn, RoleArn: role('starter')}
    expect(await faultOf(scheduler.send(new CreateScheduleCommand({...schedule, Target})))).toBe(
      'ValidationException: The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
    )
  })
})

describe('an engine that serves the bus', () => {
  it('delivers what another process sends, by the rules as that has just put them', async () => {
    const cloud = await withPipeline()
    const reports = serveBus(cloud)
    const other = localCloud({stateDirectory: cloud.stateDirectory})
    await putRule(other)
    await sendEvents(other)
    await until(() => reports.length === 1)
    const {events} = eventClients(other.engine)
    await events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source": ["else"]}'}))
    await sendEvents(cloud)
    await cloud.engine.idle()
    expect(reports).toMatchObject([{kind: 'started'}])
    await events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source": ["my.app"]}'}))
    await sendEvents(cloud)
    await cloud.engine.idle()
    expect(reports).toHaveLength(2)
  })

  it('starts nothing any more once it was killed or closed, and loses nothing', async () => {
    const cloud = await withPipeline()
    await putRule(cloud)
    const reports = serveBus(cloud)
    const other = localCloud({stateDirectory: cloud.stateDirectory})
    await sendEvents(other, 5)
    cloud.engine.kill()
    await cloud.engine.idle()
    const delivered = reports.length
    const again = serveBus(other)
    await other.engine.idle()
    expect(delivered + again.length).toBe(5)
    expect(await executionsOf(other)).toHaveLength(5)
  })

  it('leaves nothing to an engine that does not serve, where nobody does', async () => {
    const cloud = await withPipeline()
    await putRule(cloud)
    const reports = serveBus(cloud)
    cloud.engine.kill()
    const other = localCloud({stateDirectory: cloud.stateDirectory})
    await sendEvents(other)
    expect(reports).toEqual([])
    expect(await executionsOf(other)).toHaveLength(1)
  })
})
