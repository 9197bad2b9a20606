// PutEvents and TestEventPattern through the real client. Error names and limits: EventBridge API Reference, 2015-10-07.

import {
  DisableRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge'
import {
  DescribePipelineExecutionCommand,
  ListPipelineExecutionsCommand,
  ListPipelineParametersForExecutionCommand,
} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import {readPatternCases} from '../../support/pattern-cases.ts'
import {eventClients, faultOf, pipelineArn, triggerRoleArn} from '../support/event-clients.ts'
import {localCloud, putPipeline} from '../support/local-cloud.ts'

function open() {
  const cloud = localCloud()
  return {...cloud, ...eventClients(cloud.engine), cloud}
}

const pattern = '{"source": ["my.app"]}'
const pipelineTarget: Target = {Id: 'pipeline', Arn: pipelineArn, RoleArn: triggerRoleArn}
const queueTarget = (id: string): Target => ({Id: id, Arn: 'arn:aws:sqs:us-east-1:000000000000:q'})

describe('patterns', () => {
  const cases = readPatternCases('TestEventPattern on the 400 verdicts of the open engine')

  it.skipIf(!cases)('get the verdicts of the open engine over the wire', async () => {
    const {events} = open()
    const wrong: unknown[] = []
    for (const {patternText, eventText, matches} of cases ?? []) {
      const {Result} = await events.send(new TestEventPatternCommand({EventPattern: patternText, Event: eventText}))
      if (Result !== matches) wrong.push({patternText, eventText, matches})
    }
    expect(wrong).toEqual([])
  })

  it('that are none are refused, and so are events', async () => {
    const {events} = open()
    const test = (EventPattern: string, Event: string) =>
      faultOf(events.send(new TestEventPatternCommand({EventPattern, Event})))
    expect(await test('{"a": 1}', '{}')).toBe(
      'InvalidEventPatternException: Event pattern is not valid. Reason: "a" must be an object or an array',
    )
    expect(await test(pattern, '[]')).toBe(
      'ValidationException: Parameter Event is not valid. Reason: it is not a JSON object.',
    )
  })
})

describe('events', () => {
  const entry = {
    Source: 'my.app',
    DetailType: 'New data',
    Detail: '{"bucket": "b", "object": {"key": "in/x.csv", "size": 300.0}}',
  }
  const definition = {
    Version: '2020-12-01',
    Parameters: [
      {Name: 'Key', Type: 'String', DefaultValue: 'none'},
      {Name: 'Size', Type: 'Float', DefaultValue: 0},
      {Name: 'Mode', Type: 'String', DefaultValue: 'hand'},
    ],
    Steps: [{Name: 'End', Type: 'Fail', Arguments: {ErrorMessage: 'done'}}],
  }

  async function withRule(parameters: {Name: string; Value: string}[]) {
    const opened = open()
    await putPipeline(opened.cloud, 'train', definition)
    await opened.events.send(
      new PutRuleCommand({
        Name: 'new-data',
        EventPattern: '{"source": ["my.app"], "detail": {"object": {"key": [{"prefix": "in/"}]}}}',
      }),
    )
    const SageMakerPipelineParameters = {PipelineParameterList: parameters}
    await opened.events.send(
      new PutTargetsCommand({
        Rule: 'new-data',
        Targets: [{...pipelineTarget, SageMakerPipelineParameters}, queueTarget('q')],
      }),
    )
    const started = async () => {
      const {PipelineExecutionSummaries = []} = await opened.sageMaker.send(
        new ListPipelineExecutionsCommand({PipelineName: 'train'}),
      )
      return PipelineExecutionSummaries.map(({PipelineExecutionArn = ''}) => PipelineExecutionArn)
    }
    return {...opened, started}
  }

  it('start the pipeline of a rule that matches, with values from the event', async () => {
    const {events, sageMaker, started, engine} = await withRule([
      {Name: 'Key', Value: '$.detail.object.key'},
      {Name: 'Size', Value: "$.detail['object'].size"},
      {Name: 'Mode', Value: 'auto'},
    ])
    const {Entries, FailedEntryCount} = await events.send(new PutEventsCommand({Entries: [entry]}))
    expect(FailedEntryCount).toBe(0)
    const [PipelineExecutionArn, ...others] = await started()
    expect(others).toEqual([])
    const {PipelineParameters} = await sageMaker.send(
      new ListPipelineParametersForExecutionCommand({PipelineExecutionArn}),
    )
    expect(PipelineParameters).toEqual([
      {Name: 'Key', Value: 'in/x.csv'},
      {Name: 'Size', Value: '300.0'},
      {Name: 'Mode', Value: 'auto'},
    ])
    const {PipelineExecutionDescription} = await sageMaker.send(
      new DescribePipelineExecutionCommand({PipelineExecutionArn}),
    )
    expect(PipelineExecutionDescription).toBe(`Started by rule new-data, event ${Entries?.[0]?.EventId}`)
    await engine.idle()
  })

  it.each([
    ['an event that does not match', {...entry, Source: 'other'}],
    ['an event without the value of a parameter', {...entry, Detail: '{"object": {"key": "in/x"}}'}],
  ])('start nothing: %s', async (_name, other) => {
    const {events, started} = await withRule([{Name: 'Size', Value: '$.detail.object.size'}])
    expect((await events.send(new PutEventsCommand({Entries: [other]}))).FailedEntryCount).toBe(0)
    expect(await started()).toEqual([])
  })

  it('start nothing where the rule is disabled', async () => {
    const {events, started} = await withRule([])
    await events.send(new DisableRuleCommand({Name: 'new-data'}))
    await events.send(new PutEventsCommand({Entries: [entry]}))
    expect(await started()).toEqual([])
  })

  it('have an envelope with account, region, time and resources', async () => {
    const {events, started, engine} = await withRule([])
    const EventPattern =
      '{"version": ["0"], "account": ["000000000000"], "region": ["us-east-1"], "detail-type": ["New data"], "time": ["2026-01-02T03:04:05Z"], "resources": ["arn:x"], "detail": {"object": {"size": [300.0]}}}'
    await events.send(new PutRuleCommand({Name: 'new-data', EventPattern}))
    await events.send(
      new PutEventsCommand({Entries: [{...entry, Time: new Date('2026-01-02T03:04:05Z'), Resources: ['arn:x']}]}),
    )
    expect(await started()).toHaveLength(1)
    await engine.idle()
  })

  it('that are wrong are entries that failed', async () => {
    const {events} = open()
    const {FailedEntryCount, Entries} = await events.send(
      new PutEventsCommand({
        Entries: [
          entry,
          {...entry, Source: 'aws.s3'},
          {...entry, Source: undefined},
          {...entry, DetailType: ''},
          {...entry, Detail: undefined},
          {...entry, Detail: '{"a": 1} x'},
          {...entry, Detail: '[1]'},
          {...entry, EventBusName: 'other'},
        ],
      }),
    )
    expect(FailedEntryCount).toBe(7)
    expect(Entries?.map(({EventId, ErrorCode}) => (EventId === undefined ? ErrorCode : 'sent'))).toEqual([
      ...['sent', 'NotAuthorizedForSourceException', 'InvalidArgument', 'InvalidArgument', 'InvalidArgument'],
      ...['MalformedDetail', 'MalformedDetail', 'InvalidArgument'],
    ])
  })

  it('come ten at a time, and 256 KB', async () => {
    const {events} = open()
    expect(
      await faultOf(events.send(new PutEventsCommand({Entries: Array.from({length: 11}, () => entry)}))),
    ).toContain('Member must have length less than or equal to 10')
    const Detail = `{"a": "${'x'.repeat(262_144)}"}`
    expect(await faultOf(events.send(new PutEventsCommand({Entries: [{...entry, Detail}]})))).toContain(
      'over the limit',
    )
  })
})
