// The request of CloudWatch Logs DescribeLogStreams.

import type {Shape} from './shape.ts'

export const describeLogStreamsShape = {
  logGroupName: {kind: 'string', min: 1, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]+'},
  logGroupIdentifier: {kind: 'string', min: 1, max: 2048},
  logStreamNamePrefix: {kind: 'string', min: 1, max: 512},
  orderBy: {kind: 'string', values: ['LogStreamName', 'LastEventTime']},
  descending: {kind: 'boolean'},
  nextToken: {kind: 'string', min: 1},
  limit: {kind: 'integer', min: 1, max: 50},
} as const satisfies Shape
