// The request of CloudWatch Logs DescribeLogGroups.

import type {Shape} from './shape.ts'

export const describeLogGroupsShape = {
  logGroupNamePrefix: {kind: 'string', min: 1, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]+'},
  logGroupNamePattern: {kind: 'string', max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]*'},
  nextToken: {kind: 'string', min: 1},
  limit: {kind: 'integer', min: 1, max: 50},
} as const satisfies Shape
