// The request of CloudWatch Logs GetLogEvents.

import type {Shape} from './shape.ts'

export const getLogEventsShape = {
  logGroupName: {kind: 'string', min: 1, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]+'},
  logGroupIdentifier: {kind: 'string', min: 1, max: 2048},
  logStreamName: {kind: 'string', required: true, min: 1, max: 512},
  startTime: {kind: 'integer', min: 0},
  endTime: {kind: 'integer', min: 0},
  nextToken: {kind: 'string', min: 1},
  limit: {kind: 'integer', min: 1, max: 10000},
  startFromHead: {kind: 'boolean'},
} as const satisfies Shape
