// The events that triggers wait for, in full, as their services send them.

import type {JsonObject} from '../../definition/json.ts'
import {upstreamArn} from '../event-pattern.ts'
import type {DriftSource, ModelSource, PipelineSource, S3Source} from '../trigger.ts'
import {besideArn, digitsOf, type EventHead, envelope, eventTime, type SamplePlace} from './envelope.ts'

/** S3 User Guide, "EventBridge event message structure". */
export function objectCreated(source: S3Source, place: SamplePlace): JsonObject {
  const {bucket} = source
  const [, partition = 'aws', , , account = ''] = place.pipelineArn.split(':')
  const object = {
    key: sampleKey(source),
    size: 1024,
    etag: digitsOf(place.id, 32),
    sequencer: `00${digitsOf(place.id, 16).toUpperCase()}`,
  }
  const head: EventHead = {
    source: 'aws.s3',
    detailType: 'Object Created',
    resources: [`arn:${partition}:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: {name: bucket},
      object,
      'request-id': digitsOf(place.id, 16).toUpperCase(),
      requester: account,
      'source-ip-address': '192.0.2.1',
      reason: 'PutObject',
    },
  }
  return envelope(head, place)
}

function sampleKey({prefix, suffix, marker}: S3Source): string {
  const isFolder = prefix === '' || prefix.endsWith('/')
  if (marker !== undefined) return `${isFolder ? prefix : `${prefix}/`}${marker}`
  if (suffix !== undefined) return prefix.endsWith(suffix) ? prefix : `${prefix}sample${suffix}`
  // A prefix can be the whole key of an object.
  const isWhole = !isFolder && prefix.slice(prefix.lastIndexOf('/')).includes('.')
  return isWhole ? prefix : `${prefix}sample.csv`
}

/** SageMaker Developer Guide, "Events that Amazon SageMaker AI sends to Amazon EventBridge", pipeline execution state change. */
export function pipelineStatus({pipeline, on}: PipelineSource, place: SamplePlace): JsonObject {
  const pipelineArn = upstreamArn(pipeline, place.pipelineArn)
  const executionId = digitsOf(place.id, 12)
  const pipelineExecutionArn = `${pipelineArn}/execution/${executionId}`
  const head: EventHead = {
    source: 'aws.sagemaker',
    detailType: 'SageMaker Model Building Pipeline Execution Status Change',
    resources: [pipelineArn, pipelineExecutionArn],
    detail: {
      pipelineExecutionDisplayName: executionId,
      currentPipelineExecutionStatus: {succeeded: 'Succeeded', failed: 'Failed', stopped: 'Stopped'}[on],
      previousPipelineExecutionStatus: on === 'stopped' ? 'Stopping' : 'Executing',
      executionStartTime: eventTime(place.timeMs - 3_600_000),
      executionEndTime: eventTime(place.timeMs),
      pipelineExecutionDescription: '',
      pipelineArn,
      pipelineExecutionArn,
    },
  }
  return envelope(head, place)
}

/** The same page, model package state change: an approval is an edit, a registration has no edited fields. */
export function modelPackage({group, on}: ModelSource, place: SamplePlace): JsonObject {
  const arn = besideArn(place.pipelineArn, 'sagemaker', `model-package/${group.toLowerCase()}/1`)
  const status = {approved: 'Approved', rejected: 'Rejected', registered: 'PendingManualApproval'}[on]
  const head: EventHead = {
    source: 'aws.sagemaker',
    detailType: 'SageMaker Model Package State Change',
    resources: [arn],
    detail: {
      ModelPackageGroupName: group,
      ModelPackageVersion: 1,
      ModelPackageArn: arn,
      CreationTime: place.timeMs - (on === 'registered' ? 0 : 3_600_000),
      ModelPackageStatus: 'Completed',
      ModelPackageStatusDetails: {ValidationStatuses: [], ImageScanStatuses: []},
      CertifyForMarketplace: false,
      ModelApprovalStatus: status,
      ...(on === 'registered' ? {} : {UpdatedModelPackageFields: ['ModelApprovalStatus']}),
      LastModifiedTime: place.timeMs,
    },
  }
  return envelope(head, place)
}

export function drift(source: DriftSource, place: SamplePlace): JsonObject {
  const {by} = source
  return by.kind === 'alarm' ? alarmState(by, place) : monitoringJob(source, place)
}

/** CloudWatch User Guide, "Alarm events and EventBridge", single metric alarm. */
function alarmState({alarmName, made}: DriftSource['by'] & {kind: 'alarm'}, place: SamplePlace): JsonObject {
  const metric = made
    ? {
        namespace: made.namespace,
        name: made.metric,
        dimensions: Object.fromEntries(made.dimensions.map(({name, value}) => [name, value])),
      }
    : {namespace: 'aws/sagemaker/Endpoints/data-metrics', name: 'feature_baseline_drift_sample', dimensions: {}}
  const period = made?.periodSeconds ?? 3600
  const metricStat = {metric, period, stat: 'Maximum'}
  const head: EventHead = {
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [besideArn(place.pipelineArn, 'cloudwatch', `alarm:${alarmName}`)],
    detail: {
      alarmName,
      configuration: {description: '', metrics: [{id: place.id, metricStat, returnData: true}]},
      previousState: {
        value: 'OK',
        reason: 'Threshold not crossed',
        timestamp: alarmTime(place.timeMs - period * 1000),
      },
      state: {value: 'ALARM', reason: 'Threshold crossed', timestamp: alarmTime(place.timeMs)},
    },
  }
  return envelope(head, place)
}

function alarmTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000')
}

/** The SageMaker page, processing job state change; MonitoringScheduleArn and ExitMessage are members of DescribeProcessingJob. */
function monitoringJob({monitor}: DriftSource, place: SamplePlace): JsonObject {
  const name = `model-monitoring-${eventTime(place.timeMs).replace(/\D/g, '').slice(0, 12)}-${digitsOf(place.id, 24)}`
  const arn = besideArn(place.pipelineArn, 'sagemaker', `processing-job/${name}`)
  const head: EventHead = {
    source: 'aws.sagemaker',
    detailType: 'SageMaker Processing Job State Change',
    resources: [arn],
    detail: {
      ProcessingJobName: name,
      ProcessingJobArn: arn,
      ProcessingJobStatus: 'Completed',
      ExitMessage: 'CompletedWithViolations: Job completed successfully with 1 violations.',
      MonitoringScheduleArn: besideArn(place.pipelineArn, 'sagemaker', `monitoring-schedule/${monitor.toLowerCase()}`),
      CreationTime: place.timeMs - 600_000,
      ProcessingStartTime: place.timeMs - 540_000,
      ProcessingEndTime: place.timeMs,
      LastModifiedTime: place.timeMs,
    },
  }
  return envelope(head, place)
}

/** EventBridge User Guide, "Creating a rule that runs on a schedule": the event of a scheduled rule. */
export function scheduledRule(place: SamplePlace): JsonObject {
  const head: EventHead = {
    source: 'aws.events',
    detailType: 'Scheduled Event',
    resources: [besideArn(place.pipelineArn, 'events', `rule/${place.ruleName}`)],
    detail: {},
  }
  return envelope(head, place)
}
