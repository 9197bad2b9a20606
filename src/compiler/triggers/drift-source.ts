// Drift: by an alarm on the metrics that Model Monitor's jobs send to CloudWatch, or by the end of a monitoring job.
// Sources: SageMaker Developer Guide, "CloudWatch metrics" of data quality monitoring; aws-samples/amazon-sagemaker-drift-detection.
// They differ in the namespace and the dimensions; what stands here is what the sample uses, and `namespace` says otherwise.

import type {TriggerOf} from '../../spec/triggers/parse-triggers.ts'
import {durationSeconds} from '../../text/duration.ts'
import {documentName} from '../../trigger/names.ts'
import type {DriftMetric, DriftSource} from '../../trigger/trigger.ts'
import {checkedName} from './checked-name.ts'
import {type Findings, triggerText} from './trigger-scope.ts'

const endpointNamespace = 'aws/sagemaker/Endpoints/data-metrics'
const batchNamespace = 'aws/sagemaker/ModelMonitoring/data-metrics'

type DriftSpec = TriggerOf<'drift'>

/** What an alarm is made of. */
const makingKeys = ['endpoint', 'feature', 'metric', 'threshold', 'namespace', 'period'] as const

export function compileDrift(spec: DriftSpec, scope: Findings): DriftSource | undefined {
  const monitor = checkedName('monitoring schedule', triggerText(spec.drift, scope), scope)
  const by = spec.by?.value === 'violation' ? byViolation(spec, scope) : byAlarm(spec, monitor ?? '', scope)
  return monitor === undefined || !by ? undefined : {kind: 'drift', monitor, by}
}

function byViolation(spec: DriftSpec, scope: Findings): DriftSource['by'] {
  reportKeys(['alarm', ...makingKeys], spec, 'is for an alarm, and "by: violation" needs none', scope)
  return {kind: 'violation'}
}

function byAlarm(spec: DriftSpec, monitor: string, scope: Findings): DriftSource['by'] | undefined {
  // What was meant cannot be told.
  if (spec.keyRanges.has('by') && !spec.by) return undefined
  if (!spec.keyRanges.has('alarm')) {
    const made = compileMetric(spec, monitor, scope)
    return made && {kind: 'alarm', alarmName: documentName(scope.pipelineName, spec.name), made}
  }
  reportKeys(makingKeys, spec, 'is for making an alarm, but "alarm" names one that is there already', scope)
  const alarm = triggerText(spec.alarm, scope)
  return alarm && {kind: 'alarm', alarmName: alarm.value}
}

function reportKeys(keys: readonly string[], spec: DriftSpec, why: string, {findings}: Findings): void {
  for (const key of keys) {
    const range = spec.keyRanges.get(key)
    if (range) findings.error('exclusive-keys', range, `"${key}" ${why}`, {help: `leave out one of the two`})
  }
}

function compileMetric(spec: DriftSpec, monitor: string, scope: Findings): DriftMetric | undefined {
  const metric = metricName(spec, scope)
  const endpoint = triggerText(spec.endpoint, scope)?.value
  const namespace = triggerText(spec.namespace, scope)?.value
  const periodSeconds = compilePeriod(spec, scope)
  const isMetricSaid = spec.keyRanges.has('feature') || spec.keyRanges.has('metric')
  if (isMetricSaid && !spec.keyRanges.has('threshold')) {
    scope.findings.error('missing-key', spec.nameRange, `trigger "${spec.name}" (drift) has no "threshold"`, {
      help: 'threshold: the alarm goes off above it, such as 0.2',
    })
  }
  if (metric === undefined || !spec.threshold) return undefined
  const dimensions = [
    ...(endpoint === undefined ? [] : [{name: 'Endpoint', value: endpoint}]),
    {name: 'MonitoringSchedule', value: monitor},
  ]
  return {
    namespace: namespace ?? (endpoint === undefined ? batchNamespace : endpointNamespace),
    metric,
    dimensions,
    threshold: spec.threshold.value,
    periodSeconds,
  }
}

function metricName(spec: DriftSpec, scope: Findings): string | undefined {
  const {findings} = scope
  const [feature, other] = [spec.keyRanges.get('feature'), spec.keyRanges.get('metric')]
  if (!feature && !other) {
    const isMaking = makingKeys.some((key) => spec.keyRanges.has(key))
    const lack = isMaking
      ? 'neither "feature" nor "metric" to make an alarm on'
      : 'no alarm, and nothing to make one of'
    findings.error('missing-key', spec.nameRange, `trigger "${spec.name}" (drift) has ${lack}`, {
      help: 'feature (or metric) and threshold make one; alarm: NAME is one that is there; "by: violation" needs none',
    })
    return undefined
  }
  if (feature && other) {
    findings.error('exclusive-keys', other, '"feature" and "metric" both say what is measured', {
      help: 'feature: NAME is short for metric: feature_baseline_drift_NAME',
    })
  }
  const name = triggerText(spec.feature, scope)?.value
  return name === undefined ? triggerText(spec.metric, scope)?.value : `feature_baseline_drift_${name}`
}

const usualPeriodSeconds = 3600
/** PutMetricAlarm, Period: a multiple of 60 (10 and 30 are for metrics of high resolution); with one period, a day at most. */
const periodUnitSeconds = 60
const longestPeriodSeconds = 86_400

function compilePeriod({period}: DriftSpec, {findings}: Findings): number {
  if (!period) return usualPeriodSeconds
  const seconds = durationSeconds(period.value) ?? Number.POSITIVE_INFINITY
  if (seconds % periodUnitSeconds === 0 && seconds <= longestPeriodSeconds) return seconds
  findings.error('out-of-range', period.range, 'the period of an alarm has whole minutes, up to 24h')
  return usualPeriodSeconds
}
