// EventBridge's operations through the real client. Error names and limits: EventBridge API Reference, 2015-10-07.

import {
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  type Target,
  UntagResourceCommand,
} from '@aws-sdk/client-eventbridge'
import {describe, expect, it} from 'vitest'
import {eventClients, faultOf, pipelineArn, triggerRoleArn} from '../support/event-clients.ts'
import {localCloud} from '../support/local-cloud.ts'

const open = () => eventClients(localCloud().engine)

const pattern = '{"source": ["my.app"]}'
const pipelineTarget: Target = {Id: 'pipeline', Arn: pipelineArn, RoleArn: triggerRoleArn}
const queueTarget = (id: string): Target => ({Id: id, Arn: 'arn:aws:sqs:us-east-1:000000000000:q'})

describe('rules', () => {
  it('are described as they were put, and replaced as a whole', async () => {
    const {events} = open()
    const first: PutRuleCommandInput = {
      Name: 'r',
      EventPattern: pattern,
      Description: 'first',
      State: 'DISABLED',
      Tags: [{Key: 'a', Value: '1'}],
    }
    const {RuleArn} = await events.send(new PutRuleCommand(first))
    expect(RuleArn).toBe('arn:aws:events:us-east-1:000000000000:rule/r')
    expect(await events.send(new DescribeRuleCommand({Name: 'r'}))).toMatchObject({
      Arn: RuleArn,
      EventBusName: 'default',
      EventPattern: pattern,
      Description: 'first',
      State: 'DISABLED',
      CreatedBy: '000000000000',
    })

    await events.send(
      new PutRuleCommand({Name: 'r', ScheduleExpression: 'rate(5 minutes)', Tags: [{Key: 'b', Value: '2'}]}),
    )
    const {$metadata: _metadata, ...second} = await events.send(new DescribeRuleCommand({Name: 'r'}))
    expect(second).toEqual({
      Name: 'r',
      Arn: RuleArn,
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
      EventBusName: 'default',
      CreatedBy: '000000000000',
    })
    const {Tags} = await events.send(new ListTagsForResourceCommand({ResourceARN: RuleArn}))
    expect(Tags).toEqual([{Key: 'a', Value: '1'}])
  })

  it.each<[string, PutRuleCommandInput, string]>([
    [
      'neither pattern nor schedule',
      {Name: 'r'},
      'ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.',
    ],
    [
      'a pattern that is none',
      {Name: 'r', EventPattern: '{"a": []}'},
      'InvalidEventPatternException: Event pattern is not valid. Reason: Empty arrays are not allowed',
    ],
    [
      'a schedule that is none',
      {Name: 'r', ScheduleExpression: 'rate(1 minutes)'},
      "ValidationException: Parameter ScheduleExpression is not valid. Reason: unit: 'minutes' does not go with 1: write rate(1 minute)",
    ],
    [
      'a schedule on another bus',
      {Name: 'r', ScheduleExpression: 'rate(1 minute)', EventBusName: 'other'},
      'ValidationException: ScheduleExpression is supported only on the default event bus.',
    ],
    [
      'another bus',
      {Name: 'r', EventPattern: pattern, EventBusName: 'other'},
      'ResourceNotFoundException: Event bus other does not exist.',
    ],
    [
      'a name with a space',
      {Name: 'a b', EventPattern: pattern},
      "ValidationException: 1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
    ],
  ])('refuses %s', async (_name, input, message) => {
    expect(await faultOf(open().events.send(new PutRuleCommand(input)))).toBe(message)
  })

  it('takes the bus by its ARN', async () => {
    const {events} = open()
    const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/default'
    await events.send(new PutRuleCommand({Name: 'r', EventPattern: pattern, EventBusName: bus}))
    expect((await events.send(new DescribeRuleCommand({Name: 'r', EventBusName: bus}))).Name).toBe('r')
  })

  it('go with their tags, when they have no targets any more; one that is not there has gone', async () => {
    const {events} = open()
    const {RuleArn = ''} = await events.send(
      new PutRuleCommand({Name: 'r', EventPattern: pattern, Tags: [{Key: 'a', Value: '1'}]}),
    )
    await events.send(new PutTargetsCommand({Rule: 'r', Targets: [queueTarget('q')]}))
    expect(await faultOf(events.send(new DeleteRuleCommand({Name: 'r'})))).toBe(
      "ValidationException: Rule can't be deleted since it has targets.",
    )
    await events.send(new RemoveTargetsCommand({Rule: 'r', Ids: ['q']}))
    await events.send(new DeleteRuleCommand({Name: 'r'}))
    await events.send(new DeleteRuleCommand({Name: 'r'}))
    const missing = 'ResourceNotFoundException: Rule r does not exist on EventBus default.'
    expect(await faultOf(events.send(new DescribeRuleCommand({Name: 'r'})))).toBe(missing)
    expect(await faultOf(events.send(new ListTagsForResourceCommand({ResourceARN: RuleArn})))).toBe(missing)
    expect(await faultOf(events.send(new PutTargetsCommand({Rule: 'r', Targets: [queueTarget('q')]})))).toBe(missing)
    await events.send(new PutRuleCommand({Name: 'r', EventPattern: pattern}))
    expect((await events.send(new ListTagsForResourceCommand({ResourceARN: RuleArn}))).Tags).toEqual([])
  })

  it('are enabled and disabled', async () => {
    const {events} = open()
    await events.send(new PutRuleCommand({Name: 'r', EventPattern: pattern}))
    await events.send(new DisableRuleCommand({Name: 'r'}))
    expect((await events.send(new DescribeRuleCommand({Name: 'r'}))).State).toBe('DISABLED')
    await events.send(new EnableRuleCommand({Name: 'r'}))
    expect((await events.send(new DescribeRuleCommand({Name: 'r'}))).State).toBe('ENABLED')
  })

  it('are tagged and untagged', async () => {
    const {events} = open()
    const {RuleArn} = await events.send(new PutRuleCommand({Name: 'r', EventPattern: pattern}))
    await events.send(
      new TagResourceCommand({
        ResourceARN: RuleArn,
        Tags: [
          {Key: 'a', Value: '1'},
          {Key: 'b', Value: ''},
        ],
      }),
    )
    await events.send(new UntagResourceCommand({ResourceARN: RuleArn, TagKeys: ['a']}))
    const {Tags} = await events.send(new ListTagsForResourceCommand({ResourceARN: RuleArn}))
    expect(Tags).toEqual([{Key: 'b', Value: ''}])
  })

  it('are listed by prefix and by target, in pages; 300 of them at most', async () => {
    const {events} = open()
    const names = Array.from({length: 300}, (_, index) => `rule-${String(index).padStart(3, '0')}`)
    for (const Name of names) await events.send(new PutRuleCommand({Name, EventPattern: pattern}))
    expect(await faultOf(events.send(new PutRuleCommand({Name: 'one-more', EventPattern: pattern})))).toBe(
      'LimitExceededException: The requested resource exceeds the maximum number allowed.',
    )
    await events.send(new PutRuleCommand({Name: 'rule-000', EventPattern: pattern, Description: 'again'}))

    const found: (string | undefined)[] = []
    let NextToken: string | undefined
    do {
      const page = await events.send(new ListRulesCommand({Limit: 100, NextToken}))
      found.push(...(page.Rules ?? []).map(({Name}) => Name))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(found).toEqual(names)
    const some = await events.send(new ListRulesCommand({NamePrefix: 'rule-01', Limit: 3}))
    expect(some.Rules?.map(({Name}) => Name)).toEqual(['rule-010', 'rule-011', 'rule-012'])
    expect((await events.send(new ListRulesCommand({NamePrefix: 'Rule'}))).Rules).toEqual([])

    for (const Rule of ['rule-007', 'rule-100', 'rule-200'])
      await events.send(new PutTargetsCommand({Rule, Targets: [pipelineTarget]}))
    const first = await events.send(new ListRuleNamesByTargetCommand({TargetArn: pipelineArn, Limit: 2}))
    expect(first.RuleNames).toEqual(['rule-007', 'rule-100'])
    const rest = await events.send(
      new ListRuleNamesByTargetCommand({TargetArn: pipelineArn, NextToken: first.NextToken}),
    )
    expect([rest.RuleNames, rest.NextToken]).toEqual([['rule-200'], undefined])
    expect(await faultOf(events.send(new ListRulesCommand({NextToken: 'x'})))).toBe(
      'ValidationException: Parameter NextToken is not valid.',
    )
  })
})

describe('targets', () => {
  it('are kept as they were put, and replaced by their id', async () => {
    const {events} = open()
    await events.send(new PutRuleCommand({Name: 'r', EventPattern: pattern}))
    const target: Target = {
      ...pipelineTarget,
      SageMakerPipelineParameters: {PipelineParameterList: [{Name: 'Key', Value: '$.detail.object.key'}]},
      RetryPolicy: {MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 60},
      DeadLetterConfig: {Arn: 'arn:aws:sqs:us-east-1:000000000000:dead'},
    }
    expect(await events.send(new PutTargetsCommand({Rule: 'r', Targets: [target, queueTarget('q')]}))).toMatchObject({
      FailedEntryCount: 0,
      FailedEntries: [],
    })
    await events.send(new PutTargetsCommand({Rule: 'r', Targets: [{...queueTarget('q'), Input: '{}'}]}))
    const {Targets} = await events.send(new ListTargetsByRuleCommand({Rule: 'r'}))
    expect(Targets).toEqual([target, {...queueTarget('q'), Input: '{}'}])
  })

  it('are five at most', async () => {
    const {events} = open()
    await events.send(new PutRuleCommand({Name: 'r', EventPattern: pattern}))
    await events.send(new PutTargetsCommand({Rule: 'r', Targets: ['a', 'b', 'c', 'd', 'e'].map(queueTarget)}))
    await events.send(new PutTargetsCommand({Rule: 'r', Targets: [queueTarget('a')]}))
    expect(await faultOf(events.send(new PutTargetsCommand({Rule: 'r', Targets: [queueTarget('f')]})))).toMatch(
      /^LimitExceededException/,
    )
  })

  it.each<[string, Target, string]>([
    [
      'a pipeline without a role',
      {Id: 'p', Arn: pipelineArn},
      `ValidationException: RoleArn is required for target ${pipelineArn}.`,
    ],
    [
      'what is no ARN',
      {Id: 'p', Arn: 'train'},
      'ValidationException: Parameter train is not valid. Reason: Provided Arn is not in correct format.',
    ],
    [
      'an underscore in the name of a parameter',
      {...pipelineTarget, SageMakerPipelineParameters: {PipelineParameterList: [{Name: 'input_uri', Value: 'x'}]}},
      "ValidationException: 1 validation error detected: Value 'input_uri' at 'targets.1.member.sageMakerPipelineParameters.pipelineParameterList.1.member.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9])*",
    ],
    [
      'more than 200 parameters',
      {
        ...pipelineTarget,
        SageMakerPipelineParameters: {
          PipelineParameterList: Array.from({length: 201}, (_, index) => ({Name: `p${index}`, Value: 'x'})),
        },
      },
      'ValidationException',
    ],
    ['too many attempts', {...pipelineTarget, RetryPolicy: {MaximumRetryAttempts: 186}}, 'ValidationException'],
    [
      'an event that is too young',
      {...pipelineTarget, RetryPolicy: {MaximumEventAgeInSeconds: 59}},
      'ValidationException',
    ],
    ['two inputs', {...pipelineTarget, Input: '{}', InputPath: '$.detail'}, 'ValidationException'],
  ])('refuses %s', async (_name, target, message) => {
    const {events} = open()
    await events.send(new PutRuleCommand({Name: 'r', EventPattern: pattern}))
    expect(await faultOf(events.send(new PutTargetsCommand({Rule: 'r', Targets: [target]})))).toContain(message)
    expect((await events.send(new ListTargetsByRuleCommand({Rule: 'r'}))).Targets).toEqual([])
  })

  it('that are not there are entries that failed, when they are removed', async () => {
    const {events} = open()
    await events.send(new PutRuleCommand({Name: 'r', EventPattern: pattern}))
    await events.send(new PutTargetsCommand({Rule: 'r', Targets: [queueTarget('q')]}))
    expect(await events.send(new RemoveTargetsCommand({Rule: 'r', Ids: ['q', 'x']}))).toMatchObject({
      FailedEntryCount: 1,
      FailedEntries: [{TargetId: 'x', ErrorCode: 'ResourceNotFoundException'}],
    })
  })
})

it('has the default bus alone', async () => {
  const {events} = open()
  const bus = {Name: 'default', Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default'}
  expect((await events.send(new ListEventBusesCommand({}))).EventBuses).toEqual([bus])
  expect((await events.send(new ListEventBusesCommand({NamePrefix: 'x'}))).EventBuses).toEqual([])
  expect(await events.send(new DescribeEventBusCommand({}))).toMatchObject(bus)
  expect(await faultOf(events.send(new DescribeEventBusCommand({Name: 'x'})))).toBe(
    'ResourceNotFoundException: Event bus x does not exist.',
  )
})
