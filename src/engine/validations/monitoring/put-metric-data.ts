// PutMetricData, without the entities of CloudWatch's own correlation.

import type {Shape} from '../shape.ts'
import {dimensions, metricName, namespace, unit} from './members.ts'

const required = {kind: 'double', required: true} as const

export const putMetricDataShape = {
  Namespace: {...namespace, required: true},
  MetricData: {
    kind: 'list',
    max: 1000,
    of: {
      kind: 'structure',
      members: {
        MetricName: {...metricName, required: true},
        Dimensions: dimensions,
        Timestamp: {kind: 'timestamp'},
        Value: {kind: 'double'},
        StatisticValues: {
          kind: 'structure',
          members: {SampleCount: required, Sum: required, Minimum: required, Maximum: required},
        },
        Values: {kind: 'list', max: 150, of: {kind: 'double'}},
        Counts: {kind: 'list', max: 150, of: {kind: 'double'}},
        Unit: unit,
        StorageResolution: {kind: 'integer', min: 1},
      },
    },
  },
} as const satisfies Shape
