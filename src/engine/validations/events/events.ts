// The requests about events, the bus, and tags.

import type {Shape} from '../shape.ts'
import {arn, busName, paging, tags} from './members.ts'

export const putEventsShape = {
  Entries: {
    kind: 'list',
    required: true,
    min: 1,
    max: 10,
    of: {
      kind: 'structure',
      members: {
        Time: {kind: 'timestamp'},
        Source: {kind: 'string'},
        Resources: {kind: 'list', of: {kind: 'string', max: 2048}},
        DetailType: {kind: 'string'},
        Detail: {kind: 'string'},
        EventBusName: busName,
        TraceHeader: {kind: 'string', min: 1, max: 500},
      },
    },
  },
} as const satisfies Shape

export const testEventPatternShape = {
  EventPattern: {kind: 'string', required: true, max: 4096},
  Event: {kind: 'string', required: true},
} as const satisfies Shape

export const describeEventBusShape = {Name: busName} as const satisfies Shape

export const listEventBusesShape = {
  NamePrefix: {kind: 'string', min: 1, max: 256, pattern: '[/\\.\\-_A-Za-z0-9]+'},
  ...paging,
} as const satisfies Shape

export const tagResourceShape = {
  ResourceARN: {...arn, required: true},
  Tags: {...tags, required: true},
} as const satisfies Shape

export const untagResourceShape = {
  ResourceARN: {...arn, required: true},
  TagKeys: {kind: 'list', required: true, of: {kind: 'string', min: 1, max: 128}},
} as const satisfies Shape

export const listTagsForResourceShape = {ResourceARN: {...arn, required: true}} as const satisfies Shape
