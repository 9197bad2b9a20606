// The request of DeleteTags.

import {resourceArn} from './members.ts'
import type {Shape} from './shape.ts'

export const deleteTagsShape = {
  ResourceArn: {...resourceArn, required: true},
  TagKeys: {kind: 'list', required: true, min: 1, max: 50, of: {kind: 'string', min: 1, max: 128}},
} as const satisfies Shape
