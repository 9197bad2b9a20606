// EventBridge Scheduler's operations through the real client. Error names and limits: Scheduler API Reference, 2021-06-30.

import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  type ListSchedulesCommandInput,
  ListTagsForResourceCommand,
  type SchedulerServiceException,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler'
import {describe, expect, it} from 'vitest'
import {eventClients, pipelineArn, triggerRoleArn} from '../support/event-clients.ts'
import {localCloud} from '../support/local-cloud.ts'

const noon = Date.UTC(2026, 0, 2, 12)

function open() {
  const {engine} = localCloud({now: () => noon})
  return {engine, ...eventClients(engine)}
}

const schedule: CreateScheduleCommandInput = {
  Name: 'nightly',
  ScheduleExpression: 'cron(0 3 * * ? *)',
  FlexibleTimeWindow: {Mode: 'OFF'},
  Target: {Arn: pipelineArn, RoleArn: triggerRoleArn},
}

async function faultOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: SchedulerServiceException) => thrown,
  )
  return error ? `${error.$metadata.httpStatusCode} ${error.name}: ${error.message}` : 'no fault'
}

describe('schedules', () => {
  it('are described as they were made, with their defaults', async () => {
    const {scheduler} = open()
    const {ScheduleArn} = await scheduler.send(new CreateScheduleCommand(schedule))
    expect(ScheduleArn).toBe('arn:aws:scheduler:us-east-1:000000000000:schedule/default/nightly')
    const {$metadata: _metadata, ...found} = await scheduler.send(new GetScheduleCommand({Name: 'nightly'}))
    expect(found).toEqual({
      ...schedule,
      Arn: ScheduleArn,
      GroupName: 'default',
      State: 'ENABLED',
      ScheduleExpressionTimezone: 'UTC',
      ActionAfterCompletion: 'NONE',
      Target: {...schedule.Target, RetryPolicy: {MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185}},
      CreationDate: new Date(noon),
      LastModificationDate: new Date(noon),
    })
  })

  it('keep all that can be said of them, also an underscore in the name of a parameter', async () => {
    const {scheduler} = open()
    const full: CreateScheduleCommandInput = {
      ...schedule,
      Description: 'once',
      ScheduleExpression: 'at(2030-01-02T03:04:05)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      StartDate: new Date(noon),
      EndDate: new Date(noon + 1500),
      State: 'DISABLED',
      FlexibleTimeWindow: {Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15},
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: pipelineArn,
        RoleArn: triggerRoleArn,
        SageMakerPipelineParameters: {PipelineParameterList: [{Name: 'input_uri', Value: 's3://b/x'}]},
        DeadLetterConfig: {Arn: 'arn:aws:sqs:us-east-1:000000000000:dead'},
        RetryPolicy: {MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60},
      },
    }
    await scheduler.send(new CreateScheduleCommand(full))
    expect(await scheduler.send(new GetScheduleCommand({Name: 'nightly', GroupName: 'default'}))).toMatchObject(full)
  })

  it('are replaced as a whole', async () => {
    const {scheduler} = open()
    await scheduler.send(new CreateScheduleCommand({...schedule, Description: 'first', State: 'DISABLED'}))
    await scheduler.send(new UpdateScheduleCommand({...schedule, ScheduleExpression: 'rate(1 days)'}))
    const found = await scheduler.send(new GetScheduleCommand({Name: 'nightly'}))
    expect([found.ScheduleExpression, found.Description, found.State]).toEqual(['rate(1 days)', undefined, 'ENABLED'])
  })

  it('are made once for a token, and once for a name', async () => {
    const {scheduler} = open()
    const first = await scheduler.send(new CreateScheduleCommand({...schedule, ClientToken: 'one'}))
    const again = await scheduler.send(new CreateScheduleCommand({...schedule, ClientToken: 'one'}))
    expect(again.ScheduleArn).toBe(first.ScheduleArn)
    expect(await faultOf(scheduler.send(new CreateScheduleCommand({...schedule, ClientToken: 'two'})))).toBe(
      '409 ConflictException: Schedule nightly already exists.',
    )
  })

  it('are refused when their time is over, but for one that was theirs before', async () => {
    let nowMs = noon
    const {engine} = localCloud({now: () => nowMs})
    const {scheduler} = eventClients(engine)
    const at = (time: string) => ({...schedule, ScheduleExpression: `at(2026-01-02T${time})`})
    const over =
      '400 ValidationException: Invalid Schedule Expression at(2026-01-02T11:59:00). time: it is in the past.'
    expect(await faultOf(scheduler.send(new CreateScheduleCommand(at('11:59:00'))))).toBe(over)
    await scheduler.send(new CreateScheduleCommand(at('11:59:01')))
    await scheduler.send(new UpdateScheduleCommand(at('12:30:00')))
    nowMs += 3_600_000
    await scheduler.send(new UpdateScheduleCommand({...at('12:30:00'), State: 'DISABLED'}))
    expect(await faultOf(scheduler.send(new UpdateScheduleCommand(at('11:59:00'))))).toBe(over)
  })

  it('start no earlier than five minutes ago, unless they are for a single time', async () => {
    const {scheduler} = open()
    const StartDate = new Date(noon - 5 * 60_000 - 1000)
    const late = '400 ValidationException: The StartDate you specify cannot be earlier than 5 minutes ago.'
    expect(await faultOf(scheduler.send(new CreateScheduleCommand({...schedule, StartDate})))).toBe(late)
    const ScheduleExpression = 'at(2026-01-03T00:00:00)'
    await scheduler.send(new CreateScheduleCommand({...schedule, ScheduleExpression, StartDate}))
    expect(await faultOf(scheduler.send(new UpdateScheduleCommand({...schedule, StartDate})))).toBe(late)
    await scheduler.send(new UpdateScheduleCommand({...schedule, StartDate: new Date(noon - 5 * 60_000)}))
  })

  it('that are not there are not found', async () => {
    const {scheduler} = open()
    const missing = '404 ResourceNotFoundException: Schedule nightly does not exist.'
    expect(await faultOf(scheduler.send(new GetScheduleCommand({Name: 'nightly'})))).toBe(missing)
    expect(await faultOf(scheduler.send(new UpdateScheduleCommand(schedule)))).toBe(missing)
    expect(await faultOf(scheduler.send(new DeleteScheduleCommand({Name: 'nightly'})))).toBe(missing)
    await scheduler.send(new CreateScheduleCommand(schedule))
    expect(await faultOf(scheduler.send(new GetScheduleCommand({Name: 'nightly', GroupName: 'other'})))).toBe(missing)
    await scheduler.send(new DeleteScheduleCommand({Name: 'nightly'}))
    expect(await faultOf(scheduler.send(new GetScheduleCommand({Name: 'nightly'})))).toBe(missing)
    expect(await faultOf(scheduler.send(new CreateScheduleCommand({...schedule, GroupName: 'none'})))).toBe(
      '404 ResourceNotFoundException: Schedule group none does not exist.',
    )
  })

  it.each<[string, Partial<CreateScheduleCommandInput>, string]>([
    [
      'an expression that is none',
      {ScheduleExpression: 'cron(0 25 * * ? *)'},
      "Invalid Schedule Expression cron(0 25 * * ? *). hours: '25' is not 0 to 23.",
    ],
    [
      'a zone that is none',
      {ScheduleExpressionTimezone: 'Europe/Atlantis'},
      'Provided ScheduleExpressionTimezone Europe/Atlantis is invalid.',
    ],
    [
      'a window without a length',
      {FlexibleTimeWindow: {Mode: 'FLEXIBLE'}},
      'MaximumWindowInMinutes must be provided for FlexibleTimeWindow mode FLEXIBLE.',
    ],
    [
      'a length without a window',
      {FlexibleTimeWindow: {Mode: 'OFF', MaximumWindowInMinutes: 5}},
      'MaximumWindowInMinutes must not be provided for FlexibleTimeWindow mode OFF.',
    ],
    [
      'a window of more than a day',
      {FlexibleTimeWindow: {Mode: 'FLEXIBLE', MaximumWindowInMinutes: 1441}},
      "1 validation error detected: Value '1441' at 'flexibleTimeWindow.maximumWindowInMinutes' failed to satisfy constraint: Member must have value less than or equal to 1440",
    ],
    [
      'an end before the start',
      {StartDate: new Date(noon), EndDate: new Date(noon)},
      'EndDate must be later than StartDate.',
    ],
    [
      'a target that is no ARN',
      {Target: {Arn: 'train', RoleArn: triggerRoleArn}},
      'Provided Target.Arn train is not in correct format.',
    ],
    [
      'a role that is no ARN',
      {Target: {Arn: pipelineArn, RoleArn: 'me'}},
      "Value 'me' at 'target.roleArn' failed to satisfy constraint",
    ],
    ['a name with a space', {Name: 'a b'}, "Value 'a b' at 'name' failed to satisfy constraint"],
  ])('refuse %s', async (_name, change, message) => {
    const fault = await faultOf(open().scheduler.send(new CreateScheduleCommand({...schedule, ...change})))
    expect(fault).toContain('400 ValidationException: ')
    expect(fault).toContain(message)
  })

  it('are listed by group, prefix and state, in pages', async () => {
    const {scheduler} = open()
    await scheduler.send(new CreateScheduleGroupCommand({Name: 'team'}))
    const entries = [
      ['a-1', 'default'],
      ['a-2', 'team'],
      ['a-3', 'default'],
      ['b-1', 'team'],
    ] as const
    for (const [Name, GroupName] of entries) {
      await scheduler.send(
        new CreateScheduleCommand({...schedule, Name, GroupName, State: Name === 'a-3' ? 'DISABLED' : 'ENABLED'}),
      )
    }
    const list = async (input: ListSchedulesCommandInput) => {
      const {Schedules = [], NextToken} = await scheduler.send(new ListSchedulesCommand(input))
      return {names: Schedules.map(({Name}) => Name), NextToken, Schedules}
    }
    const first = await list({MaxResults: 3})
    expect(first.names).toEqual(['a-1', 'a-2', 'a-3'])
    expect(first.Schedules[1]).toMatchObject({GroupName: 'team', State: 'ENABLED', Target: {Arn: pipelineArn}})
    const rest = await list({MaxResults: 3, NextToken: first.NextToken})
    expect([rest.names, rest.NextToken]).toEqual([['b-1'], undefined])
    expect((await list({GroupName: 'team'})).names).toEqual(['a-2', 'b-1'])
    expect((await list({NamePrefix: 'a-', State: 'ENABLED'})).names).toEqual(['a-1', 'a-2'])
    expect(await faultOf(scheduler.send(new ListSchedulesCommand({GroupName: 'none'})))).toContain(
      '404 ResourceNotFoundException',
    )
    expect(await faultOf(scheduler.send(new ListSchedulesCommand({MaxResults: 101})))).toContain(
      'less than or equal to 100',
    )
  })
})

describe('groups', () => {
  it('are made, found and listed beside the default one', async () => {
    const {scheduler} = open()
    const {ScheduleGroupArn} = await scheduler.send(new CreateScheduleGroupCommand({Name: 'team', ClientToken: 'one'}))
    expect(
      (await scheduler.send(new CreateScheduleGroupCommand({Name: 'team', ClientToken: 'one'}))).ScheduleGroupArn,
    ).toBe(ScheduleGroupArn)
    expect(await scheduler.send(new GetScheduleGroupCommand({Name: 'team'}))).toMatchObject({
      Arn: ScheduleGroupArn,
      Name: 'team',
      State: 'ACTIVE',
      CreationDate: new Date(noon),
    })
    const {ScheduleGroups} = await scheduler.send(new ListScheduleGroupsCommand({}))
    expect(ScheduleGroups?.map(({Name}) => Name)).toEqual(['default', 'team'])
    expect((await scheduler.send(new ListScheduleGroupsCommand({NamePrefix: 't'}))).ScheduleGroups).toHaveLength(1)
    expect(await faultOf(scheduler.send(new CreateScheduleGroupCommand({Name: 'team'})))).toBe(
      '409 ConflictException: Schedule group team already exists.',
    )
    expect(await faultOf(scheduler.send(new CreateScheduleGroupCommand({Name: 'default'})))).toContain(
      '409 ConflictException',
    )
    expect(await faultOf(scheduler.send(new GetScheduleGroupCommand({Name: 'none'})))).toBe(
      '404 ResourceNotFoundException: Schedule group none does not exist.',
    )
  })

  it('take their schedules with them', async () => {
    const {scheduler} = open()
    await scheduler.send(new CreateScheduleGroupCommand({Name: 'team'}))
    await scheduler.send(new CreateScheduleCommand({...schedule, GroupName: 'team'}))
    await scheduler.send(new CreateScheduleCommand(schedule))
    await scheduler.send(new DeleteScheduleGroupCommand({Name: 'team'}))
    const {Schedules} = await scheduler.send(new ListSchedulesCommand({}))
    expect(Schedules?.map(({GroupName}) => GroupName)).toEqual(['default'])
    expect(await faultOf(scheduler.send(new DeleteScheduleGroupCommand({Name: 'team'})))).toContain(
      '404 ResourceNotFoundException',
    )
    expect(await faultOf(scheduler.send(new DeleteScheduleGroupCommand({Name: 'default'})))).toContain(
      '400 ValidationException',
    )
  })

  it('are 500 at most', async () => {
    const {scheduler} = open()
    for (let index = 1; index < 500; index += 1)
      await scheduler.send(new CreateScheduleGroupCommand({Name: `g${index}`}))
    expect(await faultOf(scheduler.send(new CreateScheduleGroupCommand({Name: 'more'})))).toContain(
      '402 ServiceQuotaExceededException',
    )
  })

  it('have tags', async () => {
    const {scheduler} = open()
    const {ScheduleGroupArn: ResourceArn} = await scheduler.send(
      new CreateScheduleGroupCommand({Name: 'team', Tags: [{Key: 'a', Value: '1'}]}),
    )
    await scheduler.send(
      new TagResourceCommand({
        ResourceArn,
        Tags: [
          {Key: 'b', Value: '2'},
          {Key: 'c', Value: '3'},
        ],
      }),
    )
    await scheduler.send(new UntagResourceCommand({ResourceArn, TagKeys: ['a', 'c']}))
    expect((await scheduler.send(new ListTagsForResourceCommand({ResourceArn}))).Tags).toEqual([{Key: 'b', Value: '2'}])
    const none = new ListTagsForResourceCommand({
      ResourceArn: 'arn:aws:scheduler:us-east-1:000000000000:schedule-group/none',
    })
    expect(await faultOf(scheduler.send(none))).toContain('404 ResourceNotFoundException')
  })
})

it('has no other paths', async () => {
  const {engine} = open()
  const answer = await engine.handle({
    method: 'PATCH',
    hostname: 'scheduler.us-east-1.amazonaws.com',
    path: '/schedules',
    query: {},
    headers: {},
  })
  expect([answer.statusCode, answer.headers['x-amzn-errortype']]).toEqual([404, 'UnknownOperationException'])
})
