// The request of DescribeModel.

import {entityName} from './members.ts'
import type {Shape} from './shape.ts'

export const describeModelShape = {
  ModelName: {...entityName, required: true},
} as const satisfies Shape
