// The request of ListTags.

import {resourceArn} from './members.ts'
import type {Shape} from './shape.ts'

export const listTagsShape = {
  ResourceArn: {...resourceArn, required: true},
  NextToken: {kind: 'string', max: 8192},
  MaxResults: {kind: 'integer', min: 50},
} as const satisfies Shape
