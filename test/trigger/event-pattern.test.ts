// What each kind of trigger fires for. The events are those of AWS's documentation: S3 User Guide, "EventBridge event message
// structure"; SageMaker Developer Guide, "Events that Amazon SageMaker AI sends to Amazon EventBridge"; CloudWatch User Guide,
// "Alarm events and EventBridge".
import {describe, expect, it} from 'vitest'
import {parsePattern} from '../../src/events/pattern.ts'
import {eventPattern} from '../../src/trigger/event-pattern.ts'
import type {ModelSource, PipelineSource, S3Source} from '../../src/trigger/trigger.ts'
import {fc} from '../support/properties.ts'
import {eventSources, keyText, matches, pipelineArn} from './triggers.ts'

const fires = (source: Parameters<typeof eventPattern>[0], event: object) =>
  matches(eventPattern(source, pipelineArn), JSON.stringify(event))

function objectEvent(key: string, changes: {bucket?: string; type?: string; source?: string} = {}) {
  const {bucket = 'lake', type = 'Object Created', source = 'aws.s3'} = changes
  const detail = {
    version: '0',
    bucket: {name: bucket},
    object: {key, size: 5, etag: 'b1946ac92492d2347c6235b4d2611184', sequencer: '617f08299329d189'},
    'request-id': 'N4N7GDK58NMKJ12R',
    requester: '123456789012',
    'source-ip-address': '1.2.3.4',
    reason: 'PutObject',
  }
  return {'detail-type': type, source, resources: [`arn:aws:s3:::${bucket}`], detail}
}

describe('s3', () => {
  const s3 = (fields: Partial<S3Source>): S3Source => ({kind: 's3', bucket: 'lake', prefix: '', ...fields})

  it.each<[string, Partial<S3Source>, string, boolean]>([
    ['any object of the bucket', {}, 'a', true],
    ['an object below the prefix', {prefix: 'in/'}, 'in/a/b.csv', true],
    ['no object elsewhere', {prefix: 'in/'}, 'out/in/b.csv', false],
    ['a prefix in the middle of a name', {prefix: 'in/2026-'}, 'in/2026-11.csv', true],
    ['the suffix anywhere', {suffix: '.csv'}, 'a/b.csv', true],
    ['no other suffix', {suffix: '.csv'}, 'a/b.csv.gz', false],
    ['prefix and suffix together', {prefix: 'in/', suffix: '.csv'}, 'in/b.csv', true],
    ['not the prefix without the suffix', {prefix: 'in/', suffix: '.csv'}, 'in/b.txt', false],
    ['not the suffix without the prefix', {prefix: 'in/', suffix: '.csv'}, 'out/b.csv', false],
    ['a key that is its prefix and ends with the suffix', {prefix: 'in/data.csv', suffix: '.csv'}, 'in/data.csv', true],
    ['a star in a prefix as itself', {prefix: 'a*/', suffix: '.csv'}, 'ab/x.csv', false],
    ['a star in a prefix', {prefix: 'a*/', suffix: '.csv'}, 'a*/x.csv', true],
    ['a backslash', {prefix: 'a\\', suffix: 'b'}, 'a\\b', true],
    ['the marker in the folder', {prefix: 'in/', marker: '_SUCCESS'}, 'in/_SUCCESS', true],
    ['the marker in a folder below', {prefix: 'in/', marker: '_SUCCESS'}, 'in/2026/11/_SUCCESS', true],
    ['no name that ends as the marker', {prefix: 'in/', marker: '_SUCCESS'}, 'in/x_SUCCESS', false],
    ['no name that begins as the marker', {prefix: 'in/', marker: '_SUCCESS'}, 'in/_SUCCESS.bak', false],
    ['nothing in a folder of the marker', {prefix: 'in/', marker: '_SUCCESS'}, 'in/_SUCCESS/a', false],
    ['no other object', {prefix: 'in/', marker: '_SUCCESS'}, 'in/a.csv', false],
    ['the marker of another folder', {prefix: 'in/', marker: '_SUCCESS'}, 'out/_SUCCESS', false],
    ['the marker at the top of the bucket', {marker: '_SUCCESS'}, '_SUCCESS', true],
    ['the marker below the top', {marker: '_SUCCESS'}, 'a/_SUCCESS', true],
    ['no longer name at the top', {marker: '_SUCCESS'}, 'x_SUCCESS', false],
    ['the marker in folders that begin so', {prefix: 'in/2026-', marker: '_SUCCESS'}, 'in/2026-11/_SUCCESS', true],
    ['the marker in the folder without its slash', {prefix: 'in', marker: '_SUCCESS'}, 'in/_SUCCESS', true],
    ['not the prefix and the marker in one name', {prefix: 'in', marker: '_SUCCESS'}, 'in_SUCCESS', false],
  ])('%s', (_name, source, key, expected) => expect(fires(s3(source), objectEvent(key))).toBe(expected))

  it.each([
    ['another bucket', {bucket: 'lake2'}],
    ['a deleted object', {type: 'Object Deleted'}],
    ['an event that somebody else sent', {source: 'my.s3'}],
  ])('not %s', (_name, changes) => expect(fires(s3({}), objectEvent('a', changes))).toBe(false))

  it('fires for exactly the keys that begin and end so', () => {
    fc.assert(
      fc.property(keyText, keyText, keyText, fc.boolean(), (prefix, suffix, middle, isJoined) => {
        const key = isJoined ? `${prefix}${middle}${suffix}` : middle
        const source = s3({prefix, ...(suffix === '' ? {} : {suffix})})
        expect(fires(source, objectEvent(key))).toBe(key.startsWith(prefix) && key.endsWith(suffix))
      }),
    )
  })
})

describe('model', () => {
  const model = (on: ModelSource['on']): ModelSource => ({kind: 'model', group: 'Churn', on})
  const packageEvent = (detail: object) => ({
    source: 'aws.sagemaker',
    'detail-type': 'SageMaker Model Package State Change',
    detail: {ModelPackageGroupName: 'Churn', ModelPackageVersion: 1, ModelPackageStatus: 'Completed', ...detail},
  })
  const edited = (ModelApprovalStatus: string, ...UpdatedModelPackageFields: string[]) =>
    packageEvent({ModelApprovalStatus, UpdatedModelPackageFields})
  const created = (ModelApprovalStatus: string, more: object = {}) => packageEvent({ModelApprovalStatus, ...more})

  it.each<[ModelSource['on'], boolean, string, object]>([
    ['approved', true, 'an edit to Approved', edited('Approved', 'ModelApprovalStatus')],
    ['approved', true, 'an edit of more than that', edited('Approved', 'ApprovalDescription', 'ModelApprovalStatus')],
    ['approved', false, 'a later edit of the description', edited('Approved', 'ApprovalDescription')],
    ['approved', false, 'a later edit of the metadata', edited('Approved', 'CustomerMetadataProperties')],
    ['approved', true, 'a package that is created Approved', created('Approved')],
    ['approved', false, 'one that is not ready yet', created('Approved', {ModelPackageStatus: 'InProgress'})],
    ['approved', false, 'one that waits for its approval', created('PendingManualApproval')],
    ['approved', false, 'a rejection', edited('Rejected', 'ModelApprovalStatus')],
    ['approved', false, 'another group', packageEvent({...edited('Approved').detail, ModelPackageGroupName: 'churn'})],
    ['rejected', true, 'an edit to Rejected', edited('Rejected', 'ModelApprovalStatus')],
    ['rejected', false, 'an approval', edited('Approved', 'ModelApprovalStatus')],
    ['registered', true, 'a package that is created', created('PendingManualApproval')],
    ['registered', true, 'one that is created Approved', created('Approved')],
    ['registered', false, 'one that failed', created('PendingManualApproval', {ModelPackageStatus: 'Failed'})],
    ['registered', false, 'an approval later', edited('Approved', 'ModelApprovalStatus')],
  ])('on %s: %s for %s', (on, expected, _name, event) => expect(fires(model(on), event)).toBe(expected))
})

describe('pipeline', () => {
  const pipeline = (fields: Partial<PipelineSource>): PipelineSource => ({
    kind: 'pipeline',
    pipeline: 'Features',
    on: 'succeeded',
    ...fields,
  })
  const statusEvent = (status: string, arn = 'arn:aws:sagemaker:eu-central-1:111122223333:pipeline/features') => ({
    source: 'aws.sagemaker',
    'detail-type': 'SageMaker Model Building Pipeline Execution Status Change',
    resources: [arn, `${arn}/execution/p4jn9xou8a8s`],
    detail: {
      currentPipelineExecutionStatus: status,
      previousPipelineExecutionStatus: 'Executing',
      pipelineArn: arn,
      pipelineExecutionArn: `${arn}/execution/p4jn9xou8a8s`,
    },
  })
  const elsewhere = 'arn:aws:sagemaker:us-east-1:444455556666:pipeline/features'

  it.each<[string, Partial<PipelineSource>, object, boolean]>([
    ['its success', {}, statusEvent('Succeeded'), true],
    ['not its failure', {}, statusEvent('Failed'), false],
    ['its failure', {on: 'failed'}, statusEvent('Failed'), true],
    ['its stop', {on: 'stopped'}, statusEvent('Stopped'), true],
    ['not while it stops', {on: 'stopped'}, statusEvent('Stopping'), false],
    ['not the same name elsewhere', {}, statusEvent('Succeeded', elsewhere), false],
    ['an ARN as it is', {pipeline: elsewhere}, statusEvent('Succeeded', elsewhere), true],
    [
      'not a step of it',
      {},
      {...statusEvent('Succeeded'), 'detail-type': 'SageMaker Model Building Pipeline Execution Step Status Change'},
      false,
    ],
  ])('%s', (_name, source, event, expected) => expect(fires(pipeline(source), event)).toBe(expected))
})

describe('drift', () => {
  const alarmEvent = (alarmName: string, value: string) => ({
    source: 'aws.cloudwatch',
    'detail-type': 'CloudWatch Alarm State Change',
    detail: {alarmName, state: {value, reason: 'Threshold Crossed'}, previousState: {value: 'OK'}},
  })
  const jobEvent = (detail: object) => ({
    source: 'aws.sagemaker',
    'detail-type': 'SageMaker Processing Job State Change',
    detail: {
      ProcessingJobStatus: 'Completed',
      MonitoringScheduleArn: 'arn:aws:sagemaker:eu-central-1:111122223333:monitoring-schedule/daily',
      ExitMessage: 'CompletedWithViolations: Job completed successfully with 3 violations.',
      ...detail,
    },
  })
  const byAlarm = {kind: 'drift', monitor: 'Daily', by: {kind: 'alarm', alarmName: 'drift'}} as const
  const byViolation = {kind: 'drift', monitor: 'Daily', by: {kind: 'violation'}} as const

  it.each<[string, typeof byAlarm | typeof byViolation, object, boolean]>([
    ['the alarm goes off', byAlarm, alarmEvent('drift', 'ALARM'), true],
    ['not when it is over', byAlarm, alarmEvent('drift', 'OK'), false],
    ['not another alarm', byAlarm, alarmEvent('drift-2', 'ALARM'), false],
    ['a job that found violations', byViolation, jobEvent({}), true],
    [
      'not a job that found none',
      byViolation,
      jobEvent({ExitMessage: 'Completed: Job completed successfully.'}),
      false,
    ],
    ['not a job that failed', byViolation, jobEvent({ProcessingJobStatus: 'Failed'}), false],
    [
      'not a job of another monitor',
      byViolation,
      jobEvent({MonitoringScheduleArn: 'arn:aws:sagemaker:eu-central-1:111122223333:monitoring-schedule/hourly'}),
      false,
    ],
    ['not a job of no monitor', byViolation, jobEvent({MonitoringScheduleArn: undefined}), false],
  ])('%s', (_name, source, event, expected) => expect(fires(source, event)).toBe(expected))
})

it('a pattern of the user stays as it is written', () => {
  const pattern = '{ "detail": {"n": [300.0]} }'
  expect(eventPattern({kind: 'event', pattern}, pipelineArn)).toBe(pattern)
})

it('every pattern is valid, and no longer than the default quota where names are short', () => {
  fc.assert(
    fc.property(eventSources, (source) => {
      const pattern = eventPattern(source, pipelineArn)
      expect(parsePattern(pattern)).toMatchObject({kind: 'pattern'})
      expect(pattern.length).toBeLessThanOrEqual(2048)
    }),
  )
})
