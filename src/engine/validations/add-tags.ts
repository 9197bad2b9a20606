// The request of AddTags.

import {resourceArn, tags} from './members.ts'
import type {Shape} from './shape.ts'

export const addTagsShape = {
  ResourceArn: {...resourceArn, required: true},
  Tags: {...tags, required: true},
} as const satisfies Shape
