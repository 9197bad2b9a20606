// Every trigger fires for its own sample, and a sample is a whole event.
import {describe, expect, it} from 'vitest'
import {eventPattern} from '../../../src/trigger/event-pattern.ts'
import {sampleEvent} from '../../../src/trigger/samples/sample-event.ts'
import type {TriggerSource} from '../../../src/trigger/trigger.ts'
import {readPatternCases} from '../../support/pattern-cases.ts'
import {fc} from '../../support/properties.ts'
import {eventSources, matches, pipelineArn, samplePlace} from '../triggers.ts'

function sampleText(source: TriggerSource): string {
  const sample = sampleEvent(source, samplePlace)
  return sample.kind === 'event' ? sample.text : JSON.stringify(sample)
}

const sampleOf = (source: TriggerSource): unknown => JSON.parse(sampleText(source))

// API Reference, TestEventPattern: the fields that an event must have.
const mandatory = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type']

it('every kind fires for its own sample', () => {
  fc.assert(
    fc.property(eventSources, (source) => {
      const text = sampleText(source)
      expect(matches(eventPattern(source, pipelineArn), text)).toBe(true)
      expect(JSON.parse(text)).toMatchObject({
        version: '0',
        id: samplePlace.id,
        account: '111122223333',
        region: 'eu-central-1',
        time: '2026-11-12T03:04:05Z',
        resources: expect.arrayContaining([expect.stringMatching(/^arn:aws:/)]),
      })
      for (const field of mandatory) expect(JSON.parse(text)).toHaveProperty([field])
    }),
  )
})

it.each<[string, TriggerSource, object]>([
  [
    's3',
    {kind: 's3', bucket: 'lake', prefix: 'in/', suffix: '.csv'},
    {
      'detail-type': 'Object Created',
      source: 'aws.s3',
      resources: ['arn:aws:s3:::lake'],
      detail: {
        version: '0',
        bucket: {name: 'lake'},
        object: {
          key: 'in/sample.csv',
          size: 1024,
          etag: expect.stringMatching(/^[0-9a-f]{32}$/),
          sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
        },
        'request-id': expect.stringMatching(/^[0-9A-F]{16}$/),
        requester: '111122223333',
        'source-ip-address': '192.0.2.1',
        reason: 'PutObject',
      },
    },
  ],
  [
    'a marker',
    {kind: 's3', bucket: 'lake', prefix: 'in', marker: '_SUCCESS'},
    {detail: {object: {key: 'in/_SUCCESS'}}},
  ],
  ['one object', {kind: 's3', bucket: 'lake', prefix: 'in/a.csv'}, {detail: {object: {key: 'in/a.csv'}}}],
  [
    'pipeline',
    {kind: 'pipeline', pipeline: 'Features', on: 'failed'},
    {
      resources: [
        'arn:aws:sagemaker:eu-central-1:111122223333:pipeline/features',
        expect.stringMatching(/:pipeline\/features\/execution\/[0-9a-z]{12}$/),
      ],
      detail: {
        pipelineExecutionDisplayName: expect.any(String),
        currentPipelineExecutionStatus: 'Failed',
        previousPipelineExecutionStatus: 'Executing',
        executionStartTime: '2026-11-12T02:04:05Z',
        executionEndTime: '2026-11-12T03:04:05Z',
        pipelineExecutionDescription: '',
        pipelineArn: 'arn:aws:sagemaker:eu-central-1:111122223333:pipeline/features',
        pipelineExecutionArn: expect.stringMatching(/\/execution\/[0-9a-z]{12}$/),
      },
    },
  ],
  [
    'an approved model',
    {kind: 'model', group: 'Churn', on: 'approved'},
    {
      resources: ['arn:aws:sagemaker:eu-central-1:111122223333:model-package/churn/1'],
      detail: {
        ModelPackageGroupName: 'Churn',
        ModelApprovalStatus: 'Approved',
        UpdatedModelPackageFields: ['ModelApprovalStatus'],
      },
    },
  ],
  [
    'an alarm',
    {kind: 'drift', monitor: 'daily', by: {kind: 'alarm', alarmName: 'churn-t'}},
    {
      source: 'aws.cloudwatch',
      resources: ['arn:aws:cloudwatch:eu-central-1:111122223333:alarm:churn-t'],
      detail: {
        alarmName: 'churn-t',
        configuration: {metrics: [{metricStat: {stat: 'Maximum'}, returnData: true}]},
        state: {value: 'ALARM', timestamp: '2026-11-12T03:04:05.678+0000'},
        previousState: {value: 'OK'},
      },
    },
  ],
  [
    'a violation',
    {kind: 'drift', monitor: 'Daily', by: {kind: 'violation'}},
    {
      'detail-type': 'SageMaker Processing Job State Change',
      detail: {
        ProcessingJobStatus: 'Completed',
        MonitoringScheduleArn: 'arn:aws:sagemaker:eu-central-1:111122223333:monitoring-schedule/daily',
        ProcessingEndTime: samplePlace.timeMs,
      },
    },
  ],
  [
    'a rule with a schedule',
    {kind: 'schedule', via: 'rule', expression: 'rate(1 day)'},
    {
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      resources: ['arn:aws:events:eu-central-1:111122223333:rule/churn-t'],
      detail: {},
    },
  ],
])('the sample of %s is what the service sends', (_name, source, expected) => {
  expect(sampleOf(source)).toMatchObject(expected)
})

it('a package that is registered was not edited', () => {
  expect(sampleOf({kind: 'model', group: 'g', on: 'registered'})).not.toHaveProperty('detail.UpdatedModelPackageFields')
})

it('EventBridge Scheduler sends no event', () => {
  expect(sampleOf({kind: 'schedule', via: 'scheduler', expression: 'rate(1 day)'})).toEqual({kind: 'no-event'})
})

describe('a pattern of the user', () => {
  const ofPattern = (pattern: object) => sampleOf({kind: 'event', pattern: JSON.stringify(pattern)})

  it.each([
    ['a string', {detail: {f: ['a', 'b']}}, {detail: {f: 'a'}}],
    ['null', {detail: {f: [null]}}, {detail: {f: null}}],
    ['prefix', {detail: {f: [{prefix: 'in/'}]}}, {detail: {f: 'in/sample'}}],
    ['suffix', {detail: {f: [{suffix: '.csv'}]}}, {detail: {f: 'sample.csv'}}],
    ['wildcard', {detail: {f: [{wildcard: 'in/*.csv'}]}}, {detail: {f: 'in/sample.csv'}}],
    ['numeric', {detail: {f: [{numeric: ['>', 0, '<=', 5]}]}}, {detail: {f: 5}}],
    ['a narrow range', {detail: {f: [{numeric: ['>', 0.25, '<', 0.5]}]}}, {detail: {f: 0.375}}],
    ['exists', {detail: {f: [{exists: true}]}}, {detail: {f: 'sample'}}],
    ['exists: false', {detail: {f: [{exists: false}], g: [1]}}, {detail: {g: 1}}],
    ['anything-but', {detail: {f: [{'anything-but': ['sample', 'other']}]}}, {detail: {f: '1'}}],
    ['anything-but prefix', {detail: {f: [{'anything-but': {prefix: 's'}}]}}, {detail: {f: 'other'}}],
    ['cidr', {detail: {f: [{cidr: '10.0.0.0/24'}]}}, {detail: {f: '10.0.0.0'}}],
    ['equals-ignore-case', {detail: {f: [{'equals-ignore-case': 'Yes'}]}}, {detail: {f: 'yes'}}],
    ['$or', {detail: {$or: [{f: [1]}, {g: [2]}]}}, {detail: {f: 1}}],
    ['fields below fields', {detail: {a: {b: {c: [1]}}}}, {detail: {a: {b: {c: 1}}}}],
    [
      'the envelope',
      {source: ['x'], resources: ['arn:r'], account: [{exists: true}]},
      {source: 'x', resources: ['arn:r'], account: '111122223333'},
    ],
  ])('%s', (_name, pattern, expected) => {
    const sample = ofPattern(pattern)
    expect(sample).toMatchObject(expected)
    for (const field of mandatory) expect(sample).toHaveProperty([field])
  })

  it.each([
    ['no value', {detail: {f: [{'anything-but': ['x']}], g: [{exists: false}]}}, undefined],
    ['a field that every event has', {source: [{exists: false}]}, 'every event has source'],
    [
      'a value and an object at once',
      {detail: {a: [1]}, $or: [{'detail.a.b': [1]}, {'detail.a.c': [2]}]},
      'detail.a.c would have to be a value and an object at once',
    ],
  ])('%s', (_name, pattern, why) => {
    if (why === undefined) expect(ofPattern(pattern)).not.toHaveProperty('why')
    else expect(ofPattern(pattern)).toEqual({kind: 'none', why})
  })

  it('that is not valid has none', () => {
    expect(ofPattern({detail: 1})).toEqual({
      kind: 'none',
      why: 'its pattern is not valid: "detail" must be an object or an array',
    })
  })
})

const cases = readPatternCases('samples for the patterns of the open engine')

it.skipIf(!cases)('a sample is made for every pattern of the open engine, and matches', () => {
  const patterns = [...new Set((cases ?? []).map(({patternText}) => patternText))]
  const without = patterns.filter((pattern) => {
    const sample = sampleEvent({kind: 'event', pattern}, samplePlace)
    return sample.kind !== 'event' || !matches(pattern, sample.text)
  })
  expect(patterns.length).toBeGreaterThan(50)
  expect(without).toEqual([])
})
