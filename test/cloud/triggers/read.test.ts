// The triggers of a pipeline through the cloud's port, against the embedded engine.

import {Readable} from 'node:stream'
import {PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {CreateScheduleCommand, CreateScheduleGroupCommand} from '@aws-sdk/client-scheduler'
import {expect, it} from 'vitest'
import {connectCloud} from '../../../src/cloud/connect-cloud.ts'
import type {TriggerRule} from '../../../src/cloud/trigger-ports.ts'
import {requestHandler} from '../../../src/engine/wire/request-handler.ts'
import {eventClients, pipelineArn, triggerRoleArn} from '../../engine/support/event-clients.ts'
import {localCloud} from '../../engine/support/local-cloud.ts'

const pipelineTarget = {Id: 'pipeline', Arn: pipelineArn, RoleArn: triggerRoleArn}
const queue = {Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:000000000000:q'}
const FlexibleTimeWindow = {Mode: 'OFF'} as const

async function open() {
  const {engine} = localCloud()
  const {triggers} = await connectCloud({region: 'us-east-1', requestHandler: requestHandler(engine)})
  return {triggers, ...eventClients(engine)}
}

it('finds the rules that start the pipeline, with all of their targets', async () => {
  const {triggers, events} = await open()
  const EventPattern = '{"source": ["my.app"]}'
  await events.send(new PutRuleCommand({Name: 'on-data', EventPattern, State: 'DISABLED'}))
  await events.send(new PutTargetsCommand({Rule: 'on-data', Targets: [pipelineTarget, queue]}))
  await events.send(new PutRuleCommand({Name: 'hourly', ScheduleExpression: 'rate(1 hour)'}))
  await events.send(new PutTargetsCommand({Rule: 'hourly', Targets: [pipelineTarget]}))
  await events.send(new PutRuleCommand({Name: 'other', EventPattern}))
  await events.send(new PutTargetsCommand({Rule: 'other', Targets: [queue]}))

  const ruleArn = 'arn:aws:events:us-east-1:000000000000:rule'
  const found = {id: 'pipeline', arn: pipelineArn, roleArn: triggerRoleArn, parameters: []}
  expect(await triggers.rules(pipelineArn)).toEqual([
    {
      kind: 'rule',
      name: 'hourly',
      bus: 'default',
      arn: `${ruleArn}/hourly`,
      isEnabled: true,
      schedule: 'rate(1 hour)',
      targets: [found],
      tags: [],
    },
    {
      kind: 'rule',
      name: 'on-data',
      bus: 'default',
      arn: `${ruleArn}/on-data`,
      isEnabled: false,
      pattern: EventPattern,
      targets: [found, {id: 'queue', arn: queue.Arn, parameters: []}],
      tags: [],
    },
  ])
})

it('reads all pages of rules', async () => {
  const {triggers, events} = await open()
  const names = Array.from({length: 120}, (_, index) => `r-${String(index).padStart(3, '0')}`)
  for (const Name of names) {
    await events.send(new PutRuleCommand({Name, EventPattern: '{"source": ["a"]}'}))
    await events.send(new PutTargetsCommand({Rule: Name, Targets: [pipelineTarget]}))
  }
  expect((await triggers.rules(pipelineArn)).map(({name}) => name)).toEqual(names)
})

it('takes off the targets it is told to, and the rule when none is left', async () => {
  const {triggers, events} = await open()
  await events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source": ["a"]}'}))
  await events.send(new PutTargetsCommand({Rule: 'r', Targets: [pipelineTarget, {...pipelineTarget, Id: 'second'}]}))
  const [both] = await triggers.rules(pipelineArn)
  await triggers.removeTargets(both as TriggerRule, ['pipeline'])
  const [one] = await triggers.rules(pipelineArn)
  expect(one?.targets.map(({id}) => id)).toEqual(['second'])
  await triggers.removeTargets(one as TriggerRule, ['second'])
  expect(await triggers.rules(pipelineArn)).toEqual([])
  // Once more: all of it has gone already.
  await expect(triggers.removeTargets(one as TriggerRule, ['second'])).rejects.toMatchObject({code: 'not-found'})
})

it('finds the schedules that start the pipeline, in every group, and removes them', async () => {
  const {triggers, scheduler} = await open()
  await scheduler.send(new CreateScheduleGroupCommand({Name: 'team'}))
  const Target = {Arn: pipelineArn, RoleArn: triggerRoleArn}
  const ScheduleExpression = 'rate(1 hour)'
  await scheduler.send(new CreateScheduleCommand({Name: 'a', ScheduleExpression, Target, FlexibleTimeWindow}))
  await scheduler.send(
    new CreateScheduleCommand({
      Name: 'a',
      GroupName: 'team',
      ScheduleExpression,
      Target,
      FlexibleTimeWindow,
      State: 'DISABLED',
    }),
  )
  await scheduler.send(
    new CreateScheduleCommand({Name: 'b', ScheduleExpression, Target: {...Target, Arn: queue.Arn}, FlexibleTimeWindow}),
  )

  const arn = 'arn:aws:scheduler:us-east-1:000000000000:schedule'
  const target = {id: 'pipeline', arn: pipelineArn, roleArn: triggerRoleArn, parameters: []}
  const found = await triggers.schedules(pipelineArn)
  expect(found).toEqual([
    {
      kind: 'schedule',
      name: 'a',
      group: 'default',
      arn: `${arn}/default/a`,
      isEnabled: true,
      expression: ScheduleExpression,
      madeAtMs: expect.any(Number),
      target,
    },
    {
      kind: 'schedule',
      name: 'a',
      group: 'team',
      arn: `${arn}/team/a`,
      isEnabled: false,
      expression: ScheduleExpression,
      madeAtMs: expect.any(Number),
      target,
    },
  ])
  for (const schedule of found) await triggers.removeSchedule(schedule)
  expect(await triggers.schedules(pipelineArn)).toEqual([])
  // One that has gone already is removed.
  for (const schedule of found) await triggers.removeSchedule(schedule)
})

const rule: TriggerRule = {
  kind: 'rule',
  name: 'r',
  arn: 'arn:r',
  bus: 'default',
  isEnabled: true,
  targets: [{id: 'a', arn: 'arn:t', parameters: []}],
  tags: [],
}

/** A service that answers each operation with a status and a body. */
async function against(answers: Readonly<Record<string, readonly [number, object]>>) {
  const asked: string[] = []
  const handle = async ({headers}: {headers: Record<string, string>}) => {
    const operation = headers['x-amz-target']?.replace('AWSEvents.', '') ?? ''
    asked.push(operation)
    const [statusCode, answer] = answers[operation] ?? [200, {}]
    const body = Readable.from([Buffer.from(JSON.stringify(answer))])
    return {response: {statusCode, headers: {'content-type': 'application/x-amz-json-1.1'}, body}}
  }
  const {triggers} = await connectCloud({region: 'us-east-1', requestHandler: {handle: handle as never}})
  return {triggers, asked}
}

it('takes failed entries of an answer that is none for an error, and leaves the rule', async () => {
  const FailedEntries = [{TargetId: 'a', ErrorCode: 'ManagedRuleException', ErrorMessage: 'it is managed'}]
  const {triggers, asked} = await against({RemoveTargets: [200, {FailedEntryCount: 1, FailedEntries}]})
  await expect(triggers.removeTargets(rule, ['a'])).rejects.toMatchObject({
    code: 'targets-not-removed',
    message: 'RemoveTargets left targets on the rule "r": a: ManagedRuleException, it is managed',
  })
  expect(asked).toEqual(['RemoveTargets'])
})

it('goes on where a target has gone already', async () => {
  const FailedEntries = [{TargetId: 'a', ErrorCode: 'ResourceNotFoundException', ErrorMessage: 'gone'}]
  const {triggers, asked} = await against({RemoveTargets: [200, {FailedEntryCount: 1, FailedEntries}]})
  await triggers.removeTargets(rule, ['a'])
  expect(asked).toEqual(['RemoveTargets', 'DeleteRule'])
})

it('looks at the default bus where the buses may not be listed, and passes over a rule that has gone', async () => {
  const {triggers, asked} = await against({
    ListEventBuses: [400, {__type: 'AccessDeniedException', message: 'no'}],
    ListRuleNamesByTarget: [200, {RuleNames: ['r']}],
    DescribeRule: [400, {__type: 'ResourceNotFoundException', message: 'gone'}],
  })
  expect(await triggers.rules('arn:p')).toEqual([])
  expect(asked).toEqual(['ListEventBuses', 'ListRuleNamesByTarget', 'DescribeRule'])
})

it('looks at every bus', async () => {
  const {triggers, asked} = await against({ListEventBuses: [200, {EventBuses: [{Name: 'default'}, {Name: 'team'}]}]})
  expect(await triggers.rules('arn:p')).toEqual([])
  expect(asked).toEqual(['ListEventBuses', 'ListRuleNamesByTarget', 'ListRuleNamesByTarget'])
})
