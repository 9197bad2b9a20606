// The requests of CloudWatch that are about alarms, with the API's own limits (CloudWatch API Reference, 2010-08-01).

import type {Shape} from '../shape.ts'
import {alarmName, dimensions, metricName, namespace, tag, tagKey, unit} from './members.ts'

const actions = {kind: 'list', max: 5, of: {kind: 'string', min: 1, max: 1024}} as const
const alarmNames = {kind: 'list', max: 100, of: alarmName} as const
const stateValue = {kind: 'string', values: ['OK', 'ALARM', 'INSUFFICIENT_DATA']} as const

const metricStat = {
  kind: 'structure',
  members: {
    Metric: {
      kind: 'structure',
      required: true,
      members: {Namespace: namespace, MetricName: metricName, Dimensions: dimensions},
    },
    Period: {kind: 'integer', required: true, min: 1},
    Stat: {kind: 'string', required: true},
    Unit: unit,
  },
} as const

const metricQuery = {
  kind: 'structure',
  members: {
    Id: {kind: 'string', required: true, min: 1, max: 255},
    MetricStat: metricStat,
    Expression: {kind: 'string', min: 1, max: 2048},
    Label: {kind: 'string'},
    ReturnData: {kind: 'boolean'},
    Period: {kind: 'integer', min: 1},
    AccountId: {kind: 'string', min: 1, max: 255},
  },
} as const

export const putMetricAlarmShape = {
  AlarmName: {...alarmName, required: true},
  AlarmDescription: {kind: 'string', max: 1024},
  ActionsEnabled: {kind: 'boolean'},
  OKActions: actions,
  AlarmActions: actions,
  InsufficientDataActions: actions,
  MetricName: metricName,
  Namespace: namespace,
  Statistic: {kind: 'string', values: ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum']},
  ExtendedStatistic: {kind: 'string'},
  Dimensions: dimensions,
  Period: {kind: 'integer', min: 1},
  Unit: unit,
  EvaluationPeriods: {kind: 'integer', min: 1},
  DatapointsToAlarm: {kind: 'integer', min: 1},
  Threshold: {kind: 'double'},
  ComparisonOperator: {
    kind: 'string',
    values: [
      'GreaterThanOrEqualToThreshold',
      'GreaterThanThreshold',
      'LessThanThreshold',
      'LessThanOrEqualToThreshold',
      'LessThanLowerOrGreaterThanUpperThreshold',
      'LessThanLowerThreshold',
      'GreaterThanUpperThreshold',
    ],
  },
  TreatMissingData: {kind: 'string', values: ['breaching', 'notBreaching', 'ignore', 'missing']},
  EvaluateLowSampleCountPercentile: {kind: 'string', values: ['evaluate', 'ignore']},
  Metrics: {kind: 'list', of: metricQuery},
  Tags: {kind: 'list', of: tag},
  ThresholdMetricId: {kind: 'string', min: 1, max: 255},
} as const satisfies Shape

export const describeAlarmsShape = {
  AlarmNames: alarmNames,
  AlarmNamePrefix: alarmName,
  AlarmTypes: {kind: 'list', of: {kind: 'string', values: ['CompositeAlarm', 'MetricAlarm']}},
  StateValue: stateValue,
  ActionPrefix: {kind: 'string', min: 1, max: 1024},
  MaxRecords: {kind: 'integer', min: 1, max: 100},
  NextToken: {kind: 'string'},
} as const satisfies Shape

/** DeleteAlarms, EnableAlarmActions, DisableAlarmActions. */
export const alarmNamesShape = {AlarmNames: {...alarmNames, required: true}} as const satisfies Shape

export const setAlarmStateShape = {
  AlarmName: {...alarmName, required: true},
  StateValue: {...stateValue, required: true},
  StateReason: {kind: 'string', required: true, max: 1023},
  StateReasonData: {kind: 'string', max: 4000},
} as const satisfies Shape

const resource = {kind: 'string', required: true, min: 1, max: 1024} as const

export const tagResourceShape = {
  ResourceARN: resource,
  Tags: {kind: 'list', required: true, of: tag},
} as const satisfies Shape

export const untagResourceShape = {
  ResourceARN: resource,
  TagKeys: {kind: 'list', required: true, of: tagKey},
} as const satisfies Shape

export const listTagsForResourceShape = {ResourceARN: resource} as const satisfies Shape
