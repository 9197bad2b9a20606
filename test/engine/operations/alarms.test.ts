// CloudWatch's alarms through the real client, and what they start. Names, limits and defaults: CloudWatch API Reference,
// 2010-08-01; the event: CloudWatch User Guide, "Alarm events and EventBridge", whose numbers these are.

import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  ListTagsForResourceCommand,
  type MetricDatum,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch'
import {PutRuleCommand, PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {ListPipelineExecutionsCommand, ListPipelineParametersForExecutionCommand} from '@aws-sdk/client-sagemaker'
import {describe, expect, it} from 'vitest'
import {eventClients, faultOf, pipelineArn} from '../support/event-clients.ts'
import {clientConfig, localCloud, putPipeline, roleArn} from '../support/local-cloud.ts'

const name = 'ServerCpuTooHigh'
const arn = `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${name}`
const metric = {Namespace: 'AWS/EC2', MetricName: 'CPUUtilization'}
const Dimensions = [{Name: 'InstanceId', Value: 'i-12345678901234567'}]

const alarm = {
  ...metric,
  AlarmName: name,
  AlarmDescription: 'Goes into alarm when server CPU utilization is too high!',
  Dimensions,
  Statistic: 'Average',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 50,
  ComparisonOperator: 'GreaterThanThreshold',
} satisfies PutMetricAlarmCommandInput

function open() {
  const clock = {now: Date.parse('2019-10-02T17:04:40.989Z')}
  const cloud = localCloud({now: () => clock.now})
  const client = new CloudWatchClient(clientConfig(cloud.engine))
  const put = (more: Partial<PutMetricAlarmCommandInput> = {}) =>
    client.send(new PutMetricAlarmCommand({...alarm, ...more}))
  const send = (...data: readonly Partial<MetricDatum>[]) =>
    client.send(
      new PutMetricDataCommand({
        Namespace: metric.Namespace,
        MetricData: data.map((datum) => ({MetricName: metric.MetricName, Dimensions, ...datum})),
      }),
    )
  const describeAll = async () => (await client.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? []
  const state = async () => (await describeAll())[0]?.StateValue
  const set = (StateValue: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA', StateReason = 'by hand') =>
    client.send(new SetAlarmStateCommand({AlarmName: name, StateValue, StateReason}))
  return {cloud, clock, client, put, send, set, describeAll, state}
}

/** A pipeline that every change to ALARM starts, on a bus that is served. */
async function withTrigger() {
  const opened = open()
  const {cloud} = opened
  const {events} = eventClients(cloud.engine)
  const Parameters = ['Alarm', 'Configuration', 'State', 'Before'].map((Name) => ({Name, Type: 'String'}))
  const Steps = [{Name: 'End', Type: 'Fail', Arguments: {ErrorMessage: 'done'}}]
  await putPipeline(cloud, 'train', {Version: '2020-12-01', Parameters, Steps})
  const EventPattern = JSON.stringify({
    source: ['aws.cloudwatch'],
    'detail-type': ['CloudWatch Alarm State Change'],
    resources: [arn],
    detail: {state: {value: ['ALARM']}},
  })
  const PipelineParameterList = [
    {Name: 'Alarm', Value: '$.detail.alarmName'},
    {Name: 'Configuration', Value: '$.detail.configuration'},
    {Name: 'State', Value: '$.detail.state'},
    {Name: 'Before', Value: '$.detail.previousState'},
  ]
  const target = {Id: 'p', Arn: pipelineArn, RoleArn: roleArn, SageMakerPipelineParameters: {PipelineParameterList}}
  await events.send(new PutRuleCommand({Name: 'drift', EventPattern}))
  await events.send(new PutTargetsCommand({Rule: 'drift', Targets: [target]}))
  cloud.engine.serveBus()

  const started = async () => {
    await cloud.engine.idle()
    const listed = await cloud.sageMaker.send(new ListPipelineExecutionsCommand({PipelineName: 'train'}))
    return (listed.PipelineExecutionSummaries ?? []).map(({PipelineExecutionArn = ''}) => PipelineExecutionArn)
  }
  const parametersOf = async (PipelineExecutionArn: string | undefined) => {
    const listed = await cloud.sageMaker.send(new ListPipelineParametersForExecutionCommand({PipelineExecutionArn}))
    return Object.fromEntries((listed.PipelineParameters ?? []).map(({Name = '', Value = ''}) => [Name, Value]))
  }
  return {...opened, started, parametersOf}
}

describe('an alarm', () => {
  it('is made without data, and shows what it was made with', async () => {
    const {put, describeAll} = open()
    await put()
    const at = new Date('2019-10-02T17:04:40.989Z')
    expect(await describeAll()).toEqual([
      {
        ...alarm,
        AlarmArn: arn,
        ActionsEnabled: true,
        OKActions: [],
        AlarmActions: [],
        InsufficientDataActions: [],
        StateValue: 'INSUFFICIENT_DATA',
        StateReason: 'Unchecked: Initial alarm creation',
        AlarmConfigurationUpdatedTimestamp: at,
        StateUpdatedTimestamp: at,
        StateTransitionedTimestamp: at,
      },
    ])
  })

  it('keeps state and tags when it is put again, and nothing else', async () => {
    const {put, set, client, describeAll} = open()
    await put({Tags: [{Key: 'team', Value: 'ml'}], TreatMissingData: 'breaching'})
    await set('OK')
    const {AlarmDescription: _, ...bare} = alarm
    await client.send(new PutMetricAlarmCommand({...bare, Threshold: 60, Tags: [{Key: 'other', Value: 'x'}]}))
    const [again] = await describeAll()
    expect(again).toMatchObject({Threshold: 60, StateValue: 'OK', StateReason: 'by hand'})
    expect(again?.AlarmDescription).toBeUndefined()
    expect(again?.TreatMissingData).toBeUndefined()
    const {Tags} = await client.send(new ListTagsForResourceCommand({ResourceARN: arn}))
    expect(Tags).toEqual([{Key: 'team', Value: 'ml'}])
  })

  it('is found by name, prefix, state, and action', async () => {
    const {put, client} = open()
    await put({AlarmName: 'one', AlarmActions: ['arn:aws:sns:us-east-1:000000000000:topic']})
    await put({AlarmName: 'One'})
    await put({AlarmName: 'two'})
    const names = async (input: object) =>
      ((await client.send(new DescribeAlarmsCommand(input))).MetricAlarms ?? []).map(({AlarmName}) => AlarmName)
    expect(await names({})).toEqual(['One', 'one', 'two'])
    expect(await names({AlarmNames: ['two', 'none']})).toEqual(['two'])
    expect(await names({AlarmNamePrefix: 'o'})).toEqual(['one'])
    expect(await names({StateValue: 'ALARM'})).toEqual([])
    expect(await names({ActionPrefix: 'arn:aws:sns'})).toEqual(['one'])
    expect(await names({AlarmTypes: ['CompositeAlarm']})).toEqual([])
  })

  it('has tags and actions that can be switched', async () => {
    const {put, client, describeAll} = open()
    await put()
    await client.send(new TagResourceCommand({ResourceARN: arn, Tags: [{Key: 'a', Value: '1'}]}))
    await client.send(new UntagResourceCommand({ResourceARN: arn, TagKeys: ['a']}))
    expect((await client.send(new ListTagsForResourceCommand({ResourceARN: arn}))).Tags).toEqual([])
    await client.send(new DisableAlarmActionsCommand({AlarmNames: [name]}))
    expect((await describeAll())[0]?.ActionsEnabled).toBe(false)
    await client.send(new EnableAlarmActionsCommand({AlarmNames: [name]}))
    expect((await describeAll())[0]?.ActionsEnabled).toBe(true)
  })

  it('is not deleted where another of the request is not there', async () => {
    const {put, client, describeAll} = open()
    await put()
    const call = client.send(new DeleteAlarmsCommand({AlarmNames: [name, 'none']}))
    expect(await faultOf(call)).toBe('ResourceNotFound: There is no alarm none.')
    expect(await describeAll()).toHaveLength(1)
  })

  it.each<readonly [string, Partial<PutMetricAlarmCommandInput>, string]>([
    ['no statistic', {Statistic: undefined}, 'Exactly one of the parameters Statistic and ExtendedStatistic'],
    ['no threshold', {Threshold: undefined}, 'Exactly one of the parameters Threshold and ThresholdMetricId'],
    ['a period between minutes', {Period: 90}, 'Period must be 10, 20, 30 or a multiple of 60.'],
    ['more than a day of short periods', {EvaluationPeriods: 289}, 'EvaluationPeriods * Period must be less than'],
    ['more datapoints than periods', {DatapointsToAlarm: 2}, 'DatapointsToAlarm must be less than or equal to'],
    ['no metric', {MetricName: undefined}, 'Exactly one of the parameters MetricName and Metrics'],
    ['a colon before its namespace', {Namespace: ':x'}, "1 validation error detected: Value ':x' at 'namespace'"],
  ])('is refused with %s', async (_what, more, message) => {
    const {put} = open()
    expect(await faultOf(put(more))).toContain(`ValidationException: ${message}`)
  })
})

describe('data', () => {
  const from = (time: string) => new Date(`2019-10-02T${time}Z`)

  it.each<readonly [string, Partial<PutMetricAlarmCommandInput>, Partial<MetricDatum>, string]>([
    ['a value above', {}, {Value: 51}, 'ALARM'],
    ['a value at the threshold', {}, {Value: 50}, 'OK'],
    ['a value at a threshold that counts', {ComparisonOperator: 'GreaterThanOrEqualToThreshold'}, {Value: 50}, 'ALARM'],
    ['a value below', {ComparisonOperator: 'LessThanThreshold'}, {Value: 49}, 'ALARM'],
    ['the average of values', {}, {Values: [0, 90], Counts: [1, 2]}, 'ALARM'],
    ['the largest of values', {Statistic: 'Maximum'}, {Values: [0, 51]}, 'ALARM'],
    ['the smallest of values', {Statistic: 'Minimum'}, {Values: [0, 51]}, 'OK'],
    ['the sum of values', {Statistic: 'Sum'}, {Values: [26, 26]}, 'ALARM'],
    ['how many there are', {Statistic: 'SampleCount'}, {Values: [1, 2], Counts: [50, 1]}, 'ALARM'],
    ['a set', {}, {StatisticValues: {SampleCount: 2, Sum: 120, Minimum: 0, Maximum: 120}}, 'ALARM'],
    ['another unit', {Unit: 'Percent'}, {Value: 99, Unit: 'Count'}, 'INSUFFICIENT_DATA'],
    ['its unit', {Unit: 'Percent'}, {Value: 99, Unit: 'Percent'}, 'ALARM'],
    ['other dimensions', {}, {Value: 99, Dimensions: []}, 'INSUFFICIENT_DATA'],
  ])('of %s bring the alarm into its state', async (_what, more, datum, expected) => {
    const {put, send, state} = open()
    await put(more)
    await send(datum)
    expect(await state()).toBe(expected)
  })

  it('of one period are put together', async () => {
    const {put, send, state} = open()
    await put()
    await send({Value: 80})
    expect(await state()).toBe('ALARM')
    await send({Value: 10})
    expect(await state()).toBe('OK')
  })

  it('of several periods are counted', async () => {
    const {put, send, state} = open()
    await put({EvaluationPeriods: 3, DatapointsToAlarm: 2})
    await send({Value: 80, Timestamp: from('16:30:00')})
    expect(await state()).toBe('INSUFFICIENT_DATA')
    await send({Value: 10, Timestamp: from('16:35:00')})
    expect(await state()).toBe('OK')
    await send({Value: 80, Timestamp: from('16:40:00')})
    expect(await state()).toBe('ALARM')
    for (const time of ['16:45:00', '16:50:00', '16:55:00']) await send({Value: 10, Timestamp: from(time)})
    expect(await state()).toBe('OK')
  })

  it('count for nothing that an alarm no longer watches', async () => {
    const {put, send, state} = open()
    await put({EvaluationPeriods: 2})
    await send({Value: 80, Timestamp: from('16:50:00')})
    await put({EvaluationPeriods: 2, Threshold: 60})
    await send({Value: 80, Timestamp: from('16:55:00')})
    expect(await state()).toBe('INSUFFICIENT_DATA')
  })

  it.each<readonly [string, Partial<MetricDatum>, string]>([
    ['without a value', {}, 'MissingRequiredParameterException'],
    ['with two', {Value: 1, Values: [1]}, 'InvalidParameterCombinationException'],
    ['with counts of another length', {Values: [1], Counts: [1, 2]}, 'InvalidParameterValueException'],
    ['of long ago', {Value: 1, Timestamp: new Date('2019-09-01')}, 'InvalidParameterValueException'],
  ])('are refused %s', async (_what, datum, fault) => {
    const {send} = open()
    expect(await faultOf(send(datum))).toMatch(new RegExp(`^${fault}: `))
  })

  it('come packed, where there are many', async () => {
    const {put, send, state} = open()
    await put({Statistic: 'SampleCount'})
    // The SDK packs a body of 10 KiB and more.
    await send(...Array.from({length: 200}, (_, at) => ({Value: at})))
    expect(await state()).toBe('ALARM')
  })
})

describe('a change of state', () => {
  it('by data starts a pipeline, with all that the event says', async () => {
    const {put, send, clock, started, parametersOf} = await withTrigger()
    await put()
    await send({Value: 1, Timestamp: new Date('2019-10-02T16:50:00Z')})
    clock.now += 1000
    await send({Value: 99.50160229693434, Timestamp: new Date('2019-10-02T16:59:00Z')})
    const [execution, ...others] = await started()
    expect(others).toEqual([])
    const {Alarm, Configuration = '', State = '', Before = ''} = await parametersOf(execution)
    expect(Alarm).toBe(name)
    expect(JSON.parse(Configuration)).toEqual({
      description: alarm.AlarmDescription,
      metrics: [
        {
          id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
          metricStat: {
            metric: {
              dimensions: {InstanceId: 'i-12345678901234567'},
              name: 'CPUUtilization',
              namespace: 'AWS/EC2',
            },
            period: 300,
            stat: 'Average',
          },
          returnData: true,
        },
      ],
    })
    const {reasonData, ...state} = JSON.parse(State) as {reasonData: string}
    expect(state).toEqual({
      reason:
        'Threshold Crossed: 1 out of the last 1 datapoints [99.50160229693434 (02/10/19 16:55:00)] was greater than the ' +
        'threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).',
      timestamp: '2019-10-02T17:04:41.989+0000',
      value: 'ALARM',
    })
    expect(JSON.parse(reasonData)).toEqual({
      version: '1.0',
      queryDate: '2019-10-02T17:04:41.989+0000',
      startDate: '2019-10-02T16:55:00.000+0000',
      statistic: 'Average',
      period: 300,
      recentDatapoints: [99.50160229693434],
      threshold: 50,
    })
    expect(JSON.parse(Before)).toMatchObject({
      reason: expect.stringContaining('[1.0 (02/10/19 16:50:00)] was not greater than the threshold (50.0)'),
      timestamp: '2019-10-02T17:04:40.989+0000',
      value: 'OK',
    })
  })

  it('by hand starts it once for as long as the state stays', async () => {
    const {put, set, started} = await withTrigger()
    await put()
    await set('ALARM', 'a rehearsal')
    await set('ALARM', 'again')
    expect(await started()).toHaveLength(1)
    await set('OK')
    await set('ALARM')
    expect(await started()).toHaveLength(2)
  })

  it('is told whatever is done with the actions', async () => {
    const {put, set, client, started} = await withTrigger()
    await put()
    await client.send(new DisableAlarmActionsCommand({AlarmNames: [name]}))
    await set('ALARM')
    expect(await started()).toHaveLength(1)
  })

  it('is refused with data for its reason that are no JSON', async () => {
    const {put, client} = open()
    await put()
    const input = {AlarmName: name, StateValue: 'OK', StateReason: 'x', StateReasonData: '{'} as const
    expect(await faultOf(client.send(new SetAlarmStateCommand(input)))).toMatch(/^InvalidFormatFault: /)
  })
})
