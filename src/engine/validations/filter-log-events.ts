// The request of CloudWatch Logs FilterLogEvents, without `interleaved`, which changes nothing any more.

import type {Shape} from './shape.ts'

export const filterLogEventsShape = {
  logGroupName: {kind: 'string', min: 1, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]+'},
  logGroupIdentifier: {kind: 'string', min: 1, max: 2048},
  logStreamNames: {kind: 'list', of: {kind: 'string', min: 1, max: 512}, min: 1, max: 100},
  logStreamNamePrefix: {kind: 'string', min: 1, max: 512},
  startTime: {kind: 'integer', min: 0},
  endTime: {kind: 'integer', min: 0},
  filterPattern: {kind: 'string', max: 1024},
  nextToken: {kind: 'string', min: 1},
  limit: {kind: 'integer', min: 1, max: 10_000},
} as const satisfies Shape
