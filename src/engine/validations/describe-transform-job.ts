// The request of DescribeTransformJob.

import {entityName} from './members.ts'
import type {Shape} from './shape.ts'

export const describeTransformJobShape = {
  TransformJobName: {...entityName, required: true},
} as const satisfies Shape
