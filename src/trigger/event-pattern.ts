// The event pattern of each kind of trigger. The fields are those of the events that the services send (Amazon EventBridge
// Events Reference; SageMaker Developer Guide, "Events that SageMaker AI sends to EventBridge"; S3 User Guide, "EventBridge event message structure").

import type {DriftSource, ModelSource, PipelineSource, S3Source, ScheduleSource, TriggerSource} from './trigger.ts'

/** JSON text. `pipelineArn`, of the pipeline that is started, tells partition, region and account. */
export function eventPattern(source: Exclude<TriggerSource, ScheduleSource>, pipelineArn: string): string {
  return source.kind === 'event' ? source.pattern : JSON.stringify(patternOf(source, pipelineArn))
}

type Pattern = {readonly [field: string]: unknown}

function patternOf(source: S3Source | DriftSource | ModelSource | PipelineSource, pipelineArn: string): Pattern {
  switch (source.kind) {
    case 's3':
      return s3Pattern(source)
    case 'drift':
      return driftPattern(source, pipelineArn)
    case 'model':
      return modelPattern(source)
    case 'pipeline':
      return pipelinePattern(source, pipelineArn)
  }
}

function s3Pattern({bucket, prefix, suffix, marker}: S3Source): Pattern {
  const key = keyMatchers(prefix, suffix, marker)
  const detail = {bucket: {name: [bucket]}, ...(key ? {object: {key}} : {})}
  return {source: ['aws.s3'], 'detail-type': ['Object Created'], detail}
}

/** Matchers in one list are alternatives, so that a prefix and a suffix together have to be a wildcard. */
function keyMatchers(prefix: string, suffix: string | undefined, marker: string | undefined): unknown[] | undefined {
  if (marker !== undefined) return markerMatchers(prefix, marker)
  if (suffix !== undefined && prefix !== '') {
    return [{wildcard: `${escaped(prefix)}*${escaped(suffix)}`}, ...overlaps(prefix, suffix)]
  }
  if (suffix !== undefined) return [{suffix}]
  return prefix === '' ? undefined : [{prefix}]
}

/** The object of that very name, in the folder or below it; a prefix without a slash at its end names folders that begin so. */
function markerMatchers(prefix: string, marker: string): unknown[] {
  const below = {wildcard: `${escaped(prefix)}*/${escaped(marker)}`}
  return prefix === '' || prefix.endsWith('/') ? [`${prefix}${marker}`, below] : [below]
}

/** Keys that end with the suffix before the prefix is over, which no wildcard between the two can match: `a.csv` of `a.csv` and `.csv`. */
function overlaps(prefix: string, suffix: string): string[] {
  const shared = Array.from({length: Math.min(prefix.length, suffix.length)}, (_, index) => index + 1)
  return shared
    .filter((length) => prefix.endsWith(suffix.slice(0, length)))
    .map((length) => `${prefix}${suffix.slice(length)}`)
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('*', '\\*')
}

function driftPattern({monitor, by}: DriftSource, pipelineArn: string): Pattern {
  if (by.kind === 'alarm') {
    const detail = {alarmName: [by.alarmName], state: {value: ['ALARM']}}
    return {source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'], detail}
  }
  // Both are members of DescribeProcessingJob; that the event carries them is not documented.
  const detail = {
    ProcessingJobStatus: ['Completed'],
    MonitoringScheduleArn: [besidePipeline(pipelineArn, `monitoring-schedule/${monitor.toLowerCase()}`)],
    ExitMessage: [{prefix: 'CompletedWithViolations'}],
  }
  return {source: ['aws.sagemaker'], 'detail-type': ['SageMaker Processing Job State Change'], detail}
}

/**
 * An approval is an edit of ModelApprovalStatus, or a package that comes into being with it. Without the names of the edited
 * members any later edit of an approved package would match again.
 */
function modelPattern({group, on}: ModelSource): Pattern {
  const created = {ModelPackageStatus: ['Completed'], UpdatedModelPackageFields: [{exists: false}]}
  const edited = {UpdatedModelPackageFields: ['ModelApprovalStatus']}
  const status = on === 'approved' ? 'Approved' : 'Rejected'
  const which = on === 'registered' ? created : {ModelApprovalStatus: [status], $or: [edited, created]}
  return {
    source: ['aws.sagemaker'],
    'detail-type': ['SageMaker Model Package State Change'],
    detail: {ModelPackageGroupName: [group], ...which},
  }
}

const pipelineStatus = {succeeded: 'Succeeded', failed: 'Failed', stopped: 'Stopped'} as const

function pipelinePattern({pipeline, on}: PipelineSource, pipelineArn: string): Pattern {
  const detail = {
    pipelineArn: [upstreamArn(pipeline, pipelineArn)],
    currentPipelineExecutionStatus: [pipelineStatus[on]],
  }
  return {
    source: ['aws.sagemaker'],
    'detail-type': ['SageMaker Model Building Pipeline Execution Status Change'],
    detail,
  }
}

/** SageMaker writes the names of pipelines in small letters into ARNs. */
export function upstreamArn(pipeline: string, pipelineArn: string): string {
  return pipeline.startsWith('arn:') ? pipeline : besidePipeline(pipelineArn, `pipeline/${pipeline.toLowerCase()}`)
}

function besidePipeline(pipelineArn: string, resource: string): string {
  return `${pipelineArn.split(':').slice(0, 5).join(':')}:${resource}`
}
